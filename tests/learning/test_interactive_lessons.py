"""Interactive content where it stands in a lesson: what is shown, and that ten of them cost no more than one."""

import gzip

import pytest
from django.urls import reverse

from learning.models import H5PWords
from tests.factories.accounts import make_person
from tests.factories.courses import make_course, make_lesson, place, translate
from tests.factories.enrolments import make_enrolment, make_tutored_edition
from tests.factories.interactive import make_content, make_interactive, make_played
from tests.factories.learning import make_attempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return make_lesson(make_course(units=3, lessons=4), "Sealing")


@pytest.fixture
def enrolment(lesson):
    return make_enrolment(make_tutored_edition(lesson.course))


def put(lesson, **fields):
    activity = make_interactive(lesson.course, placed=False, **fields)
    place(activity, lesson)
    return activity


def lesson_url(enrolment, lesson):
    return reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk])


def standing_url(enrolment, activity):
    return reverse("learning:activity_standing", args=[enrolment.edition.code, activity.pk])


def test_a_lesson_shows_the_title_the_frame_and_the_text(client, lesson, enrolment):
    put(lesson, title="Who held the key?")
    client.force_login(enrolment.person)

    page = client.get(lesson_url(enrolment, lesson)).text

    assert "Who held the key?" in page
    assert 'data-src="/h5p/play/' in page
    assert "What an exhibit needs before it is sealed." in page
    assert "h5p-frame" in page


def test_a_lesson_without_interactive_content_loads_no_script_for_it(client, lesson, enrolment):
    client.force_login(enrolment.person)

    assert "h5p-frame" not in client.get(lesson_url(enrolment, lesson)).text


def test_what_has_no_content_yet_says_so_and_shows_the_text(client, lesson, enrolment):
    content = make_content()
    put(lesson, content=content)
    content.current = None
    content.save()
    client.force_login(enrolment.person)

    page = client.get(lesson_url(enrolment, lesson)).text

    assert "This content is not ready yet." in page
    assert "data-src" not in page


def test_content_in_the_language_of_the_reader_comes_first(client, lesson, enrolment):
    activity = put(lesson)
    words = {"content": make_content("ختم الأدلة"), "text_alternative": "نص بديل"}
    H5PWords.objects.create(activity=activity, language="ar", **words)
    translate(lesson, "ar")
    client.force_login(enrolment.person)

    address = lesson_url(enrolment, lesson)
    arabic = client.get(address.replace("/en/", "/ar/")).text

    assert "ختم الأدلة" in arabic
    assert "نص بديل" in arabic
    assert "ختم الأدلة" not in client.get(address).text


def test_what_is_left_says_how_it_is_completed(lesson):
    activity = put(lesson)

    def said(rule):
        activity.completion_rule = rule
        return str(activity.what_to_do("Sealing", needed="80 %", have=None))

    assert said("passed") == "Pass the interactive activity in “Sealing” (you need 80 %)."
    assert said("finished") == "Finish the interactive activity in “Sealing”."
    assert said("marked") == "Mark the interactive activity in “Sealing” as done."


def test_how_one_stands_is_for_oneself(client, lesson, enrolment):
    activity = put(lesson)
    address = standing_url(enrolment, activity)
    assert client.get(address).status_code == 302

    client.force_login(make_person())
    assert client.get(address).status_code == 404

    client.force_login(enrolment.person)
    answer = client.get(address).text
    assert f'id="activity-{activity.pk}"' in answer
    assert 'id="progress"' in answer


def test_what_is_done_by_hand_is_answered_with_its_own_part(client, lesson, enrolment):
    activity = put(lesson, completion_rule="marked")
    client.force_login(enrolment.person)
    address = reverse("learning:complete_activity", args=[enrolment.edition.code, activity.pk])

    answer = client.post(address, headers={"hx-request": "true"}).text

    assert "Done" in answer
    assert "Mark as done" not in answer
    assert "autofocus" in answer


def test_ten_take_no_more_queries_than_one_and_weigh_little(
    client, lesson, enrolment, django_assert_max_num_queries
):
    client.force_login(enrolment.person)
    for number in range(10):
        activity = put(lesson)
        if number % 2:
            make_played(enrolment, activity)
        else:
            make_attempt(enrolment, activity)
    client.get(lesson_url(enrolment, lesson))

    with django_assert_max_num_queries(20) as asked:
        page = client.get(lesson_url(enrolment, lesson))

    assert page.text.count("data-h5p-frame") == 10
    assert len(gzip.compress(page.content)) < 25_000
    assert len(asked) <= 20
