"""What an award asks for, and what it says once it is given: rule, numbers, validity, signatories, marks."""

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.services import confirm_name
from certificates import services
from certificates.bulk.tasks import examine_edition, examine_waiting
from certificates.designs.services import keep_picture
from certificates.earning import Obstacle, standing_of, standings
from certificates.models import Award, Mark, Rule
from certificates.phrases import HOURS, PHRASES, day_in, hours_of_study, phrase
from certificates.printing import draw_award
from certificates.readiness import award_type_problems
from certificates.snapshot import valid_until
from gradebook import services as gradebook
from gradebook.typed import Typed
from learning.models import CourseCompletion
from tests.certificates.test_designs import picture
from tests.certificates.test_paper import text_of
from tests.factories.accounts import make_person
from tests.factories.certificates import make_award_type, make_signatory
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.gradebook import make_category, make_entry, make_item, make_scale, make_scheme
from tests.factories.portfolio import make_partner, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_grade(award_type):
    award_type.rule, award_type.minimum_grade = Rule.GRADE, Decimal("0.6")
    award_type.save()
    return award_type


@pytest.fixture
def item(enrolment):
    scale = make_scale((Decimal("0.6"), "Good"), (Decimal("0.9"), "Excellent"))
    scheme = make_scheme(enrolment.edition, scale=scale)
    return make_item(make_category(scheme, weight=100))


# The rule


def test_an_award_by_grade_waits_for_the_grade_and_comes_by_itself(
    by_grade, enrolment, complete, item, registrar, committed
):
    assert complete(enrolment) is None
    assert standing_of(enrolment, by_grade).obstacle == Obstacle.NOT_GRADED

    with committed():
        gradebook.enter(item, enrolment, Typed("score", Decimal("0.92")), by=registrar)

    award = Award.objects.get()
    assert (
        award.snapshot["words"]["en"]["more"]["grade"] == "with the result: Excellent (92\N{NO-BREAK SPACE}%)"
    )
    assert "Excellent" in text_of(draw_award(award))


def test_a_grade_too_low_earns_nothing_until_it_is_raised(
    by_grade, enrolment, complete, item, registrar, committed
):
    complete(enrolment)
    with committed():
        entry = gradebook.enter(item, enrolment, Typed("score", Decimal("0.59")), by=registrar)
    assert standing_of(enrolment, by_grade).obstacle == Obstacle.GRADE_TOO_LOW

    with committed():
        gradebook.enter(
            item, enrolment, Typed("score", Decimal("0.6")), by=registrar, reason="Appeal", seen=entry.pk
        )

    assert Award.objects.get().enrolment == enrolment


def test_an_award_replaced_says_the_grade_it_said_whatever_has_changed_since(
    by_grade, enrolment, complete, item, registrar, committed
):
    complete(enrolment)
    with committed():
        entry = gradebook.enter(item, enrolment, Typed("score", Decimal("0.92")), by=registrar)
    award = Award.objects.get()
    with committed():
        gradebook.enter(
            item, enrolment, Typed("score", Decimal("0.3")), by=registrar, reason="Moved", seen=entry.pk
        )
    by_grade.wordings.filter(language="fr").delete()

    newer = services.replace(award, by=registrar, reason="Misspelt", name="Aminata Diallo")

    said = "with the result: Excellent (92\N{NO-BREAK SPACE}%)"
    assert newer.snapshot["words"]["en"]["more"]["grade"] == said
    assert said in newer.snapshot["words"]["en"]["facts"]


def test_a_grade_that_is_not_released_earns_nothing_and_is_not_printed(
    by_grade, enrolment, complete, item, registrar, committed
):
    item.released_at = None
    item.save()
    complete(enrolment)
    make_entry(item, enrolment, Decimal(1))
    assert standing_of(enrolment, by_grade).obstacle == Obstacle.NOT_GRADED

    with committed():
        gradebook.release(item.scheme, [item], by=registrar)

    assert Award.objects.get().enrolment == enrolment


def test_a_grade_earns_nothing_before_the_course_is_completed(
    by_grade, enrolment, item, registrar, committed
):
    with committed():
        gradebook.enter(item, enrolment, Typed("score", Decimal(1)), by=registrar)

    assert standing_of(enrolment, by_grade).obstacle == Obstacle.NOT_COMPLETED
    assert not Award.objects.exists()


def test_what_became_final_with_time_is_found_within_the_hour(by_grade, enrolment, complete, item):
    complete(enrolment)
    make_entry(item, enrolment, Decimal(1))

    examine_waiting.func()
    examine_edition.func(enrolment.edition_id)
    examine_edition.func(enrolment.edition_id)

    assert Award.objects.count() == 1


def test_an_award_whose_type_was_not_ready_at_completion_comes_within_the_hour(
    award_type, enrolment, complete, committed
):
    signatory, award_type.signatory = award_type.signatory, None
    award_type.save()
    assert complete(enrolment) is None
    award_type.signatory = signatory
    award_type.save()

    for _hour in range(2):
        with committed():
            examine_waiting.func()

    assert Award.objects.get().enrolment == enrolment


def test_an_award_of_another_type_does_not_stand_in_for_that_of_the_course(
    award_type, enrolment, complete, registrar, committed
):
    prize = make_award_type(name="Prize of the jury", rule=Rule.DECISION)
    services.issue_by_decision(enrolment, prize, by=registrar, reason="The jury")
    person = enrolment.person
    type(person).objects.filter(pk=person.pk).update(name_confirmed_at=None)
    complete(enrolment)
    assert Award.objects.get().award_type == prize

    confirm_name(type(person).objects.get(pk=person.pk), "Amina Diallo")

    assert Award.objects.filter(award_type=award_type).count() == 1


def test_a_course_that_changes_its_award_gives_those_who_had_one_no_second(
    award_type, course, enrolment, complete, registrar, committed
):
    first = complete(enrolment)
    services.give_award(course, make_award_type(name="The new one"), by=registrar, reason="A new design")

    with committed():
        examine_waiting.func()
        confirm_name(enrolment.person, "Amina Diallo")

    assert Award.objects.get() == first


def test_a_decision_about_a_course_completed_long_ago_counts_from_the_decision(
    award_type, enrolment, complete, registrar
):
    award_type.rule, award_type.valid_months = Rule.DECISION, 12
    award_type.save()
    complete(enrolment)
    CourseCompletion.objects.update(completed_at=timezone.now() - timedelta(days=1500))
    enrolment = type(enrolment).objects.get(pk=enrolment.pk)

    award = services.issue_by_decision(enrolment, award_type, by=registrar, reason="The Board")

    assert award.valid_until > timezone.localdate() + timedelta(days=360)


def test_an_award_by_decision_never_comes_by_itself(award_type, enrolment, complete, registrar):
    award_type.rule = Rule.DECISION
    award_type.save()
    complete(enrolment)
    examine_waiting.func()
    examine_edition.func(enrolment.edition_id)
    assert standing_of(enrolment, award_type).obstacle == Obstacle.UNDECIDED

    given = services.issue_by_decision(enrolment, award_type, by=registrar, reason="The Board")
    again = services.issue_by_decision(enrolment, award_type, by=registrar, reason="The Board")

    assert Award.objects.get() == given
    assert again is None


def test_an_award_by_decision_needs_no_completion_and_counts_from_that_day(award_type, enrolment, registrar):
    award_type.rule = Rule.DECISION
    award_type.save()

    award = services.issue_by_decision(enrolment, award_type, by=registrar, reason="The Board")

    day = timezone.localdate(timezone=ZoneInfo(enrolment.edition.time_zone))
    assert award.snapshot["completed_on"] == day.isoformat()
    assert award.course_version is None


def test_nobody_decides_about_an_award_of_their_own(award_type, course, registrar):
    award_type.rule = Rule.DECISION
    award_type.save()
    registrar.name_confirmed_at = timezone.now()
    registrar.save()
    own = make_enrolment(make_edition(course), registrar)

    with pytest.raises(services.AwardRefused, match="Ask somebody else"):
        services.issue_by_decision(own, award_type, by=registrar, reason="I earned it")


def test_a_decision_does_not_stand_in_for_completing(award_type, enrolment, registrar):
    with pytest.raises(services.AwardRefused, match="Has not completed"):
        services.issue_by_decision(enrolment, award_type, by=registrar, reason="Please")


def test_looking_at_everybody_takes_as_many_queries_with_twelve_people_as_with_two(
    by_grade, enrolment, item, django_assert_max_num_queries
):
    everybody = [enrolment] + [make_enrolment(enrolment.edition, make_person()) for _each in range(11)]

    with django_assert_max_num_queries(12):
        assert len(standings(enrolment.edition, by_grade, everybody)) == 12


# Readiness


@pytest.mark.parametrize(
    ("signatory", "signs"),
    [
        ({}, True),
        ({"starts_on": date(2020, 1, 1)}, True),
        ({"ends_on": date(2020, 1, 1)}, False),
        ({"starts_on": date(2999, 1, 1)}, False),
        ({"is_active": False}, False),
    ],
)
def test_who_is_not_in_office_does_not_sign(signatory, signs):
    award_type = make_award_type(signatory=make_signatory(**signatory))

    assert any("no longer signs" in problem for problem in award_type_problems(award_type)) is not signs


def test_every_further_signatory_must_be_in_office(award_type):
    award_type.cosignatories.create(signatory=make_signatory(name="Ben Oz", ends_on=date(2020, 1, 1)))

    assert "signed by Ben Oz" in award_type_problems(award_type)[0]


def test_a_rule_by_grade_names_the_grade(by_grade):
    by_grade.minimum_grade = None

    assert "does not say for which one" in award_type_problems(by_grade)[0]


# Numbers


def test_award_types_with_their_own_beginning_have_a_series_of_their_own(
    course, award_type, complete, learner
):
    first = complete(make_enrolment(make_edition(course), learner))
    award_type.number_prefix = "UNI-LLM"
    award_type.save()
    second = complete(make_enrolment(make_edition(course), learner))
    third = complete(make_enrolment(make_edition(course), learner))

    year = timezone.localdate().year
    assert [one.number for one in (first, second, third)] == [
        f"UNI-{year}-000001",
        f"UNI-LLM-{year}-000001",
        f"UNI-LLM-{year}-000002",
    ]


# Validity


@pytest.mark.parametrize(
    ("earned", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 25), 24, date(2028, 11, 25)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 1), None, None),
    ],
)
def test_an_award_holds_so_many_months(award_type, earned, months, until):
    award_type.valid_months = months

    assert valid_until(award_type, earned) == until


def test_the_last_day_is_frozen_and_printed(award_type, enrolment, complete):
    award_type.valid_months = 24
    award_type.save()

    award = complete(enrolment)

    assert award.valid_until > timezone.localdate() + timedelta(days=700)
    assert award.snapshot["valid_until"] == award.valid_until.isoformat()
    assert f"valid until {day_in(award.valid_until, 'en')}" in text_of(draw_award(award))


# Signatories and marks


def test_everybody_signs_with_the_picture_of_that_day(award_type, enrolment, complete):
    signatory = award_type.signatory
    signatory.signature = keep_picture(picture())
    signatory.save()
    award_type.cosignatories.create(signatory=make_signatory(name="Ben Oz", position="Registrar"))
    award_type.save()
    award = complete(enrolment)
    before = draw_award(award)

    signatory.signature = keep_picture(picture((255, 0, 0, 255)))
    signatory.name = "Somebody Else"
    signatory.save()

    found = text_of(before)
    assert "Leif Villadsen" in found and "Ben Oz" in found
    assert draw_award(award) == before


@pytest.mark.parametrize("prints", [True, False])
def test_marks_of_partners_and_donors_come_from_the_edition(award_type, enrolment, complete, prints):
    kept = keep_picture(picture())
    partner, project = make_partner(), make_project()
    donor = project.donors.create(name="Norway")
    Mark.objects.create(name="University", picture=kept, partner=partner)
    Mark.objects.create(name="Norway", picture=kept, donor=donor)
    always = Mark.objects.create(name="United Nations", picture=kept)
    Mark.objects.create(name="Nobody's", picture=kept)
    enrolment.edition.partners.add(partner)
    enrolment.edition.project = project
    enrolment.edition.save()
    award_type.marks.create(mark=always)
    award_type.prints_marks = prints
    award_type.save()

    award = complete(enrolment)

    names = [mark["name"] for mark in award.snapshot["marks"]]
    assert names == (["United Nations", "University", "Norway"] if prints else ["United Nations"])


# Phrases


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "zh-hans", "ar"])
def test_every_phrase_is_said_in_every_language(language):
    assert language in HOURS
    assert all(language in said for said in PHRASES.values())


@pytest.mark.parametrize(
    ("hours", "language", "said"),
    [
        ("1", "en", "1 hour of study"),
        ("1.5", "fr", "1,5 heure d’étude"),
        ("3", "ru", "3 часа обучения"),
        ("11", "ru", "11 часов обучения"),
        ("2", "ar", "ساعتان دراسيتان"),
        ("11", "ar", "11 ساعة دراسية"),
        ("0", "en", ""),
    ],
)
def test_hours_are_counted_as_the_language_counts(hours, language, said):
    assert hours_of_study(Decimal(hours), language) == said


def test_days_are_written_out_as_the_language_writes_them():
    assert day_in(date(2026, 5, 1), "fr") == "1er mai 2026"
    assert day_in(date(2026, 5, 1), "es") == "1 de mayo de 2026"
    assert phrase("completed_on", "zh-hans", day=day_in(date(2026, 5, 1), "zh-hans")) == "2026年5月1日完成"
