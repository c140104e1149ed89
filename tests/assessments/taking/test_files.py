"""Files of an essay: added, opened, taken back; what they claim to be is looked at."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import AnswerFile
from tests.factories.assessments import make_bank
from tests.factories.courses import make_course
from tests.factories.enrolments import make_enrolment
from tests.factories.questions import make_question_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(name="brief.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.fixture
def essay(take):
    """An attempt at a quiz with an essay that takes two files; its item."""
    course = make_course()
    taking = take(course=course, questions=[make_question_of("essay", make_bank(course))])
    taking.item = taking.items[0]
    taking.add = lambda file: taking.client.post(
        taking.url("add_file", taking.attempt.pk, taking.item.pk), {f"item-{taking.item.pk}-file": file}
    )
    return taking


def answer_of(taking):
    return taking.quiz_attempt.answers.get()


def test_a_file_is_kept_with_the_answer_and_can_be_opened(essay):
    shown = essay.add(pdf())

    file = AnswerFile.objects.get()
    assert "brief.pdf" in shown.text
    assert answer_of(essay).response == {"text": "", "files": [file.pk]}
    opened = essay.client.get(essay.url("answer_file", essay.attempt.pk, file.key))
    assert b"".join(opened.streaming_content) == PDF
    assert "attachment" in opened["Content-Disposition"]
    assert "sandbox" in opened["Content-Security-Policy"]


def test_text_saved_before_or_after_keeps_the_files(essay):
    save = essay.url("save_answer", essay.attempt.pk, essay.item.pk)
    essay.client.post(save, {f"item-{essay.item.pk}-text": "First words.", "base": 0})
    essay.add(pdf())

    essay.client.post(save, {f"item-{essay.item.pk}-text": "Second words.", "base": 1})

    assert answer_of(essay).response == {"text": "Second words.", "files": [AnswerFile.objects.get().pk]}
    assert answer_of(essay).sequence == 2


def test_a_file_added_on_another_device_makes_no_text_old(essay):
    essay.add(pdf())

    save = essay.url("save_answer", essay.attempt.pk, essay.item.pk)
    answer = essay.client.post(save, {f"item-{essay.item.pk}-text": "Typed meanwhile.", "base": 0})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (lambda: pdf(content=b"MZ\x90\x00 not a pdf"), "does not hold what its name says"),
        (lambda: pdf("brief.exe"), "of a type that is not taken here"),
        (lambda: pdf(content=b""), "is empty"),
        (lambda: pdf(content=PDF + b"\x00" * 6 * 1024 * 1024), "larger than 5 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_with_a_reason_and_not_kept(essay, file, reason):
    answer = essay.add(file())

    assert answer.status_code == 422
    assert reason in answer.text
    assert not AnswerFile.objects.exists()


def test_no_more_files_than_the_question_allows(essay):
    essay.add(pdf("one.pdf"))
    essay.add(pdf("two.pdf"))

    refused = essay.add(pdf("three.pdf"))

    assert refused.status_code == 422
    assert "No more files" in refused.text
    assert AnswerFile.objects.count() == 2


def test_a_file_taken_back_is_not_handed_in(essay):
    essay.add(pdf())
    file = AnswerFile.objects.get()

    shown = essay.client.post(essay.url("remove_file", essay.attempt.pk, file.key))

    file.refresh_from_db()
    assert file.removed_at
    assert "brief.pdf" not in shown.text
    assert answer_of(essay).response == {}
    assert essay.client.get(essay.url("answer_file", essay.attempt.pk, file.key)).status_code == 404


def test_without_javascript_a_file_comes_with_the_page_and_goes_by_a_button(essay):
    name = f"item-{essay.item.pk}"
    page = essay.client.post(
        essay.url(), {"go": "next", f"{name}-text": "With a file.", f"{name}-file": pdf()}, follow=True
    )
    file = AnswerFile.objects.get()
    assert answer_of(essay).response == {"text": "With a file.", "files": [file.pk]}
    assert "brief.pdf" in page.text

    essay.post(f"remove-{file.key}", **{f"{name}-text": "With a file.", f"{name}-files": str(file.pk)})

    assert answer_of(essay).response == {"text": "With a file.", "files": []}


def test_a_refused_file_of_a_page_keeps_what_was_typed(essay):
    name = f"item-{essay.item.pk}"

    page = essay.client.post(
        essay.url(), {"go": "next", f"{name}-text": "Kept.", f"{name}-file": pdf("brief.exe")}, follow=True
    )

    assert "of a type that is not taken here" in page.text
    assert answer_of(essay).response["text"] == "Kept."


def test_nothing_is_added_or_taken_back_once_handed_in(essay):
    essay.add(pdf())
    file = AnswerFile.objects.get()
    essay.hand_in()

    refused = [
        essay.add(pdf("late.pdf")),
        essay.client.post(essay.url("remove_file", essay.attempt.pk, file.key)),
    ]

    assert [answer.status_code for answer in refused] == [422, 422]
    assert AnswerFile.objects.filter(removed_at=None).count() == 1


def test_the_result_opens_what_was_handed_in_and_waits_for_a_mark(essay):
    essay.add(pdf())

    result = essay.hand_in()

    assert "brief.pdf" in result.text
    assert "Your essay is waiting for its mark." in result.text


def test_marks_and_comments_are_shown_once_the_attempt_has_its_score(essay):
    from assessments.services import MarkGiven, mark_item
    from tests.factories.accounts import make_staff

    essay.add(pdf())
    essay.hand_in()

    mark_item(essay.item, MarkGiven(Decimal("0.75"), comment="Well argued."), marker=make_staff(), seen=None)
    result = essay.page(name="result")

    assert "Well argued." in result.text
    assert "75\xa0%" in result.text
    assert "0.75 of 1 point" in result.text
    assert "waiting" not in result.text


@pytest.mark.parametrize("person", ["another learner", "anonymous"])
def test_files_of_others_are_not_there(essay, person):
    essay.add(pdf())
    file = AnswerFile.objects.get()
    essay.client.logout()
    if person == "another learner":
        essay.client.force_login(make_enrolment(essay.enrolment.edition).person)

    opened = essay.client.get(essay.url("answer_file", essay.attempt.pk, file.key))
    taken_back = essay.client.post(essay.url("remove_file", essay.attempt.pk, file.key))

    assert {opened.status_code, taken_back.status_code} == ({404} if person == "another learner" else {302})
    file.refresh_from_db()
    assert file.removed_at is None


def test_no_file_is_added_to_a_question_that_takes_none(take):
    taking = take()
    item = taking.items[0]

    answer = taking.client.post(
        taking.url("add_file", taking.attempt.pk, item.pk), {f"item-{item.pk}-file": pdf()}
    )

    assert answer.status_code == 404
    assert not AnswerFile.objects.exists()
