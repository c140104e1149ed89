"""The learner's part of the main job from right to left, in a course that exists in three languages."""

import pytest
from django.utils.translation import override

from tests.e2e.conftest import PHONE
from tests.e2e.learner import Learner
from tests.factories.assessments import make_quiz
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course, make_lesson, make_unit, translate
from tests.factories.enrolments import make_edition
from tests.factories.portfolio import country, profession

COURSE, LESSON, QUIZ_LESSON = "الاتجار بالأشخاص", "من هو الضحية؟", "اختبر نفسك"


@pytest.fixture
def course(live_site, mailbox):
    """A course with a lesson to read and a quiz, in English, French and Arabic."""
    course = make_course("Trafficking in persons")
    unit = make_unit(course, "The offence")
    first = make_lesson(unit, "Who is a victim?", read=True)
    quiz = make_quiz(course, placed=False, languages=("en", "fr", "ar"), shuffle_options=False)
    second = make_lesson(unit, "Check yourself", activities=[quiz])
    for page, arabic, french in (
        (course, COURSE, "La traite des personnes"),
        (unit, "الجريمة", "L’infraction"),
        (first, LESSON, "Qui est victime ?"),
        (second, QUIZ_LESSON, "Vérifiez vos connaissances"),
    ):
        translate(page, "ar", arabic)
        translate(page, "fr", french)
    offer_award(course, make_award_type(languages=("en", "fr", "ar")))
    return course


def named(row):
    """What a row of reference data is called in Arabic."""
    with override("ar"):
        return row.label


def test_a_judge_learns_and_is_certified_from_right_to_left(
    live_site, course, new_context, look, page_problems
):
    page_problems.allow("422")  # the wrong key
    make_edition(course, code="victims-ar", enrolment_key="amman-2026")
    judge = Learner(new_context(**PHONE).new_page(), live_site.url, look, "ar")

    judge.register_and_confirm("sami@example.org", "سامي", "النجار")
    judge.fill_the_profile("sami@example.org", named(country("JO")), named(profession("trial-judge")))
    judge.enrol_with_a_key(COURSE, "amman-2026")
    judge.mark_the_first_lesson(LESSON)
    judge.open_next(QUIZ_LESSON)
    judge.open_the_quiz()
    judge.fail_and_pass(["Wait [ar]", "Wait [ar]"], ["Freeze it [ar]", "Freeze it [ar]"])
    award = judge.receive_the_certificate("سامي أحمد النجار")

    assert award.snapshot["languages"] == ["ar", "en"]
    stranger = Learner(new_context(**PHONE).new_page(), live_site.url, look, "ar")
    stranger.verify(award.code, "سامي أحمد النجار", COURSE)
