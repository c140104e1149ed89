"""What library.json says: a library's name, version, files and what it needs."""

import re
from dataclasses import dataclass, field

from h5p.core.limits import CORE_API
from h5p.core.manifest import read_names
from h5p.core.names import MACHINE_NAME, LibraryName, number
from h5p.core.problems import Problem, Rule

TITLE_LENGTH = 255
PATH_SEGMENT = re.compile(r"[\w\-. ()+,@=~!]+")


@dataclass(frozen=True)
class LibraryInfo:
    """A valid library.json. `raw` is all that it said."""

    name: LibraryName
    patch: int
    title: str
    runnable: bool
    preloaded: tuple[LibraryName, ...] = ()
    dynamic: tuple[LibraryName, ...] = ()
    editor: tuple[LibraryName, ...] = ()
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    core_api: tuple[int, int] | None = None
    raw: dict = field(default_factory=dict, compare=False)

    @property
    def version(self) -> str:
        """The full version: 1.14.3."""
        return f"{self.name.major}.{self.name.minor}.{self.patch}"

    @property
    def embed_types(self) -> tuple[str, ...]:
        """How it may be put into a page: "iframe", "div"."""
        return tuple(kind for kind in self.raw.get("embedTypes") or ("iframe",) if kind in ("iframe", "div"))

    @property
    def is_fullscreen(self) -> bool:
        """Whether it wants a button for full screen."""
        return str(self.raw.get("fullscreen", 0)) in ("1", "True")

    def dependencies(self, kind: str) -> tuple[LibraryName, ...]:
        """What it needs of one kind: "preloaded", "dynamic" or "editor"."""
        return {"preloaded": self.preloaded, "dynamic": self.dynamic, "editor": self.editor}[kind]


def read_library(value: object, file: str) -> tuple[LibraryInfo | None, list[Problem]]:
    """The library, or what is wrong with its library.json. Keys that nobody knows are left alone."""
    if not isinstance(value, dict):
        return None, [Problem(Rule.BROKEN_JSON, file, {"detail": "no object"})]
    problems = wrong_values(value, file)
    names = {}
    for kind in ("preloaded", "dynamic", "editor"):
        names[kind], bad = read_names(value, f"{kind}Dependencies", file)
        problems += bad
    scripts, bad_scripts = read_paths(value, "preloadedJs", ".js", file)
    styles, bad_styles = read_paths(value, "preloadedCss", ".css", file)
    core_api, bad_api = read_core_api(value, file)
    problems += bad_scripts + bad_styles + bad_api
    name = LibraryName.from_json(value)
    patch = number(value.get("patchVersion"))
    if problems or name is None or patch is None:
        return None, problems
    return (
        LibraryInfo(
            name=name,
            patch=patch,
            title=value["title"].strip(),
            runnable=number(value["runnable"]) == 1,
            scripts=scripts,
            styles=styles,
            core_api=core_api,
            raw=value,
            **names,
        ),
        [],
    )


def wrong_values(value: dict, file: str) -> list[Problem]:
    """The required keys that are missing or wrong."""
    title, machine_name = value.get("title"), value.get("machineName")
    valid = {
        "title": isinstance(title, str) and 0 < len(title.strip()) <= TITLE_LENGTH,
        "machineName": isinstance(machine_name, str) and MACHINE_NAME.fullmatch(machine_name),
        "majorVersion": number(value.get("majorVersion")) is not None,
        "minorVersion": number(value.get("minorVersion")) is not None,
        "patchVersion": number(value.get("patchVersion")) is not None,
        "runnable": number(value.get("runnable")) in (0, 1),
        "embedTypes": isinstance(value.get("embedTypes", []), list),
    }
    return [Problem(Rule.BAD_VALUE, file, {"key": key}) for key, is_valid in valid.items() if not is_valid]


def read_paths(value: dict, key: str, ending: str, file: str) -> tuple[tuple[str, ...], list[Problem]]:
    """The files that are loaded with the library, relative to its folder."""
    items = value.get(key) or []
    if not isinstance(items, list):
        return (), [Problem(Rule.BAD_VALUE, file, {"key": key})]
    paths = [item.get("path") if isinstance(item, dict) else None for item in items]
    cleaned = tuple(path.removeprefix("./") for path in paths if is_asset(path, ending))
    problems = [] if len(cleaned) == len(paths) else [Problem(Rule.BAD_VALUE, file, {"key": key})]
    return cleaned, problems


def is_asset(path: object, ending: str) -> bool:
    """Whether it names a file of that ending inside the library's folder."""
    if not isinstance(path, str) or len(path) > 240 or not path.lower().endswith(ending):
        return False
    segments = path.removeprefix("./").split("/")
    return all(PATH_SEGMENT.fullmatch(segment) and segment.strip(".") for segment in segments)


def read_core_api(value: dict, file: str) -> tuple[tuple[int, int] | None, list[Problem]]:
    """The version of the H5P core that it needs, if it says so, and whether this site has it."""
    said = value.get("coreApi")
    if said is None:
        return None, []
    pair = (
        (number(said.get("majorVersion")), number(said.get("minorVersion")))
        if isinstance(said, dict)
        else (None,)
    )
    if None in pair:
        return None, [Problem(Rule.BAD_VALUE, file, {"key": "coreApi"})]
    if pair > CORE_API:
        words = {"needed": f"{pair[0]}.{pair[1]}", "here": f"{CORE_API[0]}.{CORE_API[1]}"}
        return None, [Problem(Rule.CORE_API, file, words)]
    return pair, []
