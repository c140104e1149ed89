"""Saving, copying and removing content. A version is added, never altered."""

from collections.abc import Mapping
from copy import copy
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.audit import services as audit
from h5p import store
from h5p.core.content_index import uses_of
from h5p.core.names import LibraryName
from h5p.models import (
    Content,
    ContentFile,
    ContentLibrary,
    ContentVersion,
    Library,
    Source,
    StoredFile,
)
from h5p.resolving import Resolver
from h5p.signals import version_published
from h5p.uses import records_of, road_for


class ContentRefused(Exception):
    """The content is not changed; `str()` says why."""


class SavedMeanwhile(ContentRefused):
    """Somebody has saved another version since the form was opened; `newest` is that version."""

    def __init__(self, newest: ContentVersion):
        self.newest = newest
        words = {"number": newest.number, "person": newest.created_by or _("the system")}
        super().__init__(
            _(
                "Version %(number)s has been saved by %(person)s since you opened this form. Nothing of yours was "
                "saved and nothing you typed is lost."
            )
            % words
        )


def lock(content: Content) -> Content:
    """Hold the content until the transaction ends."""
    return Content.objects.select_for_update().get(pk=content.pk)


@transaction.atomic
def save_version(
    content: Content | None,
    *,
    title: str,
    library: LibraryName,
    params: dict,
    files: Mapping[str, StoredFile],
    by: User | None,
    metadata: dict | None = None,
    language: str = "und",
    source: Source = Source.FORM,
    origin: str = "",
    make_current: bool = True,
    form_key: UUID | None = None,
) -> ContentVersion:
    """Add a version to the content, or make the content. `files` are paths below content/ with what lies there."""
    content = lock(content) if content else Content.objects.create(title=title, created_by=by)
    version = ContentVersion.objects.create(
        content=content,
        form_key=form_key,
        number=(content.versions.aggregate(most=models.Max("number"))["most"] or 0) + 1,
        title=title,
        library=str(library),
        params=params,
        metadata=metadata or {},
        language=language,
        source=source,
        origin=origin,
        created_by=by,
    )
    ContentFile.objects.bulk_create(
        ContentFile(version=version, path=path, stored=stored) for path, stored in files.items()
    )
    find_libraries(version, Resolver())
    if make_current:
        put_in_place(version)
    after = {"version": version.number, "library": version.library, "current": make_current}
    audit.record(by, "h5p.save_content", content, after=after)
    return version


def save_draft(
    content: Content | None, *, form_key: UUID, base: int | None = None, by: User, **fields
) -> ContentVersion:
    """Add a draft, once for each form: sent again, it answers with the version that was saved.

    `base` is the number of the version that the form was filled from. Raises SavedMeanwhile when it is not the newest.
    """
    if saved := saved_by(form_key, content):
        return saved
    try:
        with transaction.atomic():
            if content is not None:
                content = lock(content)
                if saved := saved_by(form_key, content):
                    return saved
                newest = content.newest
                if newest and base != newest.number:
                    raise SavedMeanwhile(newest)
            return save_version(content, by=by, form_key=form_key, make_current=False, **fields)
    except IntegrityError as error:
        if saved := saved_by(form_key, content):
            return saved
        raise ContentRefused(_("This form was sent for other content. Open it again.")) from error


def saved_by(form_key: UUID, content: Content | None) -> ContentVersion | None:
    """What this form has saved already."""
    found = ContentVersion.objects.select_related("content").filter(form_key=form_key)
    return (found.filter(content=content) if content else found).first()


@transaction.atomic
def publish_version(version: ContentVersion, *, by: User) -> None:
    """Let learners have this version, or an earlier one again. Safe to repeat.

    Raises ContentRefused where learners meet the content in a course: there it goes by the course (`uses.Road`).
    """
    content = lock(version.content)
    road = road_for(content, by)
    if not road.may_publish:
        raise ContentRefused(road.sentence)
    make_current(version, by=by)


def restore_version(version: ContentVersion, *, form_key: UUID, by: User) -> ContentVersion:
    """Make an earlier version the newest draft. Asked twice by one form, it is done once."""
    content = version.content
    newest = content.newest
    return save_draft(
        content,
        form_key=form_key,
        base=newest.number if newest else None,
        by=by,
        title=version.title,
        library=version.main,
        params=version.params,
        files={file.path: file.stored for file in version.files.select_related("stored")},
        metadata=version.metadata,
        language=version.language,
        source=version.source,
        origin=_("version %(number)s") % {"number": version.number},
    )


@transaction.atomic
def make_current(version: ContentVersion, *, by: User | None) -> None:
    """Let this version be played from now on: publish a draft, or go back. Safe to repeat."""
    content = lock(version.content)
    if content.current_id == version.pk:
        return
    before = content.current.number if content.current else None
    put_in_place(version)
    audit.record(
        by, "h5p.publish_content", content, before={"version": before}, after={"version": version.number}
    )
    version_published.send(sender=ContentVersion, version=version, by=by)


def put_in_place(version: ContentVersion) -> None:
    """Point the content at the version."""
    version.content.current = version
    version.content.title = version.title
    version.content.save(update_fields=["current", "title"])


def copy_content(
    version: ContentVersion, *, title: str, by: User, language: str = "", is_draft: bool = False
) -> Content:
    """Make new content that begins as this version is; they share their files."""
    files = {file.path: file.stored for file in version.files.select_related("stored")}
    made = save_version(
        None,
        title=title,
        library=version.main,
        params=version.params,
        files=files,
        by=by,
        metadata=version.metadata,
        language=language or version.language,
        source=Source.COPY,
        origin=str(version),
        make_current=not is_draft,
    )
    return made.content


@transaction.atomic
def remove_content(content: Content, *, by: User, reason: str = "") -> None:
    """Remove content that nothing uses. What is placed in a lesson or has attempts is refused."""
    content = lock(content)
    if sentences := records_of(content):
        raise ContentRefused(" ".join(sentences))
    removed = copy(content)
    try:
        with transaction.atomic():
            Content.objects.filter(pk=content.pk).update(current=None)
            content.current = None
            content.delete()
    except models.ProtectedError as error:
        raise ContentRefused(
            _("“%(title)s” is used in a lesson or has attempts. It stays.") % {"title": content.title}
        ) from error
    # Files before the log: whoever imports takes them in this order too.
    store.remove_orphans()
    audit.record(by, "h5p.remove_content", removed, reason=reason, before={"title": removed.title})


def find_libraries(version: ContentVersion, resolver: Resolver) -> None:
    """Write down what the version is played with now."""
    roots = [version.main, *uses_of(version.params).libraries]
    version.libraries.all().delete()
    ContentLibrary.objects.bulk_create(
        ContentLibrary(version=version, library=library, kind=needed.kind, weight=needed.weight)
        for library, needed in resolver.needed(roots)
    )


def find_libraries_again(libraries: list[Library]) -> int:
    """Work out anew what the versions are played with that use any patch of these; how many there were."""
    resolver = Resolver()
    affected = ContentVersion.objects.filter(pk__in=versions_using(libraries))
    count = 0
    for version in affected.iterator(chunk_size=100):
        find_libraries(version, resolver)
        count += 1
    return count


def versions_using(libraries: list[Library]) -> list[int]:
    """The versions that are played with any patch of these libraries."""
    wanted = models.Q(pk__in=[])
    for library in libraries:
        wanted |= models.Q(
            library__machine_name=library.machine_name,
            library__major=library.major,
            library__minor=library.minor,
        )
    return list(ContentLibrary.objects.filter(wanted).values_list("version", flat=True).distinct())
