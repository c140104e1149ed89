"""Reading a .h5p file: everything is checked before anything is handed out, and nothing is unpacked to disk.

    with open_package(upload, "quiz.h5p", find_installed=…) as package:
        package.manifest, package.params, package.content_files, package.libraries
        with package.open(file) as stream: …

Raises PackageRefused with every problem of the first stage that finds any: the zip, the names, the files, the values.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from h5p.core import bounded_json, zips
from h5p.core.content_index import uses_of
from h5p.core.entries import is_passed_over
from h5p.core.file_types import extension, magic_problem, type_problem
from h5p.core.library import LibraryInfo, read_library
from h5p.core.limits import DEFAULT_LIMITS, Limits
from h5p.core.manifest import Manifest, read_manifest
from h5p.core.names import LibraryName
from h5p.core.problems import PackageRefused, Problem, Rule
from h5p.core.semantics import SemanticsInvalid, parse_semantics

CONTENT = "content"
CONTENT_JSON = "content/content.json"
MANIFEST_JSON = "h5p.json"


@dataclass(frozen=True)
class PackageFile:
    """One file of content or of a library: its path there, and where it is in the package."""

    path: str
    entry: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PackagedLibrary:
    """A library in a package. `semantics` is semantics.json as it was read, or None."""

    info: LibraryInfo
    folder: str
    semantics: list | None
    files: tuple[PackageFile, ...]

    @property
    def sha256(self) -> str:
        """One hash for all of its files: the same bytes have the same hash, whatever package brings them."""
        return digest_of((file.path, file.sha256) for file in self.files)


@dataclass
class Package:
    """A package that has passed every check. Without content, `manifest` and `params` are None."""

    archive: zipfile.ZipFile
    manifest: Manifest | None = None
    params: object = None
    content_files: tuple[PackageFile, ...] = ()
    libraries: dict[LibraryName, PackagedLibrary] = field(default_factory=dict)
    # What is odd without being refused, such as a picture that content names and nobody packed.
    notes: list[Problem] = field(default_factory=list)

    def open(self, file: PackageFile) -> BinaryIO:
        """A stream of the file's bytes."""
        return self.archive.open(file.entry)

    def find(self, name: LibraryName) -> LibraryInfo | None:
        """A library that the package brings."""
        library = self.libraries.get(name)
        return library.info if library else None


def digest_of(files) -> str:
    """One hash for pairs of path and hash, in whatever order they come."""
    digest = hashlib.sha256()
    for path, sha256 in sorted(files):
        digest.update(f"{path}\0{sha256}\n".encode())
    return digest.hexdigest()


@contextmanager
def open_package(
    file: BinaryIO,
    name: str,
    *,
    find_installed: Callable[[LibraryName], LibraryInfo | None] = lambda name: None,
    needs_content: bool = True,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Package]:
    """Check the whole package and lend it, or raise PackageRefused.

    `find_installed` knows the libraries of the site; `needs_content=False` also takes packages of libraries alone.
    """
    if extension(name) != "h5p":
        raise PackageRefused(Problem(Rule.NOT_H5P, name))
    with zips.open_zip(file, name, limits) as archive:
        yield Reader(archive, name, limits).read(find_installed, needs_content)


class Reader:
    """Reads one package, stage by stage."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits):
        self.archive, self.name, self.limits = archive, name, limits
        self.files: dict[str, dict[str, zipfile.ZipInfo]] = {}
        self.package = Package(archive)

    def read(self, find_installed, needs_content: bool) -> Package:
        """Go through every stage; each may raise PackageRefused."""
        self.sort_into_folders()
        has_content = needs_content or MANIFEST_JSON in self.files.get("", {}) or CONTENT in self.files
        self.check_types()
        if has_content:
            self.read_manifest()
        self.read_libraries()
        self.check_dependencies(find_installed)
        measured = self.measure()
        if has_content:
            self.package.content_files = tuple(f for f in measured[CONTENT] if f.entry != CONTENT_JSON)
            self.note_missing_files()
        return self.package

    def sort_into_folders(self) -> None:
        """Put every file to its folder at the top; loose files other than h5p.json are passed over."""
        for info in zips.checked_entries(self.archive, self.name, self.limits):
            folder, slash, path = info.filename.partition("/")
            if not is_passed_over(info.filename) and (slash or folder == MANIFEST_JSON):
                self.files.setdefault(folder if slash else "", {})[path or folder] = info

    def check_types(self) -> None:
        """Every file's ending must be allowed where it is."""
        zips.refuse_if_any(
            [
                problem
                for folder, files in self.files.items()
                for info in files.values()
                if folder and (problem := type_problem(info.filename, in_content=folder == CONTENT))
            ]
        )

    def load(self, info: zipfile.ZipInfo) -> object:
        """The JSON of an entry."""
        return bounded_json.load(zips.read(self.archive, info, self.limits), info.filename, self.limits)

    def read_manifest(self) -> None:
        """h5p.json and content.json."""
        info = self.files.get("", {}).get(MANIFEST_JSON)
        if info is None:
            raise PackageRefused(Problem(Rule.MISSING_MANIFEST, MANIFEST_JSON))
        self.package.manifest, problems = read_manifest(self.load(info))
        content = self.files.get(CONTENT, {}).get("content.json")
        if content is None:
            problems.append(Problem(Rule.MISSING_CONTENT, CONTENT_JSON))
        zips.refuse_if_any(problems)
        self.package.params = self.load(content)
        if not isinstance(self.package.params, dict):
            raise PackageRefused(Problem(Rule.BROKEN_JSON, CONTENT_JSON, {"detail": "no object"}))

    def read_libraries(self) -> None:
        """Every other folder is a library."""
        folders = [folder for folder in self.files if folder not in ("", CONTENT)]
        if len(folders) > self.limits.libraries:
            raise PackageRefused(
                Problem(Rule.TOO_MANY_LIBRARIES, self.name, {"limit": self.limits.libraries})
            )
        problems = []
        for folder in folders:
            try:
                problems += self.read_library(folder)
            except PackageRefused as refusal:
                problems += refusal.problems
        zips.refuse_if_any(problems)

    def read_library(self, folder: str) -> list[Problem]:
        """One library's values; its files are measured later."""
        files = self.files[folder]
        if "library.json" not in files:
            return [Problem(Rule.MISSING_LIBRARY_JSON, folder)]
        file = f"{folder}/library.json"
        info, problems = read_library(self.load(files["library.json"]), file)
        if info is None:
            return problems
        if folder not in (info.name.machine_name, info.name.folder):
            words = {"name": info.name.machine_name, "folder": info.name.folder}
            problems.append(Problem(Rule.FOLDER_NAME, file, words))
        problems += [
            Problem(Rule.MISSING_FILE, file, {"missing": path})
            for path in (*info.scripts, *info.styles)
            if path not in files
        ]
        if other := self.package.libraries.get(info.name):
            problems.append(Problem(Rule.TWO_LIBRARIES, file, {"other": f"{other.folder}/library.json"}))
        semantics = self.read_semantics(folder)
        for path, entry in files.items():
            if path.startswith("language/") and path.endswith(".json"):
                self.load(entry)
        self.package.libraries[info.name] = PackagedLibrary(info, folder, semantics, ())
        return problems

    def read_semantics(self, folder: str) -> list | None:
        """The description of the form, which must be one."""
        entry = self.files[folder].get("semantics.json")
        if entry is None:
            return None
        semantics = self.load(entry)
        try:
            parse_semantics(semantics)
        except SemanticsInvalid as error:
            problem = Problem(Rule.BAD_SEMANTICS, entry.filename, {"detail": str(error)})
            raise PackageRefused(problem) from error
        return semantics

    def check_dependencies(self, find_installed) -> None:
        """Everything that content or a library loads must be in the package or on the site."""
        package, problems = self.package, []

        def find(name):
            return package.find(name) or find_installed(name)

        manifest = package.manifest
        if manifest:
            problems += self.main_problems(find(manifest.main))
            used = [name for name in uses_of(package.params).libraries if not find(name)]
            problems += [missing(CONTENT_JSON, name) for name in used]
            problems += [missing(MANIFEST_JSON, name) for name in manifest.dependencies if not find(name)]
        for library in package.libraries.values():
            info, file = library.info, f"{library.folder}/library.json"
            problems += [missing(file, name) for name in (*info.preloaded, *info.dynamic) if not find(name)]
            # Nothing here loads what only the editor of other systems needs.
            package.notes += [missing(file, name) for name in info.editor if not find(name)]
        zips.refuse_if_any(problems)

    def main_problems(self, main: LibraryInfo | None) -> list[Problem]:
        """The main library must be one that can be played. That it is missing is said elsewhere."""
        if main is None or main.runnable:
            return []
        return [Problem(Rule.NOT_RUNNABLE, MANIFEST_JSON, {"name": str(main.name)})]

    def measure(self) -> dict[str, tuple[PackageFile, ...]]:
        """Read every file to its end: its checksum, its hash, and whether it is what its name says."""
        measured, problems = {CONTENT: ()}, []
        for folder, files in self.files.items():
            if not folder:
                continue
            found = []
            for path, info in files.items():
                outcome = zips.measure(self.archive, info)
                if problem := magic_problem(info.filename, outcome.head):
                    problems.append(problem)
                found.append(PackageFile(path, info.filename, outcome.size, outcome.sha256))
            measured[folder] = tuple(sorted(found, key=lambda file: file.path))
        zips.refuse_if_any(problems)
        self.package.libraries = {
            name: PackagedLibrary(library.info, library.folder, library.semantics, measured[library.folder])
            for name, library in self.package.libraries.items()
        }
        return measured

    def note_missing_files(self) -> None:
        """A picture that content names and nobody packed does not stop an import; it is said."""
        packed = {file.path for file in self.package.content_files}
        self.package.notes += [
            Problem(Rule.MISSING_FILE, CONTENT_JSON, {"missing": path})
            for path in uses_of(self.package.params).files
            if path not in packed
        ]


def missing(file: str, name: LibraryName) -> Problem:
    """A library that is nowhere."""
    return Problem(Rule.MISSING_DEPENDENCY, file, {"missing": str(name)})
