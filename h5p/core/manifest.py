"""What h5p.json says: the content's title, language, licence and main library."""

import re
from dataclasses import dataclass, field

from h5p.core.names import LibraryName
from h5p.core.problems import Problem, Rule

FILE = "h5p.json"
MAIN_LIBRARY = re.compile(r"[$a-z_][0-9a-z_.$]{1,254}", re.IGNORECASE | re.ASCII)
LANGUAGE = re.compile(r"[-a-zA-Z]{1,10}", re.ASCII)
TITLE_LENGTH = 255
# What travels with content as its metadata; h5p.json writes it beside the technical keys.
METADATA_KEYS = (
    *("title", "a11yTitle", "license", "licenseVersion", "yearFrom", "yearTo", "source", "authors"),
    *("licenseExtras", "changes", "authorComments", "contentType", "defaultLanguage", "extraTitle"),
)


@dataclass(frozen=True)
class Manifest:
    """A valid h5p.json."""

    title: str
    language: str
    main: LibraryName
    preloaded: tuple[LibraryName, ...]
    dynamic: tuple[LibraryName, ...] = ()
    metadata: dict = field(default_factory=dict)

    @property
    def dependencies(self) -> tuple[LibraryName, ...]:
        """Every library that it names."""
        return self.preloaded + self.dynamic


def read_manifest(value: object) -> tuple[Manifest | None, list[Problem]]:
    """The manifest, or what is wrong with it. Keys that nobody knows are left alone."""
    if not isinstance(value, dict):
        return None, [Problem(Rule.BROKEN_JSON, FILE, {"detail": "no object"})]
    preloaded, bad = read_names(value, "preloadedDependencies", FILE)
    dynamic, also_bad = read_names(value, "dynamicDependencies", FILE)
    problems = bad + also_bad
    title, language, main = value.get("title"), value.get("language", "und"), value.get("mainLibrary")
    valid = {
        "title": isinstance(title, str) and 0 < len(title.strip()) <= TITLE_LENGTH,
        "language": isinstance(language, str) and LANGUAGE.fullmatch(language),
        "mainLibrary": isinstance(main, str) and MAIN_LIBRARY.fullmatch(main),
    }
    problems += [
        Problem(Rule.BAD_VALUE, FILE, {"key": key}) for key, is_valid in valid.items() if not is_valid
    ]
    named = next((name for name in preloaded if name.machine_name == main), None)
    if named is None and valid["mainLibrary"]:
        problems.append(Problem(Rule.BAD_VALUE, FILE, {"key": "preloadedDependencies"}))
    if problems or named is None:
        return None, problems
    metadata = {key: value[key] for key in METADATA_KEYS if key in value}
    return Manifest(title.strip(), language, named, preloaded, dynamic, metadata), []


def read_names(value: dict, key: str, file: str) -> tuple[tuple[LibraryName, ...], list[Problem]]:
    """A list of dependencies, or the problem that it has."""
    items = value.get(key) or []
    names = tuple(map(LibraryName.from_json, items)) if isinstance(items, list) else (None,)
    found = tuple(name for name in names if name is not None)
    problems = [] if len(found) == len(names) else [Problem(Rule.BAD_VALUE, file, {"key": key})]
    return found, problems
