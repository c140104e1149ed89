"""Cohorts and work groups: who goes together, from when to when."""

from collections.abc import Sequence
from itertools import count
from secrets import SystemRandom

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from enrolments.models import Accommodation, Cohort, CohortMember, Edition, Enrolment
from enrolments.refusals import CohortRefusal, CohortRefused
from enrolments.services.holding import lock_all, lock_edition
from enrolments.signals import accommodation_changed
from foundation.audit import services as audit


@transaction.atomic
def make_cohort(edition: Edition, name: str, *, by: User, hands_in_together: bool = False) -> Cohort:
    """Open a cohort under a name that no other of the edition has, or raise CohortRefused."""
    edition = lock_edition(edition)
    cohort = Cohort(edition=edition, name=_free_name(edition, name), hands_in_together=hands_in_together)
    cohort.save()
    audit.record(
        by,
        "enrolments.make_cohort",
        cohort,
        after={"edition": edition.code, "name": cohort.name, "work_group": hands_in_together},
    )
    return cohort


@transaction.atomic
def rename_cohort(cohort: Cohort, name: str, *, by: User) -> None:
    """Give it another name, or raise CohortRefused. Repeating changes nothing."""
    cohort = _held(cohort)
    before = cohort.name
    if name.strip() == before:
        return
    cohort.name = _free_name(cohort.edition, name)
    cohort.save(update_fields=["name"])
    audit.record(by, "enrolments.rename_cohort", cohort, before={"name": before}, after={"name": cohort.name})


@transaction.atomic
def add_members(
    cohort: Cohort, enrolments: Sequence[Enrolment], *, by: User, reason: str = "", moving: bool = False
) -> None:
    """Put learners into the cohort, all or none, or raise CohortRefused. Who is in it already stays.

    `moving` takes them out of their present work groups, where this is one.
    """
    cohort = _held(cohort)
    people = lock_all([enrolment.pk for enrolment in enrolments])
    inside = set(cohort.members.current().values_list("enrolment", flat=True))
    new = [enrolment for enrolment in people if enrolment.pk not in inside]
    left = _leave_groups(new) if moving and cohort.hands_in_together else {}
    for enrolment in new:
        _refuse(_member_refusal(cohort, enrolment), enrolment)
    if new:
        _join(cohort, new)
        after = {"joined": _names(new)} | ({"came_from": left} if left else {})
        audit.record(by, "enrolments.add_members", cohort, after=after, reason=reason)


@transaction.atomic
def remove_member(cohort: Cohort, enrolment: Enrolment, *, by: User, reason: str = "") -> None:
    """Let a learner leave the cohort from now on. Repeating changes nothing."""
    lock_edition(cohort.edition)
    [enrolment] = lock_all([enrolment.pk])
    if _leave(cohort, enrolment):
        audit.record(
            by, "enrolments.remove_member", cohort, before={"left": _names([enrolment])}, reason=reason
        )


@transaction.atomic
def split_at_random(edition: Edition, groups: int, *, name: str, by: User) -> list[Cohort]:
    """Share everybody without a work group out evenly among new ones, or raise CohortRefused.

    The groups are called by `name` and a number. Who is in a work group already stays there.
    """
    edition = lock_edition(edition)
    grouped = CohortMember.objects.current().filter(hands_in_together=True, enrolment__edition=edition)
    free = edition.enrolments.active().exclude(pk__in=grouped.values("enrolment"))
    people = lock_all(free.values_list("pk", flat=True))
    if not people:
        raise CohortRefused(CohortRefusal.NOBODY_LEFT)
    if not 1 <= groups <= len(people):
        raise CohortRefused(CohortRefusal.TOO_MANY_GROUPS)
    SystemRandom().shuffle(people)
    made = {}
    for number, free_name in zip(range(groups), _numbered(edition, name, groups), strict=False):
        cohort = Cohort.objects.create(edition=edition, name=free_name, hands_in_together=True)
        _join(cohort, people[number::groups])
        made[cohort] = _names(people[number::groups])
    after = {cohort.name: names for cohort, names in made.items()}
    audit.record(by, "enrolments.split_at_random", edition, after=after)
    return list(made)


@transaction.atomic
def close_cohort(cohort: Cohort, *, by: User, reason: str) -> None:
    """Dissolve it: its members leave, its name is free again, what it handed in stays. Safe to repeat."""
    lock_edition(cohort.edition)
    cohort = Cohort.objects.select_related("edition").get(pk=cohort.pk)
    if cohort.closed_at:
        return
    if cohort.accommodations.current().exists():
        raise CohortRefused(CohortRefusal.STILL_GRANTED)
    now = timezone.now()
    members = cohort.members.current().select_related("enrolment__person")
    names = _names([member.enrolment for member in members])
    members.update(left_at=now)
    cohort.closed_at = now
    cohort.save(update_fields=["closed_at"])
    audit.record(by, "enrolments.close_cohort", cohort, before={"members": names}, reason=reason)


def _held(cohort):
    """The cohort as it is while nobody else can change it; one that is dissolved is refused."""
    edition = lock_edition(cohort.edition)
    cohort = Cohort.objects.get(pk=cohort.pk)
    cohort.edition = edition
    if cohort.closed_at:
        raise CohortRefused(CohortRefusal.CLOSED)
    return cohort


def _free_name(edition, name):
    name = name.strip()
    if not name:
        raise CohortRefused(CohortRefusal.NO_NAME)
    if edition.cohorts.open().filter(name__iexact=name).exists():
        raise CohortRefused(CohortRefusal.NAME_TAKEN)
    return name


def _numbered(edition, name, groups):
    """Names with the next free numbers, as wide as the highest, so that they stand in order in every list."""
    name = name.strip()
    if not name:
        raise CohortRefused(CohortRefusal.NO_NAME)
    taken = {taken.lower() for taken in edition.cohorts.open().values_list("name", flat=True)}
    width = len(str(groups + len(taken)))
    candidates = (f"{name} {number:0{width}}" for number in count(1))
    return (candidate for candidate in candidates if candidate.lower() not in taken)


def _member_refusal(cohort, enrolment):
    if enrolment.edition_id != cohort.edition_id:
        return CohortRefusal.OTHER_EDITION
    if not enrolment.is_active:
        return CohortRefusal.NOT_HERE
    others = enrolment.cohort_memberships.current().filter(hands_in_together=True)
    return CohortRefusal.IN_ANOTHER_GROUP if cohort.hands_in_together and others.exists() else None


def _refuse(refusal, enrolment):
    if refusal:
        raise CohortRefused(refusal, str(enrolment.person))


def _join(cohort, enrolments):
    now = timezone.now()
    CohortMember.objects.bulk_create(
        CohortMember(
            cohort=cohort, enrolment=enrolment, hands_in_together=cohort.hands_in_together, joined_at=now
        )
        for enrolment in enrolments
    )
    _announce(cohort, enrolments)


def _leave_groups(enrolments):
    """Take everybody out of their work group; who came from where, for the log."""
    members = CohortMember.objects.current().filter(enrolment__in=enrolments, hands_in_together=True)
    found = {}
    for member in members.select_related("cohort__edition", "enrolment__person"):
        _leave(member.cohort, member.enrolment)
        found[member.enrolment.person.email] = member.cohort.name
    return found


def _leave(cohort, enrolment):
    left = cohort.members.current().filter(enrolment=enrolment).update(left_at=timezone.now())
    if left:
        _announce(cohort, [enrolment])
    return bool(left)


def _announce(cohort, enrolments):
    """Who comes or goes has other dates from now on, where the cohort was granted any."""
    if cohort.accommodations.current().exists():
        accommodation_changed.send(
            sender=Accommodation,
            edition=cohort.edition,
            enrolment_ids=frozenset(enrolment.pk for enrolment in enrolments),
        )


def _names(enrolments):
    return sorted(enrolment.person.email for enrolment in enrolments)
