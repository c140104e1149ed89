"""A course cannot promise an award that it cannot give."""

import pytest
from django.utils import timezone

from certificates.readiness import course_award_problems
from courses.models import AwardKind
from courses.problems import publish_problems
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course, make_lesson, make_unit

pytestmark = pytest.mark.django_db


def sentences(course):
    return " ".join(problem.sentence for problem in publish_problems(course))


def test_a_course_that_can_give_its_award_lacks_nothing(course):
    assert publish_problems(course) == []


def test_a_course_that_promises_nothing_needs_no_award():
    assert course_award_problems(make_course()) == []


def test_publishing_is_refused_while_no_award_is_chosen():
    course = make_course(award_kind=AwardKind.COMPLETION)
    make_lesson(make_unit(course), read=True)

    assert "no award has been chosen" in sentences(course)


def test_publishing_is_refused_while_the_award_is_of_another_kind():
    course = make_course()
    offer_award(course, make_award_type(kind=AwardKind.PARTICIPATION))
    course.award_kind = AwardKind.COMPLETION
    course.save()

    assert "the award chosen for it is a “Certificate of participation”" in sentences(course)


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"rule": ""}, "has no rule"),
        ({"signatory": None}, "has no signatory"),
        ({"retired_at": timezone.now()}, "has been retired"),
        ({"languages": ("ru",)}, "has no wording in the language of the course or in English"),
    ],
)
def test_publishing_is_refused_while_the_award_type_is_not_ready(lacking, sentence):
    course = make_course()
    offer_award(course, make_award_type(**lacking))

    assert sentence in sentences(course)


def test_publishing_is_refused_once_the_signatory_has_left(course, award_type):
    award_type.signatory.is_active = False
    award_type.signatory.save()

    assert "who no longer signs" in sentences(course)
