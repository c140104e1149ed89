"""What a course page says and offers to one person at one moment."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import PeopleIndexPage, PersonPage
from enrolments.models import Enrolment, WayIn
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award
from tests.factories.cms import make_home
from tests.factories.courses import make_course, make_lesson, reading_of, translate
from tests.factories.enrolments import make_edition, make_enrolment, make_tutored_edition
from tests.factories.learning import make_completion, make_course_completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    course = make_course()
    make_lesson(course, "Why follow the money", read=True, minutes=20)
    return course


@pytest.fixture
def learner(client):
    person = make_person()
    client.force_login(person)
    return person


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def invitation(client, course):
    return client.get(course.url).context["shown"].invitation


def test_it_says_what_is_learnt_and_how_long_it_takes(client, course):
    content = client.get(course.url).content.decode()

    for words in ("Trace assets.", "6 hours", "Why follow the money", "20\xa0min", "English"):
        assert words in content


def test_strangers_read_the_titles_of_lessons_without_links(client, course):
    assert "lesson-" not in client.get(course.url).content.decode()


def test_a_stranger_is_led_through_signing_in_to_enrolling(client, course):
    edition = make_edition(course)

    found = invitation(client, course)

    assert found.label == "Sign in to enrol"
    assert urlsplit(found.url).path == reverse("account_login")
    assert parse_qs(urlsplit(found.url).query)["next"] == [reverse("enrolments:enrol", args=[edition.code])]


def test_a_person_can_enrol(client, course, learner):
    edition = make_edition(course)

    found = invitation(client, course)

    assert (found.label, found.url) == ("Enrol", reverse("enrolments:enrol", args=[edition.code]))


def test_where_a_key_is_needed_the_button_says_so(client, course, learner):
    make_edition(course, enrolment_key="Turin 2026")

    assert invitation(client, course).label == "Enrol with a key"
    assert "Turin 2026" not in client.get(course.url).content.decode()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"enrolment_opens_on": 3}, "Enrolment opens on"),
        ({"enrolment_closes_on": -1}, "Enrolment has closed"),
        ({"capacity": 0}, "All places are taken"),
        ({"way_in": WayIn.STAFF}, "given by the organizers"),
    ],
)
@pytest.mark.parametrize("make_reader", [None, make_person, make_staff])
def test_instead_of_a_button_that_would_fail_the_page_says_why(client, course, fields, reason, make_reader):
    make_edition(
        course, **{name: in_days(value) if name.endswith("_on") else value for name, value in fields.items()}
    )
    if make_reader:
        client.force_login(make_reader())

    found = invitation(client, course)

    assert found.label == ""
    assert reason in found.reason
    assert reason in client.get(course.url).content.decode()


def test_without_an_edition_it_says_that_no_dates_are_planned(client, course):
    assert "No dates are planned" in invitation(client, course).reason


def test_past_and_cancelled_editions_are_not_shown(client, course):
    make_tutored_edition(course, name="Spring", starts_on=in_days(-60), ends_on=in_days(-2))
    make_edition(course, name="Never held", cancelled_at=timezone.now())

    content = client.get(course.url).content.decode()

    assert "Spring" not in content
    assert "Never held" not in content


def test_the_button_is_for_what_can_be_joined_soonest_and_the_other_dates_are_listed(client, course):
    make_tutored_edition(course, name="Full", capacity=0)
    later = make_tutored_edition(course, name="Nairobi", starts_on=in_days(30), capacity=12)
    now = make_edition(course, name="Self-study")

    shown = client.get(course.url).context["shown"]

    assert shown.best.edition == now
    assert [offer.edition.name for offer in shown.others] == ["Nairobi", "Full"]
    assert shown.others[0].places_left == 12
    assert reverse("enrolments:enrol", args=[later.code]) in client.get(course.url).content.decode()


def test_there_is_one_primary_button(client, course, learner):
    make_edition(course)
    make_tutored_edition(course, starts_on=in_days(30))

    assert client.get(course.url).content.decode().count('class="button button--wide"') == 1


def test_who_is_enrolled_begins_and_then_continues_where_something_is_left(client, course, learner):
    enrolment = make_enrolment(make_edition(course), learner)
    lesson = course.get_children().get().get_children().get().specific
    second = make_lesson(lesson.get_parent().specific, read=True)

    before = invitation(client, course)
    make_completion(enrolment, reading_of(lesson))
    after = invitation(client, course)

    code = enrolment.edition.code
    assert (before.label, before.url) == ("Begin", reverse("learning:lesson", args=[code, lesson.pk]))
    assert (after.label, after.url) == ("Continue", reverse("learning:lesson", args=[code, second.pk]))


def test_who_withdrew_can_enrol_again(client, course, learner):
    make_enrolment(make_edition(course), learner, withdrawn_at=timezone.now())

    assert invitation(client, course).label == "Enrol"


def test_who_has_completed_it_sees_the_award_and_can_begin_anew(client, course, learner):
    enrolment = make_enrolment(make_edition(course), learner)
    make_course_completion(enrolment)
    make_award(enrolment)

    found = invitation(client, course)

    assert (found.label, found.url) == ("See your award", reverse("certificates:my_awards"))
    assert found.occasion == enrolment
    assert "Begin a refresher" in client.get(course.url).content.decode()


def test_who_has_completed_it_without_an_award_can_read_it_again(client, course, learner):
    make_course_completion(make_enrolment(make_edition(course), learner))

    assert invitation(client, course).label == "Read it again"


def test_an_edition_that_is_over_stays_open_to_those_who_were_in_it_but_cannot_be_begun_anew(
    client, course, learner
):
    over = make_tutored_edition(course, starts_on=in_days(-60), ends_on=in_days(-3))
    make_course_completion(make_enrolment(over, learner))

    found = invitation(client, course)

    assert (found.label, found.occasion) == ("Read it again", None)


def test_beginning_anew_twice_opens_one_new_occasion(client, course, learner):
    enrolment = make_enrolment(make_edition(course), learner)
    url = reverse("enrolments:begin_anew", args=[enrolment.edition.code])

    for _press in range(2):
        response = client.post(url, {"occasion": enrolment.key})

    assert response.url == reverse("learning:outline", args=[enrolment.edition.code])
    assert Enrolment.objects.of(learner).count() == 2
    assert Enrolment.objects.of(learner).active().count() == 1


@pytest.mark.parametrize("occasion", ["", "not-a-key", "00000000-0000-4000-8000-000000000000"])
def test_nobody_begins_anew_what_is_not_theirs(client, course, learner, occasion):
    enrolment = make_enrolment(make_edition(course))
    url = reverse("enrolments:begin_anew", args=[enrolment.edition.code])

    assert client.post(url, {"occasion": occasion}).status_code == 404
    assert client.post(url, {"occasion": enrolment.key}).status_code == 404
    assert client.get(url).url == reverse("learning:my_learning")


def test_languages_are_named_and_lead_to_their_pages(client, course):
    french = translate(course, "fr", "Dépister les avoirs")

    response = client.get(course.url)
    content = response.content.decode()

    assert response.context["languages"] == ("English", "French")
    assert f'hreflang="fr" href="http://testserver{french.url}"' in content


def test_a_translated_page_offers_the_editions_of_the_course(client, course, learner):
    edition = make_edition(course)
    french = translate(course, "fr", "Dépister les avoirs")

    content = client.get(french.url).content.decode()

    assert reverse("enrolments:enrol", args=[edition.code]).replace("/en/", "/fr/") in content


def test_a_page_under_the_prefix_of_another_language_leads_to_its_own(client, course):
    assert client.get(course.url.replace("/en/", "/es/")).url == course.url


def test_those_who_teach_it_are_presented(client, course):
    people = make_home().add_child(instance=PeopleIndexPage(title="People", slug="people"))
    judge = people.add_child(instance=PersonPage(title="Tomás Ferreira", slug="ferreira", position="Judge"))
    course.team_members.create(person=judge, duty="Teaches unit 1")
    course.save()

    assert "Teaches unit 1" in client.get(course.url).content.decode()
    assert course.title in client.get(judge.url).content.decode()
    assert "Tomás Ferreira" in client.get(people.url).content.decode()


def test_a_lesson_leads_strangers_to_its_course_and_learners_to_the_classroom(client, course):
    enrolment = make_enrolment(make_edition(course))
    unit = course.get_children().get()
    lesson = unit.get_children().get()

    assert client.get(lesson.url).url == course.url
    client.force_login(enrolment.person)
    assert client.get(lesson.url).url == reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk])
    assert client.get(unit.url).url == reverse("learning:outline", args=[enrolment.edition.code])
