"""Fails when a string that learners read has no French or Arabic words.

The interface is offered in the languages below, whole. Screens that only staff see stay in English until somebody
translates them: STAFF_ONLY lists them. In such a module the labels of choices still count, as pages show them.
"""

import ast
import io
import sys
from fnmatch import fnmatch
from pathlib import Path

import django
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fr", "ar")
STAFF_ONLY = (
    "*/wagtail_hooks.py",  # menus, buttons and lists of the CMS
    "*/audited.py",  # what the audit log calls things
    "*/admin_views/*",
    "*/admin_views.py",
    "*/viewsets.py",
    "*/viewsets/*",
    "*/staff.py",
    "*/staff/*",
    "*/panels.py",
    "*/apps.py",  # names of apps
    "*/blocks.py",  # labels of the page editor
    "*/blocks/*.py",
    "*/models.py",  # names of fields; choices count all the same
    "*/models/*",
    "*/publishing.py",  # what is missing before a course can go live
    "*/publish_problems.py",
    "*/management/*",
    "assessments/exchange/*",
    "certificates/bulk/*",
    "certificates/designs/*",
    "certificates/erasure/*",
    "certificates/papers/*",
    "timetable/admin_views/*",
    "certificates/past/*",
    "enrolments/cells.py",  # what is said of spreadsheets that staff read in
    "enrolments/tables.py",
    "templates/certificates/admin/*",
    "assessments/services/exchange.py",
    "foundation/audit/*",
    "programmes/records/agenda.py",  # what boards are told
    "programmes/records/reckoning.py",
    "foundation/jobs/*",
    "portfolio/*",  # names of its rows carry their own translations
    "reports/*",
    "programmes/applications/duplicates.py",
    "programmes/applications/exporting.py",
    "programmes/applications/forms/calls.py",
    "programmes/applications/listing.py",
    "programmes/applications/printing.py",
    "programmes/nominations/*",
    "templates/assessments/exchange/*",
    "templates/audit/*",
    "templates/courses/email/*",  # to authors and reviewers
    "templates/jobs/*",
    "templates/reports/*",
    "templates/wagtail*",
    "templates/styleguide/*",  # the page that shows every component to those who build pages
)
IGNORED = {".venv", "node_modules", "var", "tests", "scripts", "migrations", "docs", "static"}
FUNCTIONS = {
    *("_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy"),
    *("ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"),
}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}


def is_staff_only(path):
    """Whether only staff read what this file says."""
    return any(fnmatch(path, pattern) for pattern in STAFF_ONLY)


def files(suffix):
    """Every file of ours with this ending, as a path from the root."""
    for path in sorted(ROOT.rglob(f"*{suffix}")):
        relative = path.relative_to(ROOT)
        if IGNORED.isdisjoint(relative.parts):
            yield relative.as_posix()


def python_strings(path):
    """Yield (context, text, place) for the calls of gettext in a module."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    branches = [tree]
    if is_staff_only(path):
        branches = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and is_choices(node)]
    for branch in branches:
        for node in ast.walk(branch):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
                texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
                context = texts.pop(0) if node.func.id in WITH_CONTEXT and texts else None
                if texts and isinstance(texts[0], str):
                    yield context, texts[0], f"{path}:{node.lineno}"


def is_choices(node):
    """Whether a class lists choices."""
    return any("Choices" in ast.unparse(base) for base in node.bases)


def template_strings(path):
    """Yield (context, text, place) for the translatable texts of a template."""
    if is_staff_only(path):
        return
    source = templatize((ROOT / path).read_text(encoding="utf-8"), origin=path)
    # Only calls are left between words of X; without indentation they read as Python.
    flat = "\n".join(line.strip() for line in source.splitlines()).encode()
    keywords = DEFAULT_KEYWORDS | {"gettext": None}
    for line, function, texts, _comments in extract_python(
        io.BytesIO(flat), keywords, [], {"encoding": "utf-8"}
    ):
        texts = [texts] if isinstance(texts, str) else [text for text in texts if text is not None]
        context = texts.pop(0) if function in WITH_CONTEXT else None
        if texts:
            yield context, texts[0], f"{path}:{line}"


def wanted_strings():
    """Map (context, text) to the first place that says it."""
    wanted = {}
    for suffixes, strings in (((".py",), python_strings), ((".html", ".txt"), template_strings)):
        for suffix in suffixes:
            for path in files(suffix):
                if strings is template_strings and "templates" not in path.split("/"):
                    continue
                for context, text, place in strings(path):
                    wanted.setdefault((context, text), place)
    return wanted


def translated(language):
    """The strings that a catalogue has whole and confirmed words for."""
    catalogue = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not catalogue.exists():
        return set()
    with catalogue.open("rb") as file:
        messages = read_po(file, locale=language)
    known = set()
    for message in messages:
        text = message.id[0] if isinstance(message.id, tuple) else message.id
        words = message.string if isinstance(message.string, tuple | list) else [message.string]
        if text and all(words) and not message.fuzzy:
            known.add((message.context, text))
    return known


def main():
    """List what is missing."""
    settings.configure(USE_I18N=True)
    django.setup()
    wanted = wanted_strings()
    missing = 0
    for language in LANGUAGES:
        known = translated(language)
        for (context, text), place in wanted.items():
            if (context, text) not in known:
                missing += 1
                print(f"{language}: {place}: {text!r}")
    print(f"{len(wanted)} strings that learners read; {missing} translations missing.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
