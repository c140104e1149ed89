"""Importing a package: content against approved libraries, new libraries into quarantine. All of it or nothing."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction

from accounts.models import User
from foundation.audit import services as audit
from h5p import store
from h5p.core.content_index import uses_of
from h5p.core.limits import DEFAULT_LIMITS, Limits
from h5p.core.manifest import Manifest
from h5p.core.package import Package, PackagedLibrary, open_package
from h5p.core.problems import PackageRefused, Problem, Rule
from h5p.models import (
    Content,
    ContentVersion,
    DependencyKind,
    Library,
    LibraryDependency,
    LibraryFile,
    Source,
    Status,
    StoredFile,
)
from h5p.resolving import Resolver
from h5p.services.contents import save_version
from h5p.services.libraries import approve_libraries

# What becomes of a library of a package that is neither stored nor known.
OLDER = "older"


@dataclass(frozen=True)
class ImportedLibrary:
    """What became of a library in a package. `library` is None where the site has a newer patch and keeps it."""

    packaged: PackagedLibrary
    library: Library | None
    is_new: bool = False

    @property
    def status(self) -> str:
        """The library's status here, or "older"."""
        return self.library.status if self.library else OLDER


@dataclass(frozen=True)
class Imported:
    """What an import brought."""

    version: ContentVersion | None
    libraries: tuple[ImportedLibrary, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def content(self) -> Content | None:
        """The content, where the package had any."""
        return self.version.content if self.version else None

    @property
    def waits_for(self) -> list[Library]:
        """The libraries whose approval the content waits for."""
        if self.version is None:
            return []
        return [row.library for row in self.version.libraries.waiting().select_related("library")]


@dataclass
class Plan:
    """What an import would do with libraries, before it does anything."""

    known: list[ImportedLibrary] = field(default_factory=list)
    new: list[PackagedLibrary] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What a package holds and what importing it would do. Nothing has been changed."""

    name: str
    manifest: Manifest | None
    plan: Plan
    files: int
    size: int
    notes: tuple[Problem, ...]


def preview_package(
    file: BinaryIO,
    name: str,
    *,
    content: Content | None = None,
    needs_content: bool = True,
    limits: Limits = DEFAULT_LIMITS,
) -> Preview:
    """Check a package as an import would, or raise PackageRefused."""
    resolver = Resolver()
    name = PurePath(name).name
    with open_package(
        file, name, find_installed=resolver.find, needs_content=needs_content, limits=limits
    ) as package:
        plan = plan_libraries(package, resolver)
        refuse_other_type(package, content)
        refuse_retired(package, resolver, content)
        size = sum(file.size for file in package.content_files)
        return Preview(name, package.manifest, plan, len(package.content_files), size, tuple(package.notes))


def import_package(
    file: BinaryIO,
    name: str,
    *,
    by: User | None,
    content: Content | None = None,
    approve: bool = False,
    needs_content: bool = True,
    make_current: bool = True,
    limits: Limits = DEFAULT_LIMITS,
    origin: str = "",
) -> Imported:
    """Import a .h5p file, or raise PackageRefused with nothing changed.

    With `content` the package becomes its next version. `approve` approves the package's libraries at once: only for
    whoever may do that (`access.can_manage_libraries`). `origin` says where it comes from, instead of the file's name.
    """
    name = PurePath(name).name
    origin_sha256 = hash_of(file)
    resolver = Resolver()
    with (
        open_package(
            file, name, find_installed=resolver.find, needs_content=needs_content, limits=limits
        ) as package,
        store.writing() as written,
    ):
        plan = plan_libraries(package, resolver)
        refuse_other_type(package, content)
        refuse_retired(package, resolver, content)
        sources = sources_of(package, plan)
        # The slow part comes before the transaction, which keeps others waiting.
        for sha256 in store.missing_hashes(sources):
            written.write(sha256, *sources[sha256])
        with transaction.atomic():
            stored = written.stored(sources)
            libraries = [*plan.known, *keep_libraries(plan.new, stored, origin or name, origin_sha256, by)]
            if approve:
                approve_imported(libraries, by)
            version = keep_content(package, stored, content, name, by, make_current)
            record_import(by, name, origin_sha256, version, libraries)
    return Imported(version, tuple(libraries), tuple(package.notes))


def sources_of(package: Package, plan: Plan) -> dict[str, store.Source]:
    """Everything that has to be stored, by its hash."""
    files = [*package.content_files, *(file for library in plan.new for file in library.files)]
    return {file.sha256: (file.size, partial(package.open, file)) for file in files}


def plan_libraries(package: Package, resolver: Resolver) -> Plan:
    """Sort the package's libraries: known here, older than what is here, or new. Refuse what was rejected."""
    plan, problems = Plan(), []
    for packaged in package.libraries.values():
        info = packaged.info
        same = Library.objects.named(info.name).filter(patch=info.patch, sha256=packaged.sha256).first()
        here = resolver.library(info.name)
        runs_here = here is not None and here.may_run
        if same and same.status == Status.REJECTED and not runs_here:
            problems.append(rejected(packaged, same))
        elif same:
            plan.known.append(ImportedLibrary(packaged, same))
        elif runs_here and info.patch < here.patch:
            plan.known.append(ImportedLibrary(packaged, None))
        else:
            plan.new.append(packaged)
    if problems:
        raise PackageRefused(*problems)
    return plan


def rejected(packaged: PackagedLibrary, library: Library) -> Problem:
    """These very files were rejected before."""
    words = {"name": str(library), "reason": library.reason}
    return Problem(Rule.REJECTED_LIBRARY, f"{packaged.folder}/library.json", words)


def refuse_other_type(package: Package, content: Content | None) -> None:
    """What replaces content is of the same type, in whatever version."""
    newest = content.newest if content else None
    if package.manifest is None or newest is None:
        return
    name, here = package.manifest.main.machine_name, newest.main.machine_name
    if name != here:
        raise PackageRefused(Problem(Rule.OTHER_TYPE, "h5p.json", {"name": name, "here": here}))


def refuse_retired(package: Package, resolver: Resolver, content: Content | None) -> None:
    """New content is not made with retired types; content that uses them already may go on."""
    if package.manifest is None:
        return
    used = [package.manifest.main, *uses_of(package.params).libraries]
    in_use = set()
    if content and content.current:
        in_use = {row.library.name for row in content.current.libraries.select_related("library")}
    retired = [
        Problem(Rule.RETIRED_LIBRARY, "content/content.json", {"name": str(name)})
        for name in dict.fromkeys(used)
        if (library := resolver.library(name)) and library.status == Status.RETIRED and name not in in_use
    ]
    if retired:
        raise PackageRefused(*retired)


def keep_libraries(new, stored, origin, origin_sha256, by) -> list[ImportedLibrary]:
    """Put new libraries into quarantine, whoever brings them."""
    kept = []
    # In one order, and before the log, which only one transaction holds: two imports never wait for each other.
    for packaged in sorted(new, key=lambda packaged: packaged.info.name):
        info = packaged.info
        library, created = Library.objects.get_or_create(
            machine_name=info.name.machine_name,
            major=info.name.major,
            minor=info.name.minor,
            patch=info.patch,
            sha256=packaged.sha256,
            defaults={
                "title": info.title,
                "runnable": info.runnable,
                "info": info.raw,
                "semantics": packaged.semantics,
                "origin": origin[:255],
                "origin_sha256": origin_sha256,
                "uploaded_by": by,
            },
        )
        if created:
            keep_parts(library, packaged, stored)
        kept.append(ImportedLibrary(packaged, library, created))
    for library in [item.library for item in kept if item.library and item.is_new]:
        after = {"version": library.version, "sha256": library.sha256, "origin": library.origin}
        audit.record(by, "h5p.quarantine_library", library, after=after)
    return kept


def keep_parts(library: Library, packaged: PackagedLibrary, stored: dict[str, StoredFile]) -> None:
    """The library's files and what it needs."""
    LibraryFile.objects.bulk_create(
        LibraryFile(library=library, path=file.path, stored=stored[file.sha256]) for file in packaged.files
    )
    LibraryDependency.objects.bulk_create(
        LibraryDependency(
            library=library, kind=kind, machine_name=name.machine_name, major=name.major, minor=name.minor
        )
        for kind in DependencyKind.values
        for name in dict.fromkeys(packaged.info.dependencies(kind))
    )


def approve_imported(libraries: list[ImportedLibrary], by: User | None) -> None:
    """Approve everything of the package that waits for it."""
    waiting = [
        item.library for item in libraries if item.library and item.library.status == Status.QUARANTINE
    ]
    decided = {library.pk: library for library in approve_libraries(waiting, by=by)}
    for item in libraries:
        if item.library and item.library.pk in decided:
            item.library.refresh_from_db(fields=["status", "current_since"])


def keep_content(package, stored, content, name, by, make_current) -> ContentVersion | None:
    """The content itself, where there is any."""
    manifest = package.manifest
    if manifest is None:
        return None
    return save_version(
        content,
        title=manifest.title,
        library=manifest.main,
        params=package.params,
        files={file.path: stored[file.sha256] for file in package.content_files},
        by=by,
        metadata=manifest.metadata,
        language=manifest.language,
        source=Source.UPLOAD,
        origin=name[:255],
        make_current=make_current,
    )


def record_import(by, name, origin_sha256, version, libraries) -> None:
    """One entry for the whole."""
    after = {
        "file": name,
        "sha256": origin_sha256,
        "libraries": {str(item.packaged.info.name): item.status for item in libraries},
    }
    audit.record(by, "h5p.import_package", version.content if version else None, after=after)


def hash_of(file: BinaryIO) -> str:
    """The hash of the package itself."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(256 * 1024):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
