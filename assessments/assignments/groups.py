"""Which work group a learner hands in with, and who else is in it."""

from enrolments.models import Cohort, CohortMember, Enrolment


def group_of(enrolment: Enrolment) -> Cohort | None:
    """The work group the learner is in now."""
    membership = (
        CohortMember.objects.current()
        .filter(enrolment=enrolment, hands_in_together=True, cohort__closed_at=None)
        .select_related("cohort")
        .first()
    )
    return membership and membership.cohort


def members_of(cohort: Cohort | None) -> list[Enrolment]:
    """Who is in the group now and holds a place."""
    current = CohortMember.objects.current().filter(cohort=cohort)
    return list(
        Enrolment.objects.active()
        .filter(pk__in=current.values("enrolment"))
        .select_related("person", "edition__course")
        .order_by("pk")
    )
