"""What was answered in interactive content: read again by its learner, looked at and taken out by who teaches them."""

import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from foundation.audit.models import Entry
from h5p.core.xapi import read_reports
from h5p.models import ContentVersion
from learning.interactive.services.results import record_statements
from tests.factories.accounts import make_person, make_staff
from tests.factories.courses import make_course
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment
from tests.factories.interactive import make_interactive, make_played
from tests.h5p.statements import IRI, choice, statement, tree

pytestmark = pytest.mark.django_db
ESSAY = "2b4f0c5e-77a1-4a0f-a9a3-6f1f3c0d7a11"


@pytest.fixture
def edition():
    return make_edition(make_course())


@pytest.fixture
def activity(edition):
    return make_interactive(edition.course)


@pytest.fixture
def enrolment(edition):
    return make_enrolment(edition)


@pytest.fixture
def tutor(edition):
    staff = make_staff()
    give_edition_role(staff, edition, Role.TUTOR)
    return staff


def play(enrolment, activity, *sent):
    """An attempt with what its player reported."""
    played = make_played(enrolment, activity)
    text = json.dumps(list(sent)).replace(IRI, activity.iri)
    record_statements(played, read_reports(text.encode(), activity.iri))
    return played


def written(text):
    return statement(
        "answered",
        part=ESSAY,
        raw=0,
        maximum=2,
        response=text,
        kind="long-fill-in",
        description="<p>Say why.</p>",
    )


def answers_url(played, edition):
    return reverse("learning:interactive_answers", args=[edition.code, played.attempt_id])


def staff_url(name, *args):
    return reverse(f"interactive_results:{name}", args=args)


def test_a_learner_reads_own_answers_again(client, edition, enrolment, activity):
    played = play(
        enrolment, activity, tree(choice(response="1", raw=0), written("=1+1\nBecause."), raw=1, maximum=3)
    )
    client.force_login(enrolment.person)

    page = client.get(answers_url(played, edition)).content.decode()

    assert "Who may seal an exhibit?" in page
    assert "Anybody present" in page and "The officer who found it" in page
    assert "Because." in page
    assert "1 of 3" in page
    assert "Reported by your browser" in page


def test_what_is_sent_as_markup_is_shown_as_text(client, edition, enrolment, activity):
    played = play(enrolment, activity, tree(written("<img src=x onerror=alert(1)>"), raw=0, maximum=2))
    client.force_login(enrolment.person)

    assert "<img src=x" not in client.get(answers_url(played, edition)).content.decode()


def test_a_learner_finds_the_other_attempts(client, edition, enrolment, activity):
    first = play(enrolment, activity, tree(choice(), raw=1, maximum=3))
    second = play(enrolment, activity, tree(choice(), raw=2, maximum=3))
    client.force_login(enrolment.person)

    page = client.get(answers_url(second, edition)).content.decode()

    assert answers_url(first, edition) in page
    assert "1 of 3" in page and "2 of 3" in page


def test_an_attempt_that_reported_nothing_says_so(client, edition, enrolment, activity):
    played = make_played(enrolment, activity)
    client.force_login(enrolment.person)

    page = client.get(answers_url(played, edition)).content.decode()

    assert "Under way" in page and "did not report single answers" in page


def test_nobody_else_reads_them(client, edition, enrolment, activity):
    played = play(enrolment, activity, tree(choice(), raw=1, maximum=3))
    other = make_enrolment(edition).person
    assert client.get(answers_url(played, edition)).status_code == 302

    client.force_login(other)
    assert client.get(answers_url(played, edition)).status_code == 404

    client.force_login(enrolment.person)
    assert client.get(answers_url(played, make_edition())).status_code == 404


def test_who_teaches_sees_attempts_and_answers(client, edition, enrolment, activity, tutor):
    played = play(enrolment, activity, tree(choice(), written("Because."), raw=1, maximum=3))
    client.force_login(tutor)

    listed = client.get(staff_url("attempts", edition.pk, activity.pk)).content.decode()
    shown = client.get(staff_url("attempt", played.attempt_id)).content.decode()
    learner = client.get(reverse("learner_progress:learner", args=[enrolment.pk])).content.decode()
    overview = client.get(reverse("learner_progress:edition", args=[edition.pk])).content.decode()

    assert staff_url("attempt", played.attempt_id) in listed and "1 of 3" in listed
    assert "Because." in shown and "Reported by the learner’s browser" in shown
    assert staff_url("attempt", played.attempt_id) in learner
    assert staff_url("attempts", edition.pk, activity.pk) in overview


@pytest.mark.parametrize(
    ("language", "direction"), [("ps", "rtl"), ("ar-eg", "rtl"), ("zh", "ltr"), ("en", "ltr")]
)
def test_answers_are_shown_in_the_direction_of_whatever_language_the_content_has(
    client, edition, enrolment, activity, tutor, language, direction
):
    played = play(enrolment, activity, tree(choice(), raw=1, maximum=3))
    ContentVersion.objects.update(language=language)
    client.force_login(tutor)

    page = client.get(staff_url("attempt", played.attempt_id))

    assert page.status_code == 200
    assert page.context["direction"] == direction


def test_the_list_is_narrowed_down_to_one_learner(client, edition, enrolment, activity, tutor):
    other = make_enrolment(edition)
    for one in (enrolment, other):
        play(one, activity, tree(choice(), raw=1, maximum=3))
    client.force_login(tutor)

    page = client.get(
        staff_url("attempts", edition.pk, activity.pk), {"learner": enrolment.pk}
    ).content.decode()

    assert str(enrolment.person) in page
    assert str(other.person) not in page


@pytest.mark.parametrize("who", ["nobody", "learner", "author", "tutor of another edition"])
def test_who_does_not_teach_there_sees_nothing(client, edition, enrolment, activity, who):
    played = play(enrolment, activity, tree(choice(), raw=1, maximum=3))
    person = {"learner": enrolment.person, "nobody": None}.get(who) or make_staff()
    if who == "author":
        person = make_staff(Role.AUTHOR)
    if who == "tutor of another edition":
        give_edition_role(person, make_edition(edition.course), Role.TUTOR)
    if who != "nobody":
        client.force_login(person)
    urls = [
        staff_url("attempt", played.attempt_id),
        staff_url("attempts", edition.pk, activity.pk),
        staff_url("export", edition.pk, activity.pk),
    ]

    if who in ("nobody", "learner"):
        assert {client.get(url).status_code for url in urls} == {302}
    else:
        assert {client.get(url, follow=True).status_code for url in urls} == {404}
        assert client.post(urls[2], {"reason": "x"}, follow=True).status_code == 404
    assert not Entry.objects.filter(action="learning.export_reports").exists()


def test_an_activity_of_another_course_is_not_there(client, edition, tutor):
    client.force_login(tutor)
    foreign = make_interactive(make_course())

    assert client.get(staff_url("attempts", edition.pk, foreign.pk), follow=True).status_code == 404


def test_all_attempts_are_taken_out_with_a_reason_that_is_recorded(
    client, edition, enrolment, activity, tutor
):
    play(enrolment, activity, tree(choice(), written("=cmd()"), raw=1, maximum=3))
    play(make_enrolment(edition, make_person(first_name="=Evil")), activity, tree(choice(), raw=3, maximum=3))
    client.force_login(tutor)
    url = staff_url("export", edition.pk, activity.pk)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422

    response = client.post(url, {"reason": "For the evaluation"})

    head, *rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    assert head[:3] == ("Given names", "Family name", "Attempt")
    assert len(rows) == 2
    assert all(not str(cell).startswith("=") for row in rows for cell in row)
    assert any("Who may seal an exhibit?: The officer who found it (1/1)" in str(row[-1]) for row in rows)
    entry = Entry.objects.filter(action="learning.export_reports").get()
    assert entry.reason == "For the evaluation"


def test_lists_ask_no_more_for_twelve_attempts_than_for_two(
    client, edition, activity, tutor, django_assert_max_num_queries
):
    client.force_login(tutor)
    attempts, export = (
        staff_url("attempts", edition.pk, activity.pk),
        staff_url("export", edition.pk, activity.pk),
    )
    visits = [lambda: client.get(attempts), lambda: client.post(export, {"reason": "x"})]
    counts = []
    for number in (2, 10):
        for _learner in range(number):
            play(make_enrolment(edition), activity, tree(choice(), raw=1, maximum=3))
        for place, visit in enumerate(visits):
            with django_assert_max_num_queries(counts[place] if len(counts) > 1 else 60) as asked:
                visit()
            counts.append(len(asked))
