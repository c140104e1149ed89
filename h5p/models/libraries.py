"""Libraries: the code of content types. `status` and `current_since` alone decide what may run."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from h5p.core.library import LibraryInfo, read_library
from h5p.core.names import LibraryName
from h5p.core.semantics import Field, parse_semantics


class Status(models.TextChoices):
    """What the H5P library manager has decided."""

    QUARANTINE = "quarantine", _("in quarantine")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    # Runs where it is in use; new content cannot be made with it.
    RETIRED = "retired", _("retired")


# Code of these may run in a browser, as far as it is current.
MAY_RUN = (Status.APPROVED, Status.RETIRED)


class LibraryQuerySet(models.QuerySet):
    """Selects libraries."""

    def named(self, name: LibraryName):
        """All that content means by one name: every patch, whatever its bytes."""
        return self.filter(machine_name=name.machine_name, major=name.major, minor=name.minor)

    def current(self):
        """The one of each name that runs."""
        return self.filter(current_since__isnull=False)

    def waiting(self):
        """Those that wait for a decision."""
        return self.filter(status=Status.QUARANTINE)

    def newest_first(self):
        """By name, and under one name the newest version first."""
        return self.order_by("machine_name", "-major", "-minor", "-patch", "-pk")


class Library(models.Model):
    """One library with exactly these bytes. Another patch, or other bytes under the same version, is another row.

    Of the approved rows with the same machine name, major and minor version one is current: it is what content that
    asks for that name is played with.
    """

    machine_name = models.CharField(_("machine name"), max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    sha256 = models.CharField(_("hash of all files"), max_length=64)
    title = models.CharField(_("title"), max_length=255)
    runnable = models.BooleanField(_("content type"), default=False)
    # library.json and semantics.json as they were packed.
    info = models.JSONField()
    semantics = models.JSONField(null=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUARANTINE)
    current_since = models.DateTimeField(_("runs since"), null=True, blank=True)
    origin = models.CharField(_("origin"), max_length=255, help_text=_("The package that brought it."))
    origin_sha256 = models.CharField(_("hash of the package"), max_length=64, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch", "sha256"], name="h5p_library_once"
            ),
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor"],
                condition=models.Q(current_since__isnull=False),
                name="h5p_one_current_library",
            ),
            models.CheckConstraint(
                condition=models.Q(current_since=None) | models.Q(status__in=MAY_RUN),
                name="h5p_only_approved_code_runs",
            ),
        ]

    def __str__(self):
        return f"{self.machine_name} {self.version}"

    @property
    def name(self) -> LibraryName:
        """The name that content uses."""
        return LibraryName(self.machine_name, self.major, self.minor)

    @property
    def version(self) -> str:
        """The full version."""
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def may_run(self) -> bool:
        """Whether its code has been approved."""
        return self.status in MAY_RUN

    @property
    def local_title(self) -> str:
        """The title in the active language, where library.json has it; other H5P systems pass that key over."""
        return self.local("title") or self.title

    @property
    def local_description(self) -> str:
        """What it is for, in the active language as far as library.json has it."""
        said = self.local("description") or (self.info or {}).get("description")
        return said if isinstance(said, str) else ""

    def local(self, key: str) -> str:
        """A word of library.json in the active language, or nothing."""
        words = (self.info or {}).get("translations")
        language = (get_language() or "en").partition("-")[0]
        words = words.get(language) if isinstance(words, dict) else None
        said = words.get(key) if isinstance(words, dict) else None
        return said if isinstance(said, str) else ""

    @cached_property
    def described(self) -> LibraryInfo:
        """library.json as a value. It was valid when it was stored."""
        described, problems = read_library(self.info, f"{self.name.folder}/library.json")
        if described is None:
            raise ValueError("; ".join(map(str, problems)))
        return described

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its form; a library without one has none."""
        return parse_semantics(self.semantics) if self.semantics else ()


class DependencyKind(models.TextChoices):
    """When a library needs another one."""

    PRELOADED = "preloaded", _("loaded with it")
    DYNAMIC = "dynamic", _("loaded on demand")
    EDITOR = "editor", _("for editors of other systems")


class LibraryDependency(models.Model):
    """That a library needs another one by name: any patch of it will do, so this is no link to a row."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="dependencies")
    kind = models.CharField(max_length=10, choices=DependencyKind)
    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["library", "kind", "machine_name", "major", "minor"], name="h5p_dependency_once"
            )
        ]
        indexes = [models.Index(fields=["machine_name", "major", "minor"], name="h5p_needed_by")]

    def __str__(self):
        return f"{self.library} → {self.name}"

    @property
    def name(self) -> LibraryName:
        """What is needed."""
        return LibraryName(self.machine_name, self.major, self.minor)


class LibraryFile(models.Model):
    """One file of a library, by its path in the library's folder."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=250)
    stored = models.ForeignKey("h5p.StoredFile", on_delete=models.PROTECT, related_name="library_files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "path"], name="h5p_library_path_once")]

    def __str__(self):
        return self.path
