"""Content made with libraries. A version is never altered: whoever played it can be shown what they saw."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from h5p.core.names import LibraryName
from h5p.models.libraries import MAY_RUN, DependencyKind


class Source(models.TextChoices):
    """Where a version comes from."""

    UPLOAD = "upload", _("uploaded")
    FORM = "form", _("written here")
    COPY = "copy", _("copied")


class State(models.TextChoices):
    """How content stands."""

    DRAFT = "draft", _("draft")
    WAITS = "waits", _("waits for a library")
    CHANGED = "changed", _("live, with a newer draft")
    LIVE = "live", _("live")


class ContentQuerySet(models.QuerySet):
    """Selects content."""

    def listed(self):
        """The latest first, each with what `state` asks for and what it was saved as last."""
        newest = ContentVersion.objects.filter(content=models.OuterRef("pk")).order_by("-number")
        waiting = ContentLibrary.objects.waiting().filter(
            version__content=models.OuterRef("pk"), version__number=models.OuterRef("newest_number")
        )
        rows = self.annotate(
            newest_number=models.Subquery(newest.values("number")[:1]),
            newest_library=models.Subquery(newest.values("library")[:1]),
            saved_at=models.Subquery(newest.values("created_at")[:1]),
        )
        rows = rows.annotate(newest_waits=models.Exists(waiting))
        return rows.select_related("current", "created_by").order_by("-pk")

    def playable(self):
        """Content whose current version waits for no library."""
        waiting = ContentLibrary.objects.waiting().filter(version=models.OuterRef("current"))
        return self.exclude(current=None).exclude(models.Exists(waiting))


class Content(models.Model):
    """Interactive content. `current` is the version that is played; drafts are versions after it."""

    title = models.CharField(_("title"), max_length=255)
    current = models.ForeignKey(
        "h5p.ContentVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("interactive content")
        verbose_name_plural = _("interactive content")

    def __str__(self):
        return self.title

    @property
    def state(self) -> State:
        """How it stands; for rows of `listed()`."""
        if self.newest_waits:
            return State.WAITS
        if self.current is None:
            return State.DRAFT
        return State.LIVE if self.current.number == self.newest_number else State.CHANGED

    @property
    def newest(self):
        """What was saved last, a draft or not."""
        return self.versions.first()


class ContentVersion(models.Model):
    """The content as it was at one time. `params` are as they came: what a browser gets is sanitized (`playing`)."""

    content = models.ForeignKey(Content, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=255)
    library = models.CharField(_("content type"), max_length=270)
    params = models.JSONField()
    metadata = models.JSONField(default=dict)
    language = models.CharField(_("language"), max_length=10, default="und")
    source = models.CharField(_("source"), max_length=6, choices=Source, default=Source.UPLOAD)
    origin = models.CharField(_("origin"), max_length=255, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("saved by"),
    )
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)
    # Sent with the form that was saved: sending it again finds the same version.
    form_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of interactive content")
        verbose_name_plural = _("versions of interactive content")
        constraints = [models.UniqueConstraint(fields=["content", "number"], name="h5p_version_once")]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def main(self) -> LibraryName:
        """The name of its main library. It was valid when it was stored."""
        name = LibraryName.parse(self.library)
        if name is None:
            raise ValueError(self.library)
        return name


class ContentLibraryQuerySet(models.QuerySet):
    """Selects what versions are played with."""

    def played(self):
        """Without what only editors of other systems load."""
        return self.exclude(kind=DependencyKind.EDITOR)

    def waiting(self):
        """Libraries that keep a version from being played."""
        return self.played().exclude(library__status__in=MAY_RUN)


class ContentLibrary(models.Model):
    """The library that a version is played with. Worked out anew whenever another row of that name becomes current."""

    version = models.ForeignKey(ContentVersion, on_delete=models.CASCADE, related_name="libraries")
    library = models.ForeignKey("h5p.Library", on_delete=models.PROTECT, related_name="used_by")
    kind = models.CharField(max_length=10, choices=DependencyKind)
    # The place in the order of loading.
    weight = models.PositiveIntegerField()

    objects = ContentLibraryQuerySet.as_manager()

    class Meta:
        ordering = ["weight"]
        constraints = [
            models.UniqueConstraint(fields=["version", "library", "kind"], name="h5p_content_library_once")
        ]

    def __str__(self):
        return f"{self.version} → {self.library}"


class ContentFile(models.Model):
    """A file of a version, by its path below content/."""

    version = models.ForeignKey(ContentVersion, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=250)
    stored = models.ForeignKey("h5p.StoredFile", on_delete=models.PROTECT, related_name="content_files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="h5p_content_path_once")]

    def __str__(self):
        return self.path
