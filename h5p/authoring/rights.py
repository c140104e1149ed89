"""What may be said about content and its parts: title, people, licence. The fields are the format's, with our words."""

from dataclasses import replace

from django.utils.translation import gettext as _

from h5p.core.metadata import METADATA
from h5p.core.semantics import Field, GroupField, ListField, Option, SelectField


def content_metadata() -> tuple[Field, ...]:
    """What is asked about a whole content, in the order of the form."""
    title, *others = worded(
        *("title", "a11yTitle", "license", "licenseVersion", "yearFrom", "yearTo", "source"),
        *("authors", "licenseExtras", "changes", "authorComments"),
    )
    return (replace(title, optional=False), *others)


def part_metadata() -> tuple[Field, ...]:
    """What is asked about a part."""
    return worded("title", "license", "licenseVersion", "source", "authors")


def worded(*names: str) -> tuple[Field, ...]:
    """Fields of the format with labels. All but the title of a content may stay empty."""
    labels, known = words(), {field.name: field for field in METADATA}
    return tuple(labelled(known[name], labels) for name in names)


def labelled(field: Field, labels: dict[str, str]) -> Field:
    """One field with its label, those inside it included."""
    changes = {"label": labels.get(field.name, field.name), "optional": True}
    if isinstance(field, SelectField):
        names = licences() if field.name == "license" else roles() if field.name == "role" else {}
        changes["options"] = tuple(
            Option(option.value, names.get(option.value, option.label)) for option in field.options
        )
    if isinstance(field, ListField) and field.field:
        changes |= {"field": labelled(field.field, labels), "entity": labels.get(f"{field.name}:one", "")}
        changes["raw"] = field.raw | {"defaultNum": 0}
    if isinstance(field, GroupField):
        changes["fields"] = tuple(labelled(inside, labels) for inside in field.fields)
    if field.name in ("licenseExtras", "authorComments", "log"):
        changes["widget"] = "textarea"
    return replace(field, **changes)


def words() -> dict[str, str]:
    """What the fields are called."""
    return {
        "title": _("Title"),
        "a11yTitle": _("Title for screen readers"),
        "license": _("Licence"),
        "licenseVersion": _("Version of the licence"),
        "yearFrom": _("First year"),
        "yearTo": _("Last year"),
        "source": _("Where it comes from"),
        "authors": _("Authors"),
        "authors:one": _("Author"),
        "name": _("Name"),
        "role": _("Role"),
        "licenseExtras": _("More about the licence"),
        "changes": _("Changes"),
        "changes:one": _("Change"),
        "date": _("Date"),
        "author": _("Changed by"),
        "log": _("What was changed"),
        "authorComments": _("Notes for other authors"),
        "item": _("Entry"),
    }


def licences() -> dict[str, str]:
    """What licences are called."""
    return {
        "U": _("Undisclosed"),
        "CC BY": _("Creative Commons: attribution (CC BY)"),
        "CC BY-SA": _("Creative Commons: attribution, share alike (CC BY-SA)"),
        "CC BY-ND": _("Creative Commons: attribution, no derivatives (CC BY-ND)"),
        "CC BY-NC": _("Creative Commons: attribution, not commercial (CC BY-NC)"),
        "CC BY-NC-SA": _("Creative Commons: attribution, not commercial, share alike (CC BY-NC-SA)"),
        "CC BY-NC-ND": _("Creative Commons: attribution, not commercial, no derivatives (CC BY-NC-ND)"),
        "CC0 1.0": _("Public domain dedication (CC0)"),
        "CC PDM": _("Public domain mark"),
        "GNU GPL": _("GNU General Public License"),
        "PD": _("Public domain"),
        "ODC PDDL": _("Public Domain Dedication and Licence (data)"),
        "C": _("All rights reserved"),
    }


def roles() -> dict[str, str]:
    """What people did."""
    return {
        "Author": _("Author"),
        "Editor": _("Editor"),
        "Licensee": _("Licensee"),
        "Originator": _("Originator"),
    }
