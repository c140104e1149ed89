"""What may be said of a content and of a file: title, authors, licence. The fields are the format's own."""

from h5p.core.semantics import parse_semantics

COPYRIGHT = ("title", "author", "year", "source", "license", "version", "comment")
LICENCES = (
    *("U", "CC BY", "CC BY-SA", "CC BY-ND", "CC BY-NC", "CC BY-NC-SA", "CC BY-NC-ND", "CC0 1.0", "CC PDM"),
    *("GNU GPL", "PD", "ODC PDDL", "C"),
)
VERSIONS = ("", "4.0", "3.0", "2.5", "2.0", "1.0", "v3", "v2", "v1", "-", "CC0 1.0", "CC PDM")
ROLES = ("Author", "Editor", "Licensee", "Originator")


def words(name: str, length: int = 255) -> dict:
    """A field with words."""
    return {"name": name, "type": "text", "maxLength": length}


def choice(name: str, values: tuple[str, ...]) -> dict:
    """A field with one of several."""
    return {"name": name, "type": "select", "options": [{"value": value, "label": value} for value in values]}


def year(name: str) -> dict:
    """A field with a year; years before our era are negative."""
    return {"name": name, "type": "number", "min": -9999, "max": 9999, "decimals": 0}


def several(name: str, *fields: dict) -> dict:
    """A list of groups."""
    return {"name": name, "type": "list", "field": {"name": "item", "type": "group", "fields": list(fields)}}


METADATA = parse_semantics(
    [
        words("title"),
        words("a11yTitle"),
        words("extraTitle"),
        choice("license", LICENCES),
        choice("licenseVersion", VERSIONS),
        year("yearFrom"),
        year("yearTo"),
        words("source", 2000),
        several("authors", words("name"), choice("role", ROLES)),
        words("licenseExtras", 5000),
        several("changes", words("date", 40), words("author"), words("log", 2000)),
        words("authorComments", 5000),
        words("contentType"),
        words("defaultLanguage", 20),
    ]
)
