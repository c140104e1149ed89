"""Who was there. Marks are appended; the one with the highest number counts."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import KeptFile
from courses.models import Activity, CompletionRule
from timetable.models.sessions import Session


class Status(models.TextChoices):
    """What became of a person in a session."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", pgettext_lazy("attendance", "Excused")
    ABSENT = "absent", _("Absent")

    @property
    def was_there(self):
        """Whether the person took part, be it late."""
        return self in (Status.PRESENT, Status.LATE)


class Road(models.TextChoices):
    """How a mark came to be."""

    REGISTER = "register", _("Register")
    QR = "qr", _("Check-in code")
    SHEET = "sheet", _("Sign-in sheet")
    CORRECTION = "correction", _("Correction")


class RegisterSave(models.Model):
    """One save of a register by one device, kept so that sending it again changes nothing."""

    # Made by the browser before the first try.
    key = models.UUIDField(unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="register_saves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    road = models.CharField(_("how"), max_length=10, choices=Road, default=Road.REGISTER)
    # As the device's clock had it; what was kept without a connection arrives later.
    taken_at = models.DateTimeField(_("taken at"))
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("save of a register")
        verbose_name_plural = _("saves of registers")
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.session} · {self.received_at:%Y-%m-%d %H:%M}"


class AttendanceDocument(KeptFile):
    """What somebody brought to be excused: seen by the person and by those who keep the register."""

    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="attendance_documents"
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("document of an excuse")
        verbose_name_plural = _("documents of excuses")
        default_permissions = []

    def __str__(self):
        # The audit log keeps this for good: the name of the file may tell an illness.
        return f"{self.enrolment.person} · {self.uploaded_at:%Y-%m-%d}"


class AttendanceMarkQuerySet(models.QuerySet):
    """Selects attendance marks."""

    def newest(self):
        """Those that no later one of the same person and session follows: these count."""
        later = AttendanceMark.objects.filter(
            session=models.OuterRef("session"),
            enrolment=models.OuterRef("enrolment"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(later))


class AttendanceMark(models.Model):
    """What somebody recorded of one person in one session. Never changed: a correction is the next number."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance_marks")
    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="attendance_marks"
    )
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(_("attendance"), max_length=8, choices=Status)
    minutes_late = models.PositiveSmallIntegerField(_("minutes late"), default=0)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    document = models.ForeignKey(
        AttendanceDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="marks",
        verbose_name=_("document"),
    )
    road = models.CharField(_("how"), max_length=10, choices=Road)
    # The save it came with; none for check-ins and corrections.
    register_save = models.ForeignKey(
        RegisterSave, on_delete=models.PROTECT, null=True, blank=True, related_name="marks"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    taken_at = models.DateTimeField(_("taken at"))

    objects = AttendanceMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance marks")
        ordering = ["session", "enrolment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment", "number"], name="attendance_marks_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(status="late", minutes_late__gte=1) | (~Q(status="late") & Q(minutes_late=0)),
                name="only_who_is_late_has_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(road="correction") | ~Q(reason=""), name="a_corrected_mark_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.person} · {self.session} · {self.get_status_display()}"

    @property
    def was_there(self):
        """Whether the person took part, be it late."""
        return Status(self.status).was_there


class Lateness(models.TextChoices):
    """How being late counts."""

    MINUTES = "minutes", _("The minutes missed are taken off")
    FULL = "full", _("Counts in full")
    HALF = "half", _("Counts half")
    NONE = "none", _("Does not count")


class Counting(models.TextChoices):
    """How a session counts that a person did not, or could not, attend."""

    LEFT_OUT = "left_out", _("Left out of the count")
    ATTENDED = "attended", _("Counts as attended")
    MISSED = "missed", _("Counts as missed")


def usual_threshold():
    """Four fifths."""
    return Decimal("0.8")


class AttendanceRules(models.Model):
    """How attendance is taken and counted in an edition; the row without an edition holds for all others."""

    edition = models.OneToOneField(
        "enrolments.Edition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance_rules",
        verbose_name=_("edition"),
    )
    threshold = models.DecimalField(
        _("least attendance"),
        max_digits=4,
        decimal_places=3,
        default=usual_threshold,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("From 0 to 1: 0.8 means 80 %. Empty where none is asked for."),
    )
    free_minutes = models.PositiveSmallIntegerField(
        _("minutes late that count as present"),
        default=5,
        help_text=_("Up to these, a session counts in full."),
    )
    lateness = models.CharField(
        _("who comes later than that"), max_length=8, choices=Lateness, default=Lateness.MINUTES
    )
    excused = models.CharField(
        _("an excused session"), max_length=8, choices=Counting, default=Counting.LEFT_OUT
    )
    cancelled = models.CharField(
        _("a cancelled session"),
        max_length=8,
        choices=[choice for choice in Counting.choices if choice[0] != Counting.MISSED],
        default=Counting.LEFT_OUT,
    )
    opens_minutes_before = models.PositiveSmallIntegerField(
        _("the register opens … minutes before"), default=60
    )
    check_in_minutes_before = models.PositiveSmallIntegerField(
        _("check-in begins … minutes before the session"), default=15
    )
    check_in_minutes_after = models.PositiveSmallIntegerField(
        _("check-in ends … minutes after it has begun"),
        null=True,
        blank=True,
        help_text=_("Empty: when the session ends."),
    )
    keeps_documents_days = models.PositiveSmallIntegerField(
        _("documents of excuses are kept … days after the edition has ended"),
        default=365,
        help_text=_("Then the files are erased for good; marks and reasons stay."),
    )

    class Meta:
        verbose_name = _("attendance rules")
        verbose_name_plural = _("attendance rules")
        default_permissions = []
        constraints = [
            # Null differs from null in a plain unique field; there is one row without an edition, too.
            models.UniqueConstraint(Coalesce("edition", 0), name="one_row_of_attendance_rules_each")
        ]

    def __str__(self):
        return str(self.edition or _("All editions"))


class SessionActivity(Activity):
    """Taking part in a session, as something to do in a lesson. Each edition says which of its sessions it is."""

    KIND = "session"
    classroom_template = "timetable/_session_in_lesson.html"

    class Meta:
        verbose_name = _("attendance of a session")
        verbose_name_plural = _("attendance of sessions")

    @classmethod
    def begin(cls, **fields):
        """A new one, done once the person was there; not saved."""
        return cls(completion_rule=CompletionRule.FINISHED, **fields)

    def clean(self):
        """Being there is the only way to complete it."""
        if self.completion_rule != CompletionRule.FINISHED:
            raise ValidationError({"completion_rule": _("It is complete once the learner was there.")})

    def waits_for_marking(self, attempts):
        """Nobody marks it."""
        return False

    def comparison(self):
        """What it says, line by line, so that two states of it can be laid side by side."""
        return [(_("Title"), self.title)]

    def what_to_do(self, lesson, *, needed, have):
        """One sentence for the list of what is left in a course."""
        return _("Attend the session of “%(lesson)s”.") % {"lesson": lesson}


class LessonSession(models.Model):
    """A session of an edition in which an activity of a lesson is done; one of several is enough."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="in_lesson")
    activity = models.ForeignKey(SessionActivity, on_delete=models.PROTECT, related_name="sessions")

    class Meta:
        verbose_name = _("session of a lesson")
        verbose_name_plural = _("sessions of lessons")
        default_permissions = []

    def __str__(self):
        return f"{self.session} → {self.activity}"
