"""Editions and the people in them, written directly; tests of enrolling call the services."""

import datetime
from itertools import count

from django.utils import timezone

from enrolments.models import (
    Accommodation,
    Cohort,
    Edition,
    EditionRole,
    Enrolment,
    EnrolmentEvent,
    Format,
    WayIn,
)
from tests.factories.accounts import make_person
from tests.factories.courses import make_course

_numbers = count(1)


def make_edition(course=None, *, enrolment_key="", **fields):
    """An open self-study edition that began last month; giving a key makes it the way in."""
    defaults = {
        "code": f"edition-{next(_numbers)}",
        "starts_on": timezone.localdate() - datetime.timedelta(days=30),
        "way_in": WayIn.KEY if enrolment_key else WayIn.OPEN,
        "enrolment_key": enrolment_key,
    }
    return Edition.objects.create(course=course or make_course(), **defaults | fields)


def make_tutored_edition(course=None, **fields):
    """A dated edition under way, with ten weeks to go."""
    defaults = {"format": Format.TUTORED, "ends_on": timezone.localdate() + datetime.timedelta(days=70)}
    return make_edition(course, **defaults | fields)


def make_enrolment(edition=None, person=None, **fields):
    """Somebody with a place; `enrolled_at` may be given."""
    enrolled_at = fields.pop("enrolled_at", None)
    person = person or make_person()
    enrolment = Enrolment.objects.create(
        edition=edition or make_edition(), person=person, **{"language": person.language} | fields
    )
    if enrolled_at:
        Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=enrolled_at)
        enrolment.enrolled_at = enrolled_at
    enrolment.events.create(kind=EnrolmentEvent.Kind.ENROLLED, by=person)
    return enrolment


def give_edition_role(person, edition, role, **fields):
    """Make somebody tutor, marker, coordinator … of an edition."""
    person.__dict__.pop("_edition_roles", None)
    person.__dict__.pop("_manages_any", None)
    return EditionRole.objects.create(person=person, edition=edition, role=role, **fields)


def make_cohort(edition, *enrolments, hands_in_together=False, **fields):
    """Some learners of an edition under a name; with `hands_in_together` a work group."""
    cohort = Cohort.objects.create(
        edition=edition, hands_in_together=hands_in_together, **{"name": f"Cohort {next(_numbers)}"} | fields
    )
    for enrolment in enrolments:
        cohort.members.create(
            enrolment=enrolment, hands_in_together=hands_in_together, joined_at=timezone.now()
        )
    return cohort


def make_accommodation(grantee, activity=None, **fields):
    """Something granted to an enrolment or a cohort, for one activity or every one."""
    target = {"cohort" if isinstance(grantee, Cohort) else "enrolment": grantee}
    defaults = {"reason": "Agreed", "granted_by": fields.pop("granted_by", None) or make_person()}
    return Accommodation.objects.create(
        edition=grantee.edition, activity=activity, **target, **defaults | fields
    )
