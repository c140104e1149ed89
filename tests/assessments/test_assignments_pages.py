"""The pages of assignments: the whole way without JavaScript, whose they are, what they show, how many queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from assessments.assignments import services
from assessments.models import AssignmentFile, Submission
from cms.models import LmsDocument
from enrolments.models import ActivitySchedule
from tests.factories.accounts import make_person, make_staff
from tests.factories.assignments import (
    make_assignment,
    make_draft,
    make_rubric,
    make_submission,
    make_work_group,
    pdf_file,
    strong,
    text_file,
)
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return make_assignment(rubric=make_rubric(), max_files=20)


@pytest.fixture
def enrolment(assignment):
    return make_enrolment(make_edition(assignment.course))


@pytest.fixture
def learner(enrolment, client):
    client.force_login(enrolment.person)
    return enrolment.person


def url(name, enrolment, *args):
    return reverse(f"assignments:{name}", args=[enrolment.edition.code, *args])


def released(submission, **levels):
    marker = make_staff()
    services.save_marking(submission, strong(**levels), by=marker)
    services.add_returned_file(submission, pdf_file("annotated.pdf"), by=marker)
    services.finish_marking(submission, strong(**levels), by=marker)
    services.release(submission, by=marker)
    return submission


def test_the_whole_way_works_without_javascript(client, learner, enrolment, assignment):
    page = client.get(url("assignment", enrolment, assignment.pk))
    assert "Draft the order and give your reasons." in page.text
    assert "How your work is marked" in page.text

    begun = client.post(url("begin", enrolment, assignment.pk))
    draft = Submission.objects.get()
    assert begun.url == url("draft", enrolment, draft.pk)

    looked = client.post(
        begun.url,
        {"text": "We order it.", "sequence": 0, "files": text_file("plea.txt"), "review": ""},
        follow=True,
    )
    assert "We order it." in looked.text
    assert "plea.txt" in looked.text

    receipt = client.post(url("hand_in", enrolment, draft.pk), follow=True)
    draft.refresh_from_db()
    assert "Handed in on" in receipt.text
    assert draft.code in receipt.text
    assert draft.files.get().sha256 in receipt.text


def test_each_button_saves_the_text_first(client, learner, enrolment, assignment):
    draft = make_draft(assignment, enrolment, files=[text_file()])
    file = draft.files.get()

    client.post(url("draft", enrolment, draft.pk), {"text": "Kept.", "sequence": 0, "remove": file.pk})

    draft.refresh_from_db()
    assert draft.text == "Kept."
    assert not draft.files.exists()


@pytest.mark.parametrize("removed", ["²", "x", "9" * 40])
def test_a_button_that_names_no_file_removes_none(client, learner, enrolment, assignment, removed):
    draft = make_draft(assignment, enrolment, files=[text_file()])

    page = client.post(url("draft", enrolment, draft.pk), {"text": "Kept.", "sequence": 0, "remove": removed})

    assert page.status_code == 302
    assert draft.files.exists()


def test_a_file_that_is_refused_is_said_and_the_text_is_kept(client, learner, enrolment, assignment):
    draft = make_draft(assignment, enrolment)

    page = client.post(
        url("draft", enrolment, draft.pk),
        {"text": "Kept.", "sequence": 0, "files": pdf_file("fake.pdf", b"<html>")},
    )

    draft.refresh_from_db()
    assert page.status_code == 422
    assert "does not hold what its name says" in page.text
    assert draft.text == "Kept."


def test_a_newer_text_is_shown_beside_what_was_typed(client, learner, enrolment, assignment):
    draft = make_draft(assignment, enrolment, text="From the laptop.")

    page = client.post(url("draft", enrolment, draft.pk), {"text": "From the phone.", "sequence": 0})

    assert page.status_code == 409
    assert "From the laptop." in page.text
    assert "From the phone." in page.text
    assert 'name="sequence" value="1"' in page.text


def test_saving_while_typing_says_so_with_the_next_number(client, learner, enrolment, assignment):
    draft = make_draft(assignment, enrolment)
    address = url("save_text", enrolment, draft.pk)

    saved = client.post(address, {"text": "First.", "sequence": 0})
    stale = client.post(address, {"text": "Other.", "sequence": 0})

    assert "Saved" in saved.text
    assert saved["X-Sequence"] == "1"
    assert stale.status_code == 409
    assert "A newer text was saved meanwhile" in stale.text


@pytest.mark.parametrize("sequence", ["", "-1", "x", "99999999999999999999"])
def test_a_number_that_is_none_saves_nothing(client, learner, enrolment, assignment, sequence):
    draft = make_draft(assignment, enrolment)

    answer = client.post(url("save_text", enrolment, draft.pk), {"text": "Words", "sequence": sequence})

    assert answer.status_code == 422


def test_a_file_chosen_is_added_and_listed(client, learner, enrolment, assignment):
    draft = make_draft(assignment, enrolment)

    listed = client.post(url("add_files", enrolment, draft.pk), {"files": text_file("plea.txt")})
    refused = client.post(url("add_files", enrolment, draft.pk), {"files": text_file("plea.exe")})

    assert "plea.txt" in listed.text
    assert refused.status_code == 422
    assert "of a type that is not taken here" in refused.text


def test_the_second_member_of_a_group_is_told_who_handed_in(client):
    assignment = make_assignment(by_group=True)
    edition = make_edition(assignment.course)
    first, second = make_enrolment(edition), make_enrolment(edition)
    make_work_group(edition, first, second)
    draft = make_draft(assignment, second, text="Ours.")
    make_draft(assignment, first)
    services.hand_in(draft, first)
    client.force_login(second.person)

    page = client.post(url("hand_in", second, draft.pk), follow=True)

    assert f"{first.person.full_name} has handed this in for your group already." in page.text
    assert "for the whole group" in page.text


def test_before_it_is_released_nothing_of_the_marking_is_shown(client, learner, enrolment, assignment):
    submission = make_submission(assignment, enrolment)
    services.finish_marking(submission, strong(), by=make_staff())

    page = client.get(url("submission", enrolment, submission.pk))

    assert "Well argued." not in page.text
    assert "Receipt" in page.text


def test_a_released_mark_shows_rubric_comments_and_the_annotated_file(client, learner, enrolment, assignment):
    submission = released(make_submission(assignment, enrolment), c2="fair")
    file = submission.markings.get().files.get()

    page = client.get(url("submission", enrolment, submission.pk))
    sent = client.get(url("returned_file", enrolment, submission.pk, file.pk))

    assert "75.0" in page.text
    assert "Well argued." in page.text
    assert "c2 is fair [en]" in page.text
    assert sent["Content-Disposition"] == 'attachment; filename="annotated.pdf"'


def test_lateness_is_said_before_and_after_handing_in(client, learner, enrolment):
    late = make_assignment(enrolment.edition.course, late_penalty="0.05")
    ActivitySchedule.objects.create(
        edition=enrolment.edition, activity=late, due_at=timezone.now() - datetime.timedelta(hours=30)
    )
    draft = make_draft(late, enrolment, text="Late.")

    looked = client.get(url("review", enrolment, draft.pk))
    receipt = client.post(url("hand_in", enrolment, draft.pk), follow=True)

    assert "2 days late: −10 %" in looked.text.replace("\xa0", " ")
    assert "2 days late." in receipt.text


def test_files_are_only_ever_saved_and_never_cached(client, learner, enrolment, assignment):
    submission = make_submission(assignment, enrolment, files=[text_file("plea.txt", "abc")])

    sent = client.get(url("file", enrolment, submission.pk, submission.files.get().pk))

    assert sent.getvalue() == b"abc"
    assert sent["Content-Disposition"] == 'attachment; filename="plea.txt"'
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent["Content-Security-Policy"]
    assert "no-store" in sent["Cache-Control"]


def test_files_of_the_instructions_are_for_those_who_take_the_course(client, learner, enrolment, assignment):
    document = LmsDocument.objects.create(title="The case", file=pdf_file("case.pdf"))
    attachment = AssignmentFile.objects.create(assignment=assignment, document=document)
    address = url("attachment", enrolment, assignment.pk, attachment.pk)

    assert client.get(address).getvalue().startswith(b"%PDF")

    client.force_login(make_person())
    assert client.get(address).status_code == 404


NAMES = ["draft", "save_text", "add_files", "review", "hand_in", "submission"]


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_finds_nothing_and_a_visitor_is_asked_to_sign_in(client, enrolment, assignment, name):
    draft = make_draft(assignment, enrolment)
    address = url(name, enrolment, draft.pk)

    assert "/accounts/login/" in client.post(address).url

    client.force_login(make_enrolment(enrolment.edition).person)
    assert client.post(address).status_code == 404


def test_a_stranger_gets_no_file(client, enrolment, assignment):
    submission = released(make_submission(assignment, enrolment, files=[text_file()]))
    stranger = make_enrolment(enrolment.edition)
    other = make_submission(assignment, stranger)
    client.force_login(stranger.person)
    file, returned = submission.files.get(), submission.markings.get().files.get()

    for owner in (submission, other):
        assert client.get(url("file", enrolment, owner.pk, file.pk)).status_code == 404
        assert client.get(url("returned_file", enrolment, owner.pk, returned.pk)).status_code == 404


def test_an_annotated_file_waits_for_the_release(client, learner, enrolment, assignment):
    submission = make_submission(assignment, enrolment)
    file = services.add_returned_file(submission, pdf_file(), by=make_staff())

    assert client.get(url("returned_file", enrolment, submission.pk, file.pk)).status_code == 404


def test_who_has_withdrawn_finds_nothing(client, learner, enrolment, assignment):
    draft = make_draft(assignment, enrolment)
    enrolment.withdrawn_at = timezone.now()
    enrolment.save()

    assert client.get(url("draft", enrolment, draft.pk)).status_code == 404


def test_in_its_lesson_it_says_how_one_stands(client, learner, enrolment, assignment):
    lesson = assignment.placements.get().lesson
    address = reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk])

    assert "Open the assignment" in client.get(address).text
    draft = make_draft(assignment, enrolment, text="Words.")
    assert "You have begun a draft." in client.get(address).text
    services.hand_in(draft, enrolment)
    assert "Handed in, waiting to be marked" in client.get(address).text
    released(draft)
    assert "Marked: 100" in client.get(address).text


def test_what_is_left_names_the_assignment(client, learner, enrolment, assignment):
    page = client.get(reverse("learning:my_learning"))

    lesson = assignment.placements.get().lesson
    assert f"Hand in the assignment in “{lesson.title}” (you need 60" in page.text


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_pages_ask_as_much_with_twelve_files_as_with_two(client, learner, enrolment, assignment):
    draft = make_draft(
        assignment, enrolment, text="Words.", files=[text_file(content="1"), text_file(content="2")]
    )
    addresses = [url(name, enrolment, draft.pk) for name in ("draft", "review")]

    few = [queries_of(client, address) for address in addresses]
    for number in range(3, 13):
        services.add_file(draft, text_file(content=str(number)), by=learner)

    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 30


def test_saving_while_typing_takes_few_queries(client, learner, enrolment, assignment):
    draft = make_draft(assignment, enrolment)

    with CaptureQueriesContext(connection) as queries:
        client.post(url("save_text", enrolment, draft.pk), {"text": "First.", "sequence": 0})

    assert len(queries) <= 9


def test_a_document_of_the_instructions_has_no_public_address(client, enrolment, assignment):
    document = LmsDocument.objects.create(title="The case", file=pdf_file("case.pdf"))
    enrolment.edition.is_restricted = assignment.course.is_restricted = True
    enrolment.edition.save()
    assignment.course.save()
    AssignmentFile.objects.create(assignment=assignment, document=document)
    ReferenceIndex.create_or_update_for_object(assignment)

    assert client.get(document.url).status_code == 404
