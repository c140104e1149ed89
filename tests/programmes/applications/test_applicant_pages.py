"""The pages of an applicant and a referee: to whom they open, what they refuse, what they keep."""

import datetime
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from programmes.applications import services
from programmes.applications.tokens import token_of
from programmes.models import Application, InterviewInvitation, PartialUpload
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import (
    make_call,
    make_declaration,
    make_draft,
    make_pdf,
    make_question,
    make_ready,
    make_referee,
    make_submitted,
    make_translated,
    make_wanted,
)

pytestmark = pytest.mark.django_db

STEPS = ["person", "questions", "documents", "referees", "review", "messages", "withdraw"]


def address(name, call, *args):
    return reverse(f"applications:{name}", args=[call.code, *args])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def full_call():
    call = make_call(referees_wanted=1, introduction="Who may apply.")
    make_question(call, most_words=300)
    make_translated(call)
    make_declaration(call)
    return call


def test_a_visitor_sees_the_call_and_comes_back_to_it_after_signing_in(client):
    call = full_call()

    page = client.get(address("start", call)).text

    assert "Who may apply." in page
    assert f"/accounts/login/?next={address('start', call)}" in page


def test_a_call_that_is_not_published_is_not_there(client):
    assert client.get(address("start", make_call(published_at=None))).status_code == 404


@pytest.mark.parametrize("step", STEPS)
def test_the_steps_are_for_the_applicant_alone(client, step):
    application = make_draft(full_call())
    call = application.call

    assert signed_in(application.person).get(address(step, call)).status_code == 200
    assert signed_in(make_person()).get(address(step, call)).status_code == 404
    assert client.get(address(step, call)).status_code == 302


def test_beginning_leads_to_the_first_step():
    call, person = full_call(), make_person()

    response = signed_in(person).post(address("begin", call))

    assert response.url == address("person", call)
    assert Application.objects.get().person == person


def test_a_half_filled_step_is_saved_and_leads_on():
    application = make_draft(full_call())
    client = signed_in(application.person)

    response = client.post(address("person", application.call), {"family_name": "Traoré", "sequence": 0})

    assert response.url == address("questions", application.call)
    application.refresh_from_db()
    assert application.family_name == "Traoré"


def test_a_step_says_what_is_optional_and_takes_a_draft_that_lacks_what_is_not():
    application = make_draft(full_call())
    make_question(application.call, name="Anything else?", is_required=False)
    client, questions = signed_in(application.person), address("questions", application.call)

    page = client.get(questions).text
    response = client.post(questions, {"sequence": 0})

    assert page.count("(optional)") == 1
    assert response.status_code == 302


def test_what_cannot_be_read_comes_back_as_it_was_typed():
    application = make_draft()
    client = signed_in(application.person)

    response = client.post(
        address("person", application.call), {"family_name": "Traoré", "born_on": "soon", "sequence": 0}
    )

    assert response.status_code == 422
    assert "Traoré" in response.text
    application.refresh_from_db()
    assert application.family_name != "Traoré"


def test_saving_while_typing_answers_with_the_new_number_and_never_overwrites_newer_answers():
    application = make_draft(full_call())
    client, question = signed_in(application.person), application.call.questions.get()
    typed = {f"question-{question.pk}": "First", "sequence": 0}

    saved = client.post(address("questions", application.call), typed, headers={"X-Autosave": "1"})
    older = client.post(
        address("questions", application.call),
        typed | {f"question-{question.pk}": "Second"},
        headers={"X-Autosave": "1"},
    )

    assert (saved.status_code, saved["X-Sequence"]) == (200, "1")
    assert older.status_code == 409
    assert application.answers.get().text == "First"


def test_a_submitted_application_leads_from_its_steps_to_the_call():
    application = make_submitted(full_call())
    client = signed_in(application.person)

    assert client.get(address("person", application.call)).url == address("start", application.call)
    assert client.get(address("review", application.call)).url == address("receipt", application.call)
    assert application.receipt.reference in client.get(address("start", application.call)).text


def test_submitting_without_a_declaration_says_so_and_with_it_leads_to_the_receipt():
    application = make_ready(full_call())
    client, declaration = signed_in(application.person), application.call.declarations.get()

    refused = client.post(address("review", application.call))
    done = client.post(address("review", application.call), {"declared": declaration.pk}, follow=True)

    assert refused.status_code == 422
    assert "Tick every declaration" in refused.text
    assert application.receipt.content["files"][0]["sha256"] in done.text


def test_a_file_is_uploaded_without_javascript_and_its_problem_is_said_beside_it():
    application = make_draft(full_call())
    client, wanted = signed_in(application.person), application.call.wanted_documents.first()
    upload = address("upload", application.call, wanted.key)

    done = client.post(upload, {"file": make_pdf("diploma.pdf"), "language": ""})
    refused = client.post(upload, {"file": SimpleUploadedFile("diploma.pdf", b"no"), "language": ""})

    assert done.url == address("documents", application.call)
    assert refused.status_code == 422
    assert "does not hold what its name says" in refused.text
    assert application.documents.get(wanted=wanted).versions.count() == 1


def test_a_scan_of_300_mb_is_refused_by_its_announced_length_before_the_form_is_read():
    application = make_draft(full_call())
    client, wanted = signed_in(application.person), application.call.wanted_documents.first()

    response = client.post(
        address("upload", application.call, wanted.key),
        b"not a form at all",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
    )

    assert response.status_code == 413
    assert "has 300 MB; at most 10 MB are taken" in response.text


def test_a_file_is_not_taken_without_the_token_of_the_form():
    application = make_draft(full_call())
    client = Client(enforce_csrf_checks=True)
    client.force_login(application.person)
    wanted = application.call.wanted_documents.first()

    response = client.post(address("upload", application.call, wanted.key), {"file": make_pdf()})

    assert response.status_code == 403
    assert not application.documents.exists()


def parts_of(application, wanted):
    return address("begin_parts", application.call, wanted.key)


def send_part(client, application, wanted, key, content, offset):
    return client.post(
        address("part", application.call, wanted.key, key, offset),
        content,
        content_type="application/octet-stream",
    )


def test_a_file_in_parts_goes_on_where_it_stopped_and_is_put_together_once():
    application = make_draft(full_call())
    client, wanted, key = signed_in(application.person), application.call.wanted_documents.first(), uuid4()
    content = make_pdf().read()
    begun = {"key": key, "name": "diploma.pdf", "size": len(content)}

    assert client.post(parts_of(application, wanted), begun)["X-Received"] == "0"
    assert send_part(client, application, wanted, key, content[:100], 0)["X-Received"] == "100"
    # The answer was lost: the same bytes come again, and bytes from too far on.
    assert send_part(client, application, wanted, key, content[:100], 0)["X-Received"] == "100"
    assert send_part(client, application, wanted, key, content[300:], 300)["X-Received"] == "100"
    # Another page later.
    assert client.post(parts_of(application, wanted), begun)["X-Received"] == "100"
    whole = send_part(client, application, wanted, key, content[100:], 100)
    again = client.post(parts_of(application, wanted), begun)

    assert (whole.status_code, again.status_code) == (200, 200)
    version = application.documents.get().current
    with version.file.open("rb") as kept:
        assert kept.read() == content
    assert not PartialUpload.objects.get().parts.exists()


def test_a_file_in_parts_is_refused_by_its_size_before_the_first_and_by_its_content_after_the_last():
    application = make_draft(full_call())
    client, wanted = signed_in(application.person), application.call.wanted_documents.first()

    large = client.post(
        parts_of(application, wanted), {"key": uuid4(), "name": "scan.pdf", "size": 300 * 1024 * 1024}
    )
    key = uuid4()
    client.post(parts_of(application, wanted), {"key": key, "name": "letter.pdf", "size": 4})
    wrong = send_part(client, application, wanted, key, b"text", 0)

    assert (large.status_code, wrong.status_code) == (422, 422)
    assert "at most 10 MB" in large.text
    assert "does not hold what its name says" in wrong.text
    assert not PartialUpload.objects.exists()


def test_files_on_their_way_are_nobody_elses():
    application, other = make_draft(full_call()), make_draft(full_call())
    wanted, key = application.call.wanted_documents.first(), uuid4()
    services.begin_upload(application, wanted, key=key, name="a.pdf", size=10)

    response = send_part(signed_in(other.person), application, wanted, key, b"x", 0)

    assert response.status_code == 404


def test_one_s_own_file_opens_and_nobody_else_s():
    call = full_call()
    application = make_ready(call)
    version = application.documents.first().current
    other = make_draft(call)

    own = signed_in(application.person).get(address("file", call, version.pk))
    others = signed_in(other.person).get(address("file", call, version.pk))

    assert own.status_code == 200
    assert own["Cache-Control"] == "private, no-store"
    assert others.status_code == 404


def test_the_reason_stands_beside_a_returned_document():
    application = make_ready(full_call())
    document = application.documents.first()
    services.return_document(document, by=make_person(), why="The stamp is missing.")

    page = signed_in(application.person).get(address("documents", application.call)).text

    assert "Returned" in page
    assert "The stamp is missing." in page


def test_a_message_is_kept():
    application = make_draft()
    client = signed_in(application.person)

    client.post(address("messages", application.call), {"text": "May I send it later?"})

    assert "May I send it later?" in client.get(address("messages", application.call)).text


@pytest.fixture
def referee_page(client):
    cache.clear()
    referee = make_referee(make_draft(full_call()))
    return client, referee, reverse("applications:referee", args=[token_of(referee)])


def test_a_referee_answers_without_an_account(referee_page):
    client, referee, link = referee_page

    assert "A reference for" in client.get(link).text
    refused = client.post(link, {"recommendation": "yes"})
    done = client.post(link, {"recommendation": "yes", "letter": make_pdf()})

    assert refused.status_code == 422
    assert "Thank you" in done.text
    referee.refresh_from_db()
    assert referee.answered_at
    assert "Thank you" in client.get(link).text


def test_the_applicant_never_sees_the_letter(referee_page):
    client, referee, link = referee_page
    client.post(
        link, {"recommendation": "no", "comments": "Too early for it.", "letter": make_pdf("ref.pdf")}
    )
    application = referee.application

    for step in ["start", "referees", "review", "documents"]:
        page = signed_in(application.person).get(address(step, application.call)).text
        assert "Too early for it." not in page
        assert "ref.pdf" not in page


def test_invented_links_are_counted_and_stopped(referee_page):
    client, _referee, link = referee_page

    for number in range(30):
        assert client.get(reverse("applications:referee", args=[f"x{number}"])).status_code == 404

    assert client.get(link).status_code == 429


def test_the_referee_who_cannot_write_says_so(referee_page):
    client, referee, link = referee_page

    client.post(link, {"decline": "1"})

    referee.refresh_from_db()
    assert referee.declined_at


@pytest.mark.parametrize("step", ["documents", "referees", "review"])
def test_pages_ask_as_often_for_many_documents_as_for_few(django_assert_max_num_queries, step):
    application = make_ready(full_call())
    for _number in range(8):
        make_wanted(application.call, is_required=False)
    client = signed_in(application.person)
    client.get(address(step, application.call))

    with django_assert_max_num_queries(26):
        client.get(address(step, application.call))


def test_the_page_of_a_programme_leads_to_its_open_call_and_to_no_other(client):
    call = make_call(name="Applications 2027")
    make_call(call.programme_edition, name="Not published", published_at=None)
    make_call(name="Of another programme")
    page = call.programme_edition.page

    text = client.get(page.get_url()).text

    assert address("start", call) in text
    assert "Not published" not in text
    assert "Of another programme" not in text


def test_after_submitting_the_first_page_says_what_waits_for_the_applicant():
    call = full_call()
    application = make_submitted(call)
    staff, own = make_staff(), signed_in(application.person)
    start = address("start", call)

    assert "Choose a time for your interview" not in own.get(start).text
    InterviewInvitation.objects.create(application=application, invited_by=staff)
    services.return_document(application.documents.first(), by=staff, why="The seal cannot be read.")
    waiting = own.get(start).text
    services.record_outcome(application, "not_admitted", by=None)
    told = own.get(start).text

    assert "came back to you" in waiting
    assert "Choose a time for your interview" in waiting
    assert "Read your result" in told
    assert "came back to you" not in told
    assert "Choose a time for your interview" not in told


def test_the_deadline_is_said_by_the_clock_of_the_programme_and_of_the_applicant():
    call = make_call(closes_at=datetime.datetime(2031, 7, 1, 21, 59, 59, tzinfo=datetime.UTC))
    abroad = make_draft(call, make_person(time_zone="Asia/Tashkent"))
    unknown = make_draft(call, make_person(time_zone="UTC"))

    page = signed_in(abroad.person).get(address("person", call)).text
    plain = signed_in(unknown.person).get(address("person", call)).text

    assert "1 July 2031, 23:59:59 (Europe/Rome); where you are: 2 July 2031, 02:59:59 (Asia/Tashkent)" in page
    assert "23:59:59 (Europe/Rome)." in plain
