"""The order inside an app, as a contract for import-linter: every module has a level, by its name.

Unlike import-linter's own layers it needs no list of modules: what carries no name of another level derives values
from models (progress, grades, numbers …) and may be imported by services, forms and views, never by models.
"""

from importlinter import Contract, ContractCheck, fields, output

LEVELS = [
    {
        "urls",
        "admin_urls",
        "wagtail_hooks",
        "receivers",
        "apps",
        "adapters",
        "backends",
        "management",
        "middleware",
        "checks",
        "worker",
    },
    {"views", "admin_views", "authoring", "viewsets", "choosers", "sitemap"},
    {"forms", "access"},
    {"services", "tasks"},
    set(),  # everything that carries no other name
    {"models", "templatetags"},
    {"blocks", "core", "kinds", "locks", "panels", "search", "widgets"},
]
DERIVED = LEVELS.index(set())
UNTOUCHED = {"migrations"}
# Packages for one feature that keep the same order inside: `assignments.services` stands where `services` does.
FEATURES = {
    "after",
    "applications",
    "assignments",
    "attendance",
    "badges",
    "bulk",
    "designs",
    "dossiers",
    "erasure",
    "interactive",
    "interviews",
    "memorials",
    "nominations",
    "papers",
    "past",
    "projects",
    "records",
    "scoring",
    "selection",
    "studying",
}


class InsideAppsContract(Contract):
    """In every app a module imports only modules of its own level and below."""

    type_name = "inside_apps"
    apps = fields.ListField(subfield=fields.StringField())

    def check(self, graph, verbose):
        """Look at every import between two modules of one app."""
        upward = [
            (importer, imported)
            for app in self.apps
            for importer in sorted(graph.find_descendants(app))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.startswith(f"{app}.") and is_upward(app, importer, imported)
        ]
        return ContractCheck(kept=not upward, metadata={"upward": upward})

    def render_broken_contract(self, check):
        """List the imports that go up."""
        for importer, imported in check.metadata["upward"]:
            output.print_error(f"{importer} imports {imported}, which stands above it.", bold=False)
        output.new_line()


def is_upward(app, importer, imported):
    """Whether the imported module stands above the one that imports it."""
    below, above = level(app, importer), level(app, imported)
    return None not in (below, above) and below > above


def level(app, module):
    """The level of a module, or None for what has no place in the order."""
    parts = module.removeprefix(f"{app}.").split(".")
    name = parts[1] if parts[0] in FEATURES and len(parts) > 1 else parts[0]
    if name in UNTOUCHED:
        return None
    return next((number for number, names in enumerate(LEVELS) if name in names), DERIVED)
