"""When an activity opens, is due, closes and may be looked at again, in one edition."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enrolments.models.editions import Edition

# In their order. Each is an absolute `<moment>_at`, or `<moment>_after_days` counted from a person's enrolment.
MOMENTS = ("opens", "due", "closes", "review")
IN_ORDER = ("opens", "due", "closes")
FIELDS = (*(f"{moment}_{kind}" for moment in MOMENTS for kind in ("at", "after_days")), "password")

WRONG_ORDER = {
    ("opens", "due"): _("It would be due before it opens. Choose a later moment."),
    ("opens", "closes"): _("It would close before it opens. Choose a later moment."),
    ("due", "closes"): _("It would close before it is due. Choose a later moment."),
}


def _in_order(kind):
    """Of the moments given in one kind ("at" or "after_days"), none comes before an earlier one."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{first}_{kind}": None})
            | Q(**{f"{then}_{kind}": None})
            | Q(**{f"{then}_{kind}__gte": F(f"{first}_{kind}")}),
            name=f"an_activity_{then}_{kind}_not_before_it_{first}",
        )
        for first, then in WRONG_ORDER
    ]


class ActivitySchedule(models.Model):
    """The dates of one activity in one edition: at a moment, or days after a person enrolled."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="schedules")
    activity = models.ForeignKey("courses.Activity", on_delete=models.PROTECT, related_name="schedules")
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    opens_after_days = models.PositiveIntegerField(_("opens, days after enrolment"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    due_after_days = models.PositiveIntegerField(_("due, days after enrolment"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closes_after_days = models.PositiveIntegerField(_("closes, days after enrolment"), null=True, blank=True)
    review_at = models.DateTimeField(_("review from"), null=True, blank=True)
    review_after_days = models.PositiveIntegerField(
        _("review from, days after enrolment"), null=True, blank=True
    )
    password = models.CharField(
        _("password"),
        max_length=60,
        blank=True,
        help_text=_("Learners type it before they begin; staff can read it here. Empty for none."),
    )

    class Meta:
        verbose_name = _("activity dates")
        verbose_name_plural = _("activity dates")
        constraints = [
            models.UniqueConstraint(fields=["edition", "activity"], name="one_schedule_per_activity"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{moment}_at": None}) | Q(**{f"{moment}_after_days": None}),
                    name=f"an_activity_{moment}_in_one_way",
                )
                for moment in MOMENTS
            ),
            *_in_order("at"),
            *_in_order("after_days"),
        ]

    def __str__(self):
        return f"{self.activity} · {self.edition}"

    @property
    def is_empty(self):
        """Whether it says nothing at all."""
        return all(getattr(self, field) in (None, "") for field in FIELDS)

    def clean(self):
        """Say what does not fit together, each at its field."""
        errors = {}
        for moment in MOMENTS:
            if self._given(moment, "at") and self._given(moment, "after_days"):
                errors[f"{moment}_after_days"] = _("Give either a moment or a number of days, not both.")
        for (first, then), sentence in WRONG_ORDER.items():
            for kind in ("at", "after_days"):
                if self._comes_before(first, then, kind):
                    errors.setdefault(f"{then}_{kind}", sentence)
        if errors:
            raise ValidationError(errors)

    def _given(self, moment, kind):
        return getattr(self, f"{moment}_{kind}") is not None

    def _comes_before(self, first, then, kind):
        both = self._given(first, kind) and self._given(then, kind)
        return both and getattr(self, f"{then}_{kind}") < getattr(self, f"{first}_{kind}")
