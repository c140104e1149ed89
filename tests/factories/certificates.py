"""Award types and awards."""

from itertools import count

from django.utils import timezone

from certificates.models import Award, AwardType, CourseAward, Occasion, OccasionKind, Purpose, Signatory
from certificates.models.types import Rule
from certificates.papers.services import add_template
from courses.models import AwardKind
from tests.factories.accounts import make_staff

_numbers = count(1)


def make_signatory(**fields):
    """Somebody who signs."""
    return Signatory.objects.create(**{"name": "Leif Villadsen", "position": "Director"} | fields)


def make_award_type(*, languages=("en",), **fields):
    """A certificate of completion, worded and signed."""
    defaults = {
        "name": f"Completion {next(_numbers)}",
        "kind": AwardKind.COMPLETION,
        "rule": Rule.COMPLETION,
        "signatory": make_signatory(),
    }
    award_type = AwardType.objects.create(**defaults | fields)
    for language in languages:
        award_type.wordings.create(
            language=language, title="Certificate", presented_to="presented to", achievement="who completed"
        )
    award_type.save()
    return award_type


def offer_award(course, award_type=None):
    """Let a course give an award, and promise it."""
    award_type = award_type or make_award_type()
    course.award_kind = award_type.kind
    course.save()
    return CourseAward.objects.create(course=course, award_type=award_type)


def make_award(enrolment, award_type=None, **fields):
    """An award that stands, without its file."""
    number = next(_numbers)
    defaults = {
        "number": f"TEST/{number:06}",
        "code": f"TEST-CODE-{number:04}",
        "snapshot": {"name": enrolment.person.full_name, "course": enrolment.edition.course.title},
        "issued_at": timezone.now(),
        "stored_at": timezone.now(),
    }
    return Award.objects.create(
        enrolment=enrolment, award_type=award_type or make_award_type(), **defaults | fields
    )


def make_paper_template(purpose="admission", *, by=None, **fields):
    """A paper in the words we ship, signed by somebody."""
    defaults = {"name": f"Paper {next(_numbers)}", "signatory": make_signatory()}
    return add_template(Purpose(purpose), by=by or make_staff("registrar"), **defaults | fields)


def make_occasion(person=None, **fields):
    """A programme that somebody followed."""
    defaults = {"kind": OccasionKind.PROGRAMME, "titles": {"en": "LL.M. in Transnational Crime and Justice"}}
    return Occasion.objects.create(person=person, **defaults | fields)
