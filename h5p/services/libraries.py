"""What the H5P library manager decides: which code runs here."""

from copy import copy

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.audit import services as audit
from h5p import store
from h5p.core.names import LibraryName
from h5p.models import MAY_RUN, ContentLibrary, Library, LibraryDependency, Status
from h5p.resolving import Resolver
from h5p.services.contents import find_libraries_again


class LibraryRefused(Exception):
    """The decision cannot be carried out; `str()` says why and what to do first."""


def lock(libraries: list[Library]) -> list[Library]:
    """Hold everything of these names until the transaction ends, in one order, and read it anew."""
    held = []
    for name in sorted({library.name for library in libraries}):
        held += list(Library.objects.select_for_update().named(name).order_by("pk"))
    wanted = {library.pk for library in libraries}
    return [library for library in held if library.pk in wanted]


def approval_refusal(libraries: list[Library]) -> str | None:
    """Why these cannot be approved together, or None: everything that they load must be approved, too."""
    resolver = Resolver(with_quarantine=False)
    together = {library.name for library in libraries}
    for library in libraries:
        for name in (*library.described.preloaded, *library.described.dynamic):
            if name not in together and resolver.library(name) is None:
                words = {"library": library, "needed": name}
                return _("%(library)s needs %(needed)s, which is not approved. Approve it first.") % words
    return None


@transaction.atomic
def approve_libraries(libraries: list[Library], *, by: User | None, reason: str = "") -> list[Library]:
    """Let these run here. Each becomes current unless a higher patch of it is. Safe to repeat."""
    libraries = lock(libraries)
    if refusal := approval_refusal(libraries):
        raise LibraryRefused(refusal)
    decided = [library for library in libraries if library.status != Status.APPROVED]
    for library in decided:
        before = library.status
        decide(library, Status.APPROVED, by, reason)
        became_current = run_if_newest(library)
        audit.record(
            by,
            "h5p.approve_library",
            library,
            reason=reason,
            before={"status": before},
            after={"status": library.status, "runs": became_current, "sha256": library.sha256},
        )
    find_libraries_again(decided)
    return libraries


def approve_library(library: Library, *, by: User | None, reason: str = "") -> Library:
    """Let one run here."""
    return approve_libraries([library], by=by, reason=reason)[0]


def decide(library: Library, status: Status, by: User | None, reason: str) -> None:
    """Write the decision down."""
    library.status, library.decided_by, library.decided_at = status, by, timezone.now()
    library.reason = reason[:500]
    library.save(update_fields=["status", "decided_by", "decided_at", "reason"])


def run_if_newest(library: Library) -> bool:
    """Make it current unless a higher patch is; whether it is now. Equal patches: the one decided last."""
    current = Library.objects.current().named(library.name).first()
    if current is None or current.patch <= library.patch:
        make_current(library)
        return True
    return False


def make_current(library: Library) -> None:
    """Let it be what its name means."""
    Library.objects.current().named(library.name).exclude(pk=library.pk).update(current_since=None)
    if library.current_since is None:
        library.current_since = timezone.now()
        library.save(update_fields=["current_since"])


@transaction.atomic
def reject_library(library: Library, *, by: User | None, reason: str) -> Library:
    """Refuse what is in quarantine; the same files are not taken again. Content that needs them keeps waiting."""
    (library,) = lock([library])
    if library.status == Status.REJECTED:
        return library
    if library.status != Status.QUARANTINE:
        raise LibraryRefused(_("%(library)s is not in quarantine. Retire it instead.") % {"library": library})
    decide(library, Status.REJECTED, by, reason)
    audit.record(by, "h5p.reject_library", library, reason=reason, after={"sha256": library.sha256})
    find_libraries_again([library])
    return library


@transaction.atomic
def retire_library(library: Library, *, by: User | None, reason: str) -> Library:
    """Let nobody make new content with it. Content that uses it plays on. Safe to repeat."""
    (library,) = lock([library])
    if library.status == Status.RETIRED:
        return library
    if library.status != Status.APPROVED:
        raise LibraryRefused(
            _("%(library)s is not approved, so it cannot be retired.") % {"library": library}
        )
    decide(library, Status.RETIRED, by, reason)
    audit.record(by, "h5p.retire_library", library, reason=reason, after={"status": library.status})
    return library


@transaction.atomic
def roll_back_to(library: Library, *, by: User | None, reason: str) -> Library:
    """Let all content run with this approved patch instead of the current one. Safe to repeat."""
    (library,) = lock([library])
    if library.current_since:
        return library
    if not library.may_run:
        raise LibraryRefused(_("%(library)s has not been approved. Approve it first.") % {"library": library})
    before = Library.objects.current().named(library.name).first()
    make_current(library)
    words = {"version": before.version, "sha256": before.sha256} if before else None
    audit.record(
        by,
        "h5p.roll_back_library",
        library,
        reason=reason,
        before=words,
        after={"version": library.version, "sha256": library.sha256},
    )
    find_libraries_again([library])
    return library


def removal_refusal(library: Library) -> str | None:
    """Why it must stay, or None."""
    if library.used_by.exists():
        return _("%(library)s is used by content. Nothing in use can be removed.") % {"library": library}
    if library.current_since and (needed_by := needing(library.name).first()):
        words = {"library": library, "other": needed_by}
        return _("%(library)s is needed by %(other)s. Remove that first.") % words
    return None


def needing(name: LibraryName):
    """The libraries, other than rejected ones, that need this one."""
    dependencies = LibraryDependency.objects.filter(
        machine_name=name.machine_name, major=name.major, minor=name.minor
    )
    return Library.objects.filter(pk__in=dependencies.values("library")).exclude(status=Status.REJECTED)


@transaction.atomic
def remove_library(library: Library, *, by: User | None, reason: str = "") -> None:
    """Remove a library that nothing uses, with its files. The audit log keeps its hash."""
    (library,) = lock([library])
    if refusal := removal_refusal(library):
        raise LibraryRefused(refusal)
    before = {"version": library.version, "sha256": library.sha256, "origin": library.origin}
    removed = copy(library)
    library.delete()
    # Files before the log: whoever imports takes them in this order too.
    store.remove_orphans()
    audit.record(by, "h5p.remove_library", removed, reason=reason, before=before)


def unused_libraries() -> list[Library]:
    """What could go: rejected ones, patches that were replaced, versions that a newer one stands beside."""
    rows = list(Library.objects.exclude(status=Status.QUARANTINE).newest_first())
    used = set(ContentLibrary.objects.values_list("library", flat=True))
    newest: dict[str, LibraryName] = {}
    for library in rows:
        if library.current_since:
            newest.setdefault(library.machine_name, library.name)
    return [
        library
        for library in rows
        if library.pk not in used
        and (not library.current_since or library.name != newest[library.machine_name])
        and removal_refusal(library) is None
    ]


@transaction.atomic
def remove_unused(*, by: User | None, reason: str = "") -> int:
    """Remove all of them, and what becomes unused by that; how many went."""
    count = 0
    while unused := unused_libraries():
        for library in unused:
            remove_library(library, by=by, reason=reason)
        count += len(unused)
    return count


def is_used_with_caution(library: Library) -> bool:
    """Whether approving it would replace code that content runs with now."""
    return library.status not in MAY_RUN and Library.objects.current().named(library.name).exists()
