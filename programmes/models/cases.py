"""What students ask for out of the ordinary, with a day by which it is decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models.editions import A_SHARE
from programmes.models.students import ModuleEnrolment, Student


class CaseKind(models.TextChoices):
    """What a case is about."""

    RESIT = "resit", _("Re-sit")
    INCOMPLETE = "incomplete", _("Incomplete: more time")
    LEAVE = "leave", _("Leave")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    APPEAL = "appeal", _("Appeal against a result")


ABOUT_A_MODULE = (CaseKind.RESIT, CaseKind.INCOMPLETE, CaseKind.APPEAL)


class CaseDecision(models.TextChoices):
    """How a case ended."""

    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back by the student")


class StudentCaseQuerySet(models.QuerySet):
    """Selects cases."""

    def open(self):
        """Those that wait for a decision."""
        return self.filter(decision="")

    def unsettled(self):
        """Those that were granted and whose consequence is still to come."""
        return self.filter(decision=CaseDecision.GRANTED, settled_at=None)


class StudentCase(models.Model):
    """Something a student asks for, with a day by which it is decided and the decision."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("kind"), max_length=10, choices=CaseKind)
    module_enrolment = models.ForeignKey(
        ModuleEnrolment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("module"),
    )
    grounds = models.TextField(_("grounds"), max_length=4000)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decide_by = models.DateField(_("to be decided by"))
    decision = models.CharField(_("decision"), max_length=9, choices=CaseDecision, blank=True)
    decision_reason = models.CharField(_("reason"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The board that decided; empty where staff did.
    board = models.ForeignKey(
        "programmes.ExaminationBoard", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    # What was granted is to be done by then: the re-sit, what is missing, coming back.
    until = models.DateField(_("until (that day included)"), null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = StudentCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "kind", "module_enrolment"],
                condition=Q(decision="", module_enrolment__isnull=False),
                name="one_open_case_per_kind_and_module",
            ),
            models.UniqueConstraint(
                fields=["student", "kind"],
                condition=Q(decision="", module_enrolment=None),
                name="one_open_case_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_case_is_decided_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.student.person}"


class ResitResult(models.Model):
    """What a re-sit, or work handed in later, was worth; a board confirms it."""

    case = models.OneToOneField(StudentCase, on_delete=models.PROTECT, related_name="resit_result")
    score = models.DecimalField(_("result"), max_digits=9, decimal_places=8, validators=A_SHARE)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("result of a re-sit")
        verbose_name_plural = _("results of re-sits")

    def __str__(self):
        return str(self.case)
