"""Who is expected in which session. One who left or gave the place back is expected no more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from enrolments.models import CohortMember, Enrolment, EnrolmentQuerySet
from timetable.models import Session, SessionQuerySet

Group = tuple[int, int | None]  # an edition and, for sessions of a cohort, that cohort


def expected(session: Session) -> EnrolmentQuerySet:
    """The enrolments expected in a session."""
    learners = Enrolment.objects.active().filter(edition=session.edition_id)
    if session.cohort_id is None:
        return learners
    members = CohortMember.objects.current().filter(cohort=session.cohort_id)
    return learners.filter(pk__in=members.values("enrolment"))


def sessions_of_learner(person) -> SessionQuerySet:
    """The sessions in which a person is expected as a learner, cancelled ones too."""
    learning = Enrolment.objects.active().of(person)
    member = CohortMember.objects.current().filter(enrolment__in=learning)
    return Session.objects.filter(edition__in=learning.values("edition"), edition__cancelled_at=None).filter(
        Q(cohort=None) | Q(cohort__in=member.values("cohort"))
    )


def people_by_group(groups: Iterable[Group]) -> Mapping[Group, frozenset[int]]:
    """The people expected in each group, in two queries however many groups."""
    wanted = set(groups)
    found: dict[Group, set[int]] = defaultdict(set)
    learners = Enrolment.objects.active()
    in_editions = learners.filter(edition__in={edition for edition, cohort in wanted if cohort is None})
    for edition, person in in_editions.values_list("edition", "person"):
        found[edition, None].add(person)
    members = CohortMember.objects.current().filter(
        cohort__in={cohort for _edition, cohort in wanted if cohort}, enrolment__in=learners
    )
    for edition, cohort, person in members.values_list("cohort__edition", "cohort", "enrolment__person"):
        found[edition, cohort].add(person)
    return {group: frozenset(found[group]) for group in wanted}
