"""From the call to the receipt: what is missing, what is declared, the deadline to the second."""

import datetime
from hashlib import sha256

import pytest
from django.utils import timezone

from foundation.outbox.models import Message
from programmes.applications import services
from programmes.applications.refusals import ApplicationRefused, NewerAnswers, Refusal
from programmes.models import (
    OTHER_LANGUAGE,
    Application,
    ApplicationEvent,
    ApplicationState,
    Mode,
    QuestionKind,
)
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import (
    fill_person,
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
    submit,
)
from tests.factories.programmes import make_programme_edition

pytestmark = pytest.mark.django_db


def refused(call, *args, **kwargs):
    with pytest.raises(ApplicationRefused) as caught:
        call(*args, **kwargs)
    return caught.value


def full_call(**fields):
    edition = make_programme_edition()
    edition.modes.create(mode=Mode.ONLINE)
    call = make_call(edition, referees_wanted=1, **fields)
    make_question(call)
    make_wanted(call)
    make_declaration(call)
    return call


def test_a_complete_draft_is_submitted_and_gets_a_number_and_the_hashes_of_its_files():
    application = make_ready(full_call())
    wanted = application.call.wanted_documents.get()
    pdf = make_pdf()
    services.upload_document(application, wanted, pdf, by=application.person)

    receipt = submit(application)

    pdf.seek(0)
    assert receipt.number == 1
    assert [file["sha256"] for file in receipt.content["files"]] == [sha256(pdf.read()).hexdigest()]
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert application.declarations.get().words == application.call.declarations.get().name
    written = Message.objects.get(kind="programmes.application_submitted")
    assert receipt.reference in written.subject
    assert receipt.content["files"][0]["sha256"] in written.body


def test_submitting_twice_gives_the_same_receipt_and_writes_once():
    application = make_submitted()

    again = submit(application)

    assert again == application.receipt
    assert Message.objects.filter(kind="programmes.application_submitted").count() == 1
    assert application.call.receipts.count() == 1


def test_numbers_count_up_within_a_call():
    call = make_call()

    assert [make_submitted(call).receipt.number for _time in range(3)] == [1, 2, 3]


def test_what_is_missing_is_said_in_full_and_nothing_is_submitted():
    call = full_call()
    application = make_draft(call)

    refusal = refused(submit, application)

    assert refusal.refusal == Refusal.INCOMPLETE
    assert call.wanted_documents.get().name in str(refusal)
    assert call.questions.get().name in str(refusal)
    assert "Name 1 more referee." in str(refusal)
    application.refresh_from_db()
    assert application.submitted_at is None


def test_every_declaration_has_to_be_ticked():
    application = make_ready(full_call())

    refusal = refused(services.submit, application, declared=[], language="en")

    assert refusal.refusal == Refusal.UNDECLARED
    assert not application.declarations.exists()


@pytest.mark.parametrize(
    ("seconds", "grace", "taken"), [(-1, 0, True), (10, 0, False), (10, 60, True), (61, 60, False)]
)
def test_the_deadline_counts_to_the_second_with_the_grace_of_the_call(seconds, grace, taken):
    application = make_ready(make_call(grace_seconds=grace))
    Application.objects.update(begun_at=timezone.now() - datetime.timedelta(days=1))
    close(application.call, seconds_ago=seconds)

    if taken:
        assert submit(application).number == 1
        return
    refusal = refused(submit, application)

    assert refusal.refusal == Refusal.CLOSED
    assert "to the second" in str(refusal)
    application.refresh_from_db()
    assert application.given_names == "Amina"
    assert application.state == ApplicationState.DRAFT


def close(call, *, seconds_ago):
    call.closes_at = timezone.now() - datetime.timedelta(seconds=seconds_ago)
    call.save()


def test_the_grace_is_for_what_was_begun_in_time():
    call = make_call(grace_seconds=3600)
    close(call, seconds_ago=10)

    assert refused(services.begin, make_person(), call, language="en").refusal == Refusal.CLOSED


def test_staff_let_one_applicant_in_late_and_nobody_else():
    call = make_call()
    late, other = make_ready(call), make_ready(call)
    close(call, seconds_ago=3600)
    until = timezone.now() + datetime.timedelta(hours=2)

    services.let_in_late(late, until=until, by=make_staff(), reason="Power cut.")

    assert submit(late).number == 1
    assert refused(submit, other).refusal == Refusal.CLOSED
    assert late.events.get(kind=ApplicationEvent.Kind.LATE_ALLOWED).reason == "Power cut."


def test_letting_in_late_needs_a_reason():
    until = timezone.now() + datetime.timedelta(hours=2)

    refusal = refused(services.let_in_late, make_draft(), until=until, by=make_staff(), reason=" ")

    assert refusal.refusal == Refusal.NO_REASON


def test_a_person_has_one_standing_application_to_a_call_and_another_after_withdrawing():
    call, person = make_call(), make_person()
    first = make_draft(call, person)

    assert make_draft(call, person) == first
    services.withdraw_application(first, by=person)
    assert make_draft(call, person) != first


@pytest.mark.parametrize("name", ["published_at", "opens_at", "cancelled_at"])
def test_nothing_begins_before_the_call_is_published_and_open_or_once_it_is_cancelled(name):
    later = timezone.now() + datetime.timedelta(days=1)
    value = {"published_at": None, "opens_at": later, "cancelled_at": timezone.now()}[name]
    call = make_call(**{name: value})

    refusal = refused(services.begin, make_person(), call, language="en")

    expected = {"published_at": "not_published", "opens_at": "not_open", "cancelled_at": "cancelled"}
    assert refusal.refusal == expected[name]


def test_older_answers_never_overwrite_newer_ones():
    application = make_draft()
    question = make_question(application.call)
    services.save_answers(application, {question.pk: "Newer"}, sequence=0, language="en")

    with pytest.raises(NewerAnswers):
        services.save_answers(application, {question.pk: "Older"}, sequence=0, language="en")

    assert application.answers.get().text == "Newer"


def test_the_same_answer_twice_is_saved_once():
    application = make_draft()
    question = make_question(application.call)

    first = services.save_answers(application, {question.pk: "One"}, sequence=0, language="en")
    again = services.save_answers(application, {question.pk: "One"}, sequence=0, language="en")

    assert (first.sequence, again.sequence) == (1, 1)


def test_an_option_of_another_question_is_refused():
    application = make_draft()
    asked = make_question(application.call, kind=QuestionKind.CHOICE)
    other = make_question(application.call, kind=QuestionKind.CHOICE).options.create(name="Other")

    refusal = refused(services.save_answers, application, {asked.pk: other}, sequence=0, language="en")

    assert refusal.refusal == Refusal.WRONG_OPTION


def test_a_submitted_application_is_not_changed_any_more():
    application = make_submitted()

    assert refused(fill_person, application).refusal == Refusal.SUBMITTED


def test_a_translation_is_wanted_once_the_original_is_in_no_language_of_the_call():
    call = make_call()
    original, translation = make_translated(call)
    application = make_ready(call)
    services.say_language(application, original, "")
    assert f"Say in which language “{original.name}”" in str(refused(submit, application))

    services.say_language(application, original, OTHER_LANGUAGE)
    assert translation.name in str(refused(submit, application))

    services.upload_document(application, translation, make_pdf(), by=application.person)
    assert submit(application).number == 1


def test_a_referee_whose_link_was_taken_back_is_lacking_again():
    application = make_ready(make_call(referees_wanted=1))
    services.revoke_referee(application.referees.get(), by=application.person)

    assert refused(submit, application).refusal == Refusal.INCOMPLETE
    make_referee(application)
    assert submit(application).number == 1


def test_withdrawing_is_recorded_and_confirmed_and_ends_at_the_decision():
    application, decided = make_submitted(), make_submitted()
    services.record_outcome(decided, "not_admitted", by=make_staff())

    services.withdraw_application(application, by=application.person, reason="Another post.")

    assert Message.objects.filter(kind="programmes.application_withdrawn").count() == 1
    assert refused(services.withdraw_application, decided, by=decided.person).refusal == Refusal.DECIDED


def test_only_what_is_submitted_and_in_order_is_marked_complete():
    staff = make_staff()
    application, draft = make_submitted(), make_draft()

    services.mark_complete(application, by=staff)

    application.refresh_from_db()
    assert application.state == ApplicationState.COMPLETE
    assert refused(services.mark_complete, draft, by=staff).refusal == Refusal.NOT_SUBMITTED
