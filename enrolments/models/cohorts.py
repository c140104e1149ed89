"""Learners of an edition who go together, and the work groups who hand in together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrolments.models.editions import Edition


class CohortQuerySet(models.QuerySet):
    """Selects cohorts."""

    def open(self):
        """Cohorts that have not been dissolved."""
        return self.filter(closed_at=None)


class Cohort(models.Model):
    """Some learners of an edition, under a name: a court, a delegation; or a work group that hands in together."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=80)
    # Never changes: it would silently make one paper of several, or several of one.
    hands_in_together = models.BooleanField(
        _("work group"),
        default=False,
        help_text=_(
            "What one member hands in to a group assignment counts for all. A learner is in one work group."
        ),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "name"],
                condition=Q(closed_at=None),
                name="one_open_cohort_per_name",
                violation_error_message=_("Another cohort of this edition has this name."),
            )
        ]

    def __str__(self):
        return self.name


class CohortMemberQuerySet(models.QuerySet):
    """Selects memberships."""

    def current(self):
        """Those who are in it now."""
        return self.filter(left_at=None)

    def at(self, moment):
        """Those who were in it at a moment."""
        return self.filter(joined_at__lte=moment).filter(Q(left_at=None) | Q(left_at__gt=moment))


class CohortMember(models.Model):
    """A learner in a cohort, from one moment to another; coming back is a new row."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="members")
    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="cohort_memberships"
    )
    # Copied from the cohort, so that the database itself holds that nobody is in two work groups.
    hands_in_together = models.BooleanField(editable=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a cohort")
        verbose_name_plural = _("members of cohorts")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "enrolment"], condition=Q(left_at=None), name="once_in_a_cohort"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(left_at=None, hands_in_together=True),
                name="in_one_work_group_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment.person} · {self.cohort}"
