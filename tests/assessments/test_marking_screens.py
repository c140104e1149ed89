"""Marking in the CMS: who may, what they see, what stays hidden, what happens to what they typed."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from assessments.codes import code_of
from assessments.models import AnswerFile, Mark
from assessments.services import MarkGiven, mark_item
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_essay, make_question, make_quiz, take_quiz
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def quiz(db):
    return make_quiz(
        questions=[make_question(name="Key"), make_essay(name="Essay one"), make_essay(name="Essay two")]
    )


@pytest.fixture
def edition(quiz):
    return make_tutored_edition(quiz.course)


@pytest.fixture
def marker(edition):
    person = make_staff(first_name="Ngozi", last_name="Adeyemi")
    give_edition_role(person, edition, Role.MARKER)
    return person


@pytest.fixture
def at_work(client, marker):
    client.force_login(marker, backend=BACKEND)
    return client


def take(edition, quiz, **person):
    enrolment = make_enrolment(
        edition, make_person(**{"first_name": "Amara", "last_name": "Okello"} | person)
    )
    return take_quiz(enrolment, quiz, ["b"], {"text": "A judge decides alone."}, {"text": "Second text"})


@pytest.fixture
def attempt(edition, quiz):
    return take(edition, quiz)


def essay(attempt, place=1):
    return attempt.quiz_attempt.items.get(sort_order=place)


def mark_url(item, by_learner=False):
    return reverse("marking:mark", args=[item.pk]) + ("?by=learner" if by_learner else "")


def addresses(attempt, edition, quiz):
    return [
        reverse("marking:pile", args=[edition.pk, quiz.pk]),
        mark_url(essay(attempt)),
        reverse("marking:attempt", args=[attempt.pk]),
    ]


def test_a_marker_of_the_edition_sees_what_waits(at_work, attempt, edition, quiz):
    assert quiz.title in at_work.get(reverse("marking:index")).content.decode()
    for url in addresses(attempt, edition, quiz):
        response = at_work.get(url)
        assert response.status_code == 200
        assert "Okello" in response.content.decode()


def test_others_are_refused_and_strangers_sign_in_first(client, attempt, edition, quiz):
    other = make_staff()
    give_edition_role(other, make_tutored_edition(), Role.MARKER)
    for url in addresses(attempt, edition, quiz):
        client.logout()
        assert "login" in client.get(url)["Location"]
        client.force_login(attempt.enrolment.person, backend=BACKEND)
        assert "login" in client.get(url)["Location"]
        client.force_login(other, backend=BACKEND)
        assert client.get(url, follow=True).status_code == 404


def test_an_attempt_that_is_not_handed_in_is_not_there(at_work, edition, quiz):
    from assessments.services import begin_quiz

    item = begin_quiz(make_enrolment(edition), quiz, language="en").items.first()

    assert at_work.get(mark_url(item), follow=True).status_code == 404


def test_saving_goes_on_to_the_next_learners_answer_to_the_same_question(at_work, attempt, edition, quiz):
    other = take(edition, quiz, last_name="Haddad")

    response = at_work.post(mark_url(essay(attempt)), {"points": "0,5", "comment": "Good", "seen": ""})

    assert response["Location"] == mark_url(essay(other))
    mark = Mark.objects.get()
    assert (mark.score, mark.comment) == (0.5, "Good")


def test_or_to_the_next_question_of_the_same_learner(at_work, attempt, edition, quiz):
    take(edition, quiz, last_name="Haddad")

    response = at_work.post(mark_url(essay(attempt), by_learner=True), {"points": "1", "seen": ""})

    assert response["Location"] == mark_url(essay(attempt, 2), by_learner=True)


def test_after_the_last_one_the_list_says_that_nothing_waits(at_work, attempt, edition, quiz):
    at_work.post(mark_url(essay(attempt)), {"points": "1", "seen": ""})
    response = at_work.post(mark_url(essay(attempt, 2)), {"points": "1", "seen": ""}, follow=True)

    assert response.request["PATH_INFO"] == reverse("marking:pile", args=[edition.pk, quiz.pk])
    assert "0 of 2 answers wait for a mark." in response.content.decode()


@pytest.mark.parametrize(
    ("points", "sentence"), [("1.5", "at most"), ("", "0 is a mark too"), ("-1", "greater")]
)
def test_points_that_cannot_be_are_refused_and_what_was_typed_stays(at_work, attempt, points, sentence):
    response = at_work.post(mark_url(essay(attempt)), {"points": points, "comment": "Typed", "seen": ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Typed" in page
    assert not Mark.objects.exists()


def test_the_later_of_two_markers_is_told_who_and_what_and_keeps_what_was_typed(at_work, attempt):
    luc = make_staff(first_name="Luc", last_name="Moreau")
    theirs = mark_item(essay(attempt), MarkGiven(1, "Excellent"), marker=luc, seen=None)

    response = at_work.post(mark_url(essay(attempt)), {"points": "0.25", "comment": "Too short", "seen": ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Luc Moreau" in page
    assert "gave 1 points" in page
    assert "Excellent" in page
    assert "Too short" in page
    assert f'name="seen" value="{theirs.pk}"' in page
    assert Mark.objects.get() == theirs


def test_a_seen_score_asks_for_a_reason_and_takes_it(at_work, attempt):
    for place in (1, 2):
        at_work.post(mark_url(essay(attempt, place)), {"points": "1", "seen": ""})
    mark = essay(attempt).marks.get()
    page = at_work.get(mark_url(essay(attempt))).content.decode()
    assert "Reason of the change" in page

    without = at_work.post(mark_url(essay(attempt)), {"points": "0", "seen": mark.pk})
    with_one = at_work.post(
        mark_url(essay(attempt)), {"points": "0", "seen": mark.pk, "reason": "Copied", "stay": "1"}
    )

    assert without.status_code == 422
    assert "Say why it changes" in without.content.decode()
    assert with_one["Location"] == mark_url(essay(attempt))
    assert essay(attempt).marks.last().reason == "Copied"


def test_a_marker_who_is_a_learner_here_cannot_mark_own_work(at_work, marker, edition, quiz):
    own = take_quiz(make_enrolment(edition, marker), quiz, ["a"], {"text": "Mine"})

    assert "This is your own work" in at_work.get(mark_url(essay(own))).content.decode()
    assert at_work.post(mark_url(essay(own)), {"points": "1", "seen": ""}).status_code == 422
    assert not Mark.objects.exists()


@pytest.fixture
def hidden(edition):
    return make_quiz(edition.course, questions=[make_essay()], anonymous_marking=True)


def with_file(item, name="Okello essay.pdf"):
    file = AnswerFile(
        item=item, key=uuid.uuid4(), name=name, size=9, sha256="0" * 64, content_type="application/pdf"
    )
    file.file.save("x", ContentFile(b"%PDF-1.4\n"))
    file.save()
    return file


def test_where_names_are_hidden_no_page_holds_one(at_work, edition, hidden):
    enrolment = make_enrolment(
        edition, make_person("okello@example.org", first_name="Amara", last_name="Okello")
    )
    attempt = take_quiz(enrolment, hidden, {"text": "My text"})
    item = attempt.quiz_attempt.items.get()
    file = with_file(item)

    for url in [
        reverse("marking:index"),
        *(
            [
                reverse("marking:pile", args=[edition.pk, hidden.pk]),
                mark_url(item),
                reverse("marking:attempt", args=[attempt.pk]),
            ]
        ),
    ]:
        page = at_work.get(url).content.decode()
        assert "Okello" not in page
        assert "Amara" not in page
    assert code_of(attempt.pk) in page
    response = at_work.get(reverse("marking:file", args=[file.key]))
    assert "Okello" not in response["Content-Disposition"]
    assert code_of(attempt.pk) in response["Content-Disposition"]


def test_files_come_as_downloads_to_markers_alone(client, at_work, attempt, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = with_file(essay(attempt))
    url = reverse("marking:file", args=[file.key])

    response = at_work.get(url)

    assert b"".join(response.streaming_content) == b"%PDF-1.4\n"
    assert response["Content-Disposition"].startswith("attachment")
    AnswerFile.objects.update(removed_at=timezone.now())
    assert at_work.get(url, follow=True).status_code == 404
    AnswerFile.objects.update(removed_at=None)
    client.force_login(make_staff(Role.EVALUATOR), backend=BACKEND)
    assert client.get(url, follow=True).status_code == 404


def test_what_a_learner_typed_is_never_markup(at_work, edition, quiz):
    enrolment = make_enrolment(edition)
    attempt = take_quiz(enrolment, quiz, ["a"], {"text": "<script>alert(1)</script>"})

    page = at_work.get(mark_url(essay(attempt))).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_notes_for_markers_are_in_the_markers_language_and_never_the_learners_page(at_work, edition):
    question = make_essay(languages=("en", "fr"))
    for text in question.texts.all():
        text.extra = {"notes_for_markers": f"<p>Notes in {text.language}</p>"}
        text.save()
    quiz = make_quiz(edition.course, questions=[question])
    attempt = take_quiz(make_enrolment(edition), quiz, {"text": "Texte"}, language="fr")

    assert "Notes in en" in at_work.get(mark_url(attempt.quiz_attempt.items.get())).content.decode()


def test_pages_ask_no_more_for_twelve_learners_than_for_two(
    at_work, edition, quiz, django_assert_max_num_queries
):
    first = take(edition, quiz)
    take(edition, quiz)
    counts = {}
    urls = [reverse("marking:index"), *addresses(first, edition, quiz)]
    for url in urls:
        at_work.get(url)
        with django_assert_max_num_queries(60) as asked:
            at_work.get(url)
        counts[url] = len(asked)
    for number in range(10):
        take(edition, quiz, last_name=f"Learner {number}")

    for url in urls:
        with django_assert_max_num_queries(counts[url]):
            at_work.get(url)
