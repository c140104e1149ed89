"""Choosing a file, looking at what it would bring, confirming; and taking questions out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from assessments.exchange import limits
from assessments.models import Question, QuestionCategory, QuestionImport
from tests.assessments.exchange.test_importing import GIFT, prepare
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_bank, make_question
from tests.factories.courses import give_course_role, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return make_bank(make_course())


@pytest.fixture
def author(bank, client):
    author = make_staff()
    give_course_role(author, bank.course, Role.AUTHOR)
    client.force_login(author)
    return author


def address(name, *args):
    return reverse(f"question_exchange:{name}", args=args)


def upload(client, bank, data=GIFT, name="q.gift", **fields):
    file = SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())
    return client.post(address("import", bank.pk), {"file": file, "language": "en", **fields})


def test_an_author_chooses_a_file_looks_and_brings_it_in(author, bank, client):
    chosen = upload(client, bank)
    look = client.get(chosen.url)

    assert not Question.objects.exists()
    said = look.content.decode()
    assert "What first?" in said
    assert "a description is shown, not answered" in said
    assert "Bring in 2 questions" in said

    prepared = QuestionImport.objects.get()
    done = client.post(address("confirm", prepared.key), follow=True)
    again = client.post(address("confirm", prepared.key), follow=True)

    assert Question.objects.count() == 2
    assert "2 questions came in as drafts." in done.content.decode()
    assert "2 questions came in as drafts." in again.content.decode()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"A {=\xff}", "q.gift", "Line 1: A letter on this line is not written in UTF-8"),
        (b"<quiz>\n<question>", "q.xml", "Line 2: The file ends"),
        (b"<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz/>", "q.xml", "entities of its own"),
        (b"\n", "q.gift", "The file holds no question."),
        (b"", "q.gift", "empty"),
    ],
)
def test_an_unreadable_file_is_refused_with_line_and_reason(author, bank, client, data, name, said):
    answer = upload(client, bank, data, name)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not QuestionImport.objects.exists()


def test_a_file_that_is_too_large_is_refused_unread(author, bank, client, monkeypatch):
    monkeypatch.setattr("assessments.authoring.forms.exchange.MAX_BYTES", 10)

    answer = upload(client, bank)

    assert answer.status_code == 422
    assert f"larger than {limits.MAX_BYTES // 1024 // 1024} MB" in answer.content.decode()


def test_lines_may_be_looked_at_by_what_becomes_of_them(author, bank, client):
    prepared = prepare(bank, author)

    said = client.get(address("preview", prepared.key), {"only": "skipped"}).content.decode()

    assert "Just text" in said
    assert "What first?" not in said


def test_many_lines_come_in_pages(author, bank, client):
    prepared = prepare(bank, author, text="\n\n".join(f"::Q{n}:: What {n}? {{=a}}" for n in range(120)))

    first = client.get(address("preview", prepared.key)).content.decode()
    second = client.get(address("preview", prepared.key), {"page": 2}).content.decode()

    assert ("Q99" in first, "Q110" in first) == (True, False)
    assert ("Q99" in second, "Q110" in second) == (False, True)


def test_a_file_may_be_forgotten(author, bank, client):
    prepared = prepare(bank, author)

    client.post(address("discard", prepared.key))

    assert not QuestionImport.objects.exists()
    assert client.post(address("confirm", prepared.key), follow=True).status_code == 404


def test_where_nothing_is_understood_nothing_can_be_confirmed(author, bank, client):
    prepared = prepare(bank, author, text="Only a text.")

    said = client.get(address("preview", prepared.key)).content.decode()

    assert "nothing in this file that could come in" in said
    assert address("confirm", prepared.key) not in said


def test_what_comes_in_is_never_trusted_as_html(author, bank, client):
    prepared = prepare(
        bank, author, text="::<script>alert(1)</script>::What <i>now</i>? {~<img src=x onerror=y>}"
    )

    said = client.get(address("preview", prepared.key)).content.decode()

    assert "<script>alert" not in said
    assert "onerror=y>" not in said


# --- taking out ---


def test_whoever_reads_a_bank_takes_its_questions_out(author, bank, client):
    drawer = QuestionCategory.objects.create(bank=bank, name="Drawer")
    inner = QuestionCategory.objects.create(bank=bank, name="Inner", parent=drawer)
    places = [("Loose", None), ("Kept", drawer), ("Deep", inner)]
    questions = [make_question(bank, name=name, category=place) for name, place in places]

    def names(answer):
        assert answer["Content-Type"].startswith("application/xml")
        text = b"".join(answer.streaming_content).decode()
        return [name for name in ("Loose", "Kept", "Deep") if f"<text>{name}</text>" in text]

    export = address("export", bank.pk)
    assert names(client.get(export)) == ["Loose", "Kept", "Deep"]
    assert names(client.get(export, {"category": drawer.pk})) == ["Kept", "Deep"]
    assert names(client.post(export, {"question": [questions[0].pk]})) == ["Loose"]


def test_questions_of_another_bank_cannot_be_taken_out_through_this_one(author, bank, client):
    other = make_question(make_bank())
    make_question(bank)

    answer = client.post(address("export", bank.pk), {"question": [other.pk]})

    assert answer.status_code == 302


def test_an_empty_bank_has_nothing_to_take_out(author, bank, client):
    answer = client.get(address("export", bank.pk), follow=True)

    assert "no questions to take out" in answer.content.decode()


# --- who may ---


def screens(bank, prepared):
    yield "get", address("import", bank.pk)
    yield "get", address("preview", prepared.key)
    yield "post", address("confirm", prepared.key)
    yield "post", address("discard", prepared.key)
    yield "get", address("export", bank.pk)


def test_people_of_other_courses_find_nothing_here(bank, client):
    prepared = prepare(bank, make_person())
    stranger = make_staff()
    give_course_role(stranger, make_course(), Role.AUTHOR)
    client.force_login(stranger)

    for method, url in screens(bank, prepared):
        assert getattr(client, method)(url, follow=True).status_code == 404, url
    assert not Question.objects.exists()


def test_a_reviewer_takes_questions_out_and_brings_none_in(bank, client):
    prepared = prepare(bank, make_person())
    make_question(bank)
    reviewer = make_staff()
    give_course_role(reviewer, bank.course, Role.REVIEWER)
    client.force_login(reviewer)

    *closed, (_method, export) = screens(bank, prepared)
    for method, url in closed:
        assert getattr(client, method)(url, follow=True).status_code == 404, url
    assert client.get(export).status_code == 200


def test_who_is_not_signed_in_is_asked_to(bank, client):
    prepared = prepare(bank, make_person())

    for method, url in screens(bank, prepared):
        assert getattr(client, method)(url).status_code == 302, url


def test_the_ways_stand_on_the_page_of_the_bank(author, bank, client):
    make_question(bank)

    said = client.get(reverse("question_bank:bank", args=[bank.pk])).content.decode()

    assert address("import", bank.pk) in said
    assert address("export", bank.pk) in said


def test_looking_costs_as_many_queries_for_many_lines_as_for_few(author, bank, client):
    counts = []
    for number in (2, 12):
        text = "\n\n".join(f"::Q{n}:: What {n}? {{=a}}" for n in range(number))
        prepared = prepare(bank, author, text=text)
        client.get(address("preview", prepared.key))
        with CaptureQueriesContext(connection) as captured:
            client.get(address("preview", prepared.key))
        counts.append(len(captured))
    assert counts[0] == counts[1]
