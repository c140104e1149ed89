"""Work groups and accommodations in the taught edition that is under way, granted through the services."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from courses.models import Activity
from enrolments.models import Edition
from enrolments.services import add_members, grant_accommodation, make_cohort

GROUPS = ("Group Falcone", "Group Borsellino", "Group Chinnici")


def grant_and_group(editions: dict[str, Edition], people: dict[str, User]) -> None:
    """Three work groups, a delegation with another date, and one learner with more time. Skipped when it is there."""
    edition, coordinator = editions["assets-running"], people["coordinator"]
    if edition.cohorts.exists():
        return
    learners = list(edition.enrolments.active().select_related("person").order_by("pk"))
    for number, name in enumerate(GROUPS):
        group = make_cohort(edition, name, by=coordinator, hands_in_together=True)
        add_members(group, learners[number :: len(GROUPS)], by=coordinator)
    _grant(edition, learners, coordinator)


def _grant(edition, learners, coordinator):
    delegation = make_cohort(edition, "Delegation of the prosecution service", by=coordinator)
    add_members(delegation, learners[-4:], by=coordinator, reason="They travel together")
    last = edition.schedules.exclude(due_at=None).select_related("activity").order_by("due_at").last()
    if last:
        activity = Activity.objects.get(pk=last.activity_id)
        grant_accommodation(
            edition,
            cohort=delegation,
            activity=activity,
            due_at=max(last.due_at, timezone.now()) + timedelta(days=7),
            by=coordinator,
            reason="A hearing abroad falls into the week it is due",
        )
    for learner, reason in (
        (learners[0], "Reads with a screen reader"),
        (_judge(learners), "Agreed with the tutor"),
    ):
        grant_accommodation(
            edition, enrolment=learner, extra_time_percent=25, extra_attempts=1, by=coordinator, reason=reason
        )
    if last:
        grant_accommodation(
            edition,
            enrolment=_judge(learners),
            activity=activity,
            due_at=max(last.due_at, timezone.now()) + timedelta(days=4),
            by=coordinator,
            reason="Sits in a trial until the end of the week",
        )


def _judge(learners):
    """The persona among them, so that “extended for you” can be seen; else somebody."""
    return next((one for one in learners if one.person.email == "judge@demo.example"), learners[1])
