"""The staff's list and dossiers: who may, what is found, what is written down."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from programmes.applications import services
from programmes.applications.duplicates import address_key, alike_in, name_key
from programmes.models import Application, Call, CallQuestion, DocumentState, FileView, Mode
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import (
    make_call,
    make_draft,
    make_pdf,
    make_question,
    make_ready,
    make_referee,
    make_submitted,
    make_translated,
    make_wanted,
)
from tests.factories.portfolio import country
from tests.factories.programmes import give_programme_role, make_programme_edition

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"application_calls:{name}", args=args)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def call():
    call = make_call(referees_wanted=1)
    make_wanted(call)
    return call


@pytest.fixture
def coordinator(call):
    person = make_staff()
    give_programme_role(person, call.programme_edition, Role.COORDINATOR)
    return person


@pytest.fixture
def desk(coordinator):
    return signed_in(coordinator)


def is_hidden(client, url):
    """Whether it is not there, nor under an address with a language, where Django looks next."""
    return client.get(url, follow=True).status_code == 404


def screens(application):
    version = application.documents.get().current
    return [
        address("applications", application.call_id),
        address("export", application.call_id),
        address("setup", application.call_id),
        address("dossier", application.pk),
        address("file", application.pk, version.pk),
        address("late", application.pk),
    ]


def test_the_screens_are_for_coordinators_of_the_edition_alone(call, desk):
    application = make_submitted(call)
    elsewhere, registrar, assessor = make_staff(), make_staff(), make_staff()
    give_programme_role(elsewhere, make_programme_edition(), Role.COORDINATOR)
    give_programme_role(registrar, call.programme_edition, Role.REGISTRAR)
    give_programme_role(assessor, call.programme_edition, Role.ASSESSOR)

    for screen in screens(application):
        assert desk.get(screen).status_code == 200, screen
        for person in (elsewhere, registrar, assessor):
            assert is_hidden(signed_in(person), screen), screen
        assert signed_in(make_person()).get(screen).status_code == 302
        assert Client().get(screen).status_code == 302


def test_nobody_handles_their_own_application(call, coordinator, desk):
    own = make_submitted(call, coordinator)

    assert is_hidden(desk, address("dossier", own.pk))
    assert own.full_name not in desk.get(address("applications", call.pk)).text


def test_every_view_of_a_sensitive_file_is_written_down_and_shown_on_the_dossier(call, coordinator, desk):
    application = make_submitted(call)
    version = application.documents.get().current

    shown = desk.get(address("file", application.pk, version.pk))

    assert shown["Content-Security-Policy"] == "default-src 'none'"
    view = FileView.objects.get()
    assert (view.by, view.version) == (coordinator, version)
    assert str(coordinator) in desk.get(address("dossier", application.pk)).text
    other = make_submitted(call)
    assert is_hidden(desk, address("file", other.pk, version.pk))


def test_a_letter_is_read_by_staff_and_the_view_is_written_down(call, desk):
    application = make_ready(call)
    referee = services.answer_as_referee(
        application.referees.get(), recommendation="yes", comments="", letter=make_pdf()
    )

    response = desk.get(address("letter", application.pk, referee.letters.get().pk))

    assert response.status_code == 200
    assert FileView.objects.get().letter == referee.letters.get()


def test_a_document_is_returned_with_its_reason_and_never_without(call, desk):
    application = make_submitted(call)
    document = application.documents.get()
    verdict = address("verdict", application.pk, document.pk)
    typed = {f"{document.pk}-version": document.current_id, "return": "1"}

    refused = desk.post(verdict, typed | {f"{document.pk}-why": ""})
    done = desk.post(verdict, typed | {f"{document.pk}-why": "The seal cannot be read."})

    assert (refused.status_code, done.status_code) == (422, 302)
    document.refresh_from_db()
    assert document.state == DocumentState.RETURNED
    assert "The seal cannot be read." in Message.objects.get(kind="programmes.document_returned").body
    assert Entry.objects.filter(action="programmes.document_returned").count() == 1


def test_nothing_more_is_asked_of_somebody_who_was_told_no_and_a_message_still_reaches_them(call, desk):
    application = make_submitted(call)
    document = application.documents.get()
    services.record_outcome(application, "not_admitted", by=None)
    Message.objects.all().delete()

    page = desk.get(address("dossier", application.pk)).text
    refused = desk.post(
        address("verdict", application.pk, document.pk),
        {f"{document.pk}-version": document.current_id, f"{document.pk}-why": "Blurred.", "return": "1"},
        follow=True,
    )
    for name in ("remind", "complete"):
        desk.post(address("act", application.pk), {name: "1"})

    document.current.refresh_from_db()
    assert document.current.verdict == ""
    assert "nothing more is asked of them" in refused.text
    assert "Accept or return" not in page
    assert not Message.objects.exists()
    desk.post(address("message", application.pk), {"message-text": "Thank you for asking."})
    assert Message.objects.get().kind == "programmes.application_message"


def test_nobody_is_reminded_of_a_draft_that_can_no_longer_be_submitted(call, desk):
    draft = make_draft(call)
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - datetime.timedelta(hours=1))

    said = desk.post(address("act", draft.pk), {"remind": "1"}, follow=True).text

    assert "Let the person in late first" in said
    assert not Message.objects.filter(kind="programmes.application_reminded").exists()


def test_notes_stay_with_staff_and_messages_reach_the_applicant_in_their_language(call, desk):
    application = make_submitted(call, make_person(language="fr"))

    desk.post(address("note", application.pk), {"note-text": "Ask about the diploma."})
    desk.post(address("message", application.pk), {"message-text": "Bonjour."})

    dossier = desk.get(address("dossier", application.pk)).text
    assert "Ask about the diploma." in dossier
    own = signed_in(application.person)
    pages = [
        own.get(reverse(f"applications:{name}", args=[call.code])).text for name in ("start", "messages")
    ]
    assert not any("Ask about the diploma." in page for page in pages)
    assert "Bonjour." in pages[1]
    assert Message.objects.get(kind="programmes.application_message").language == "fr"


def test_the_list_is_narrowed_down(call, desk):
    kenyan, draft = make_submitted(call), make_draft(call)
    french = make_submitted(call)
    Application.objects.filter(pk=french.pk).update(
        country=country("FR"), gender="woman", mode=Mode.ONLINE, given_names="Éloïse", family_name="Martin"
    )
    services.return_document(french.documents.get(), by=make_staff(), why="Cut off.")

    def found(**wanted):
        response = desk.get(address("applications", call.pk), wanted)
        return {row.application.pk for row in response.context_data["rows"]}

    assert found() == {kenyan.pk, draft.pk, french.pk}
    assert found(state="draft") == {draft.pk}
    assert found(country=country("FR").pk) == {french.pk}
    assert found(gender="woman", mode="online") == {french.pk}
    assert found(q=f"martin {french.receipt.number}") == {french.pk}
    assert found(lacking="returned") == {french.pk}
    assert found(lacking="documents") == {draft.pk}
    assert found(lacking="unread") == {kenyan.pk}
    assert found(lacking="nothing") == set()


def test_who_may_be_one_person_is_said_with_the_reason(call):
    first, second = make_submitted(call), make_submitted(call)
    third = make_draft(call, make_person(email="a.mina+two@example.org"))
    fourth = make_draft(call, make_person(email="amina@example.org"))
    Application.objects.filter(pk=second.pk).update(
        given_names="DIALLO", family_name="Amína", born_on=datetime.date(1970, 1, 1)
    )

    alike = alike_in(call)

    assert [(one.application_id, one.reason) for one in alike[first.pk]] == [(second.pk, "The same name")]
    assert "Nearly the same e-mail address" in {one.reason for one in alike[third.pk]}
    assert fourth.pk in {one.application_id for one in alike[third.pk]}


def test_the_same_file_in_two_applications_is_noticed(call):
    wanted, file = call.wanted_documents.get(), make_pdf()
    first, second = make_draft(call), make_draft(call)
    services.upload_document(first, wanted, file, by=first.person)
    services.upload_document(second, wanted, file, by=second.person)

    assert "The same file" in {one.reason for one in alike_in(call)[first.pk]}


def test_names_are_compared_without_order_case_and_accents():
    assert name_key("Amina Zahra", "El-Fassi") == name_key("EL FASSI", "Aminá-Zahra")
    assert address_key("A.Mina+x@Example.org") == address_key("amina@example.org")
    assert address_key("amina@example.org") != address_key("amina@example.com")


def test_many_are_reminded_or_marked_complete_at_once_and_each_refusal_is_said(call, desk):
    complete, draft = make_submitted(call), make_draft(call)
    ticked = {"application": [complete.pk, draft.pk]}
    bulk = address("bulk", call.pk)

    done = desk.post(bulk, ticked | {"action": "complete"}, follow=True)
    desk.post(bulk, ticked | {"action": "remind"})

    assert "Done for one application." in done.text
    assert "has not been submitted yet" in done.text
    complete.refresh_from_db()
    assert complete.completed_at
    reminded = Message.objects.get(kind="programmes.application_reminded")
    assert reminded.recipient == draft.person
    assert "is missing" in reminded.body


def test_bulk_actions_touch_no_application_of_another_call(call, desk):
    other = make_draft()

    desk.post(address("bulk", call.pk), {"application": [other.pk], "action": "remind"})

    assert not Message.objects.filter(kind="programmes.application_reminded").exists()


def test_an_export_asks_why_and_is_recorded(call, desk):
    make_submitted(call)

    refused = desk.post(address("export", call.pk), {"reason": ""})
    file = desk.post(address("export", call.pk), {"reason": "For the committee."})

    assert refused.status_code == 422
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    assert Entry.objects.get(action="programmes.export_applications").reason == "For the committee."


def test_the_list_of_2000_takes_at_most_20_queries(call, desk, django_assert_max_num_queries):
    make_submitted(call)
    make_many(call, 2000)
    desk.get(address("applications", call.pk))

    for wanted in ({}, {"lacking": "alike"}, {"lacking": "documents", "state": "draft", "q": "name"}):
        with django_assert_max_num_queries(20):
            page = desk.get(address("applications", call.pk), wanted)
        assert page.context_data["page"].paginator.num_pages > 30


def make_many(call, number):
    """Rows of a long list, written at once: people with drafts that differ in nothing but their names."""
    people = User.objects.bulk_create(
        [User(email=f"many{n}@example.org", first_name="M") for n in range(number)]
    )
    Application.objects.bulk_create(
        [
            Application(call=call, person=person, given_names=f"Name {n // 2}", family_name="Alike")
            for n, person in enumerate(people)
        ]
    )


def test_a_dossier_asks_as_often_for_many_documents_as_for_few(call, desk, django_assert_max_num_queries):
    application = make_submitted(call)
    for _number in range(10):
        make_wanted(call, is_required=False)
    desk.get(address("dossier", application.pk))

    with django_assert_max_num_queries(45):
        desk.get(address("dossier", application.pk))


def test_a_call_is_set_up_published_and_cancelled_by_its_coordinator(call, desk):
    typed = {
        "programme_edition": call.programme_edition_id,
        "name": "Call 2027",
        "name_fr": "Appel 2027",
        "code": "call-2027",
        "opens_at": "2027-01-01 09:00",
        "closes_at": "2027-02-01 23:59:59",
        "grace_seconds": 0,
        "document_languages": ["en", "fr"],
        "referees_wanted": 2,
        "referee_days": 21,
    }

    assert desk.post(address("add"), typed).status_code == 302
    made = Call.objects.get(code="call-2027")
    assert (made.names, made.published_at, made.closes_at.second) == ({"fr": "Appel 2027"}, None, 59)
    desk.post(
        address("add_part", made.pk, "questions"),
        {
            "name": "Which phase?",
            "key": "phase",
            "position": 1,
            "kind": "choice",
            "options": "One | Un\nTwo | Deux",
        },
    )
    desk.post(
        address("add_part", made.pk, "documents"),
        {"name": "Passport", "key": "passport", "position": 1, "file_types": ["pdf", "jpg"], "most_mb": 5},
    )
    desk.post(address("publish", made.pk))
    made.refresh_from_db()
    assert made.is_published
    question = CallQuestion.objects.get(call=made)
    assert [option.name_in("fr") for option in question.options.all()] == ["Un", "Deux"]
    assert made.wanted_documents.get().file_types == ["pdf", "jpg"]
    desk.post(address("cancel", made.pk), {"reason": "No money."})
    made.refresh_from_db()
    assert not made.is_published


def test_a_question_that_somebody_answered_stays(call, desk):
    question = make_question(call)
    application = make_draft(call)
    services.save_answers(application, {question.pk: "Yes."}, sequence=0, language="en")

    page = desk.post(address("remove_part", call.pk, "questions", question.pk), follow=True)

    assert "Somebody has answered this already" in page.text
    assert CallQuestion.objects.filter(pk=question.pk).exists()


def test_a_translation_and_several_versions_are_on_the_dossier(desk, call):
    original, translation = make_translated(call)
    application = make_draft(call)
    for wanted in (original, original, translation):
        services.upload_document(application, wanted, make_pdf(), by=application.person)

    page = desk.get(address("dossier", application.pk)).text

    assert "version 2" in page
    assert translation.name in page


def test_letting_in_late_is_recorded(call, desk):
    application = make_draft(call)

    response = desk.post(
        address("late", application.pk), {"until": "2099-01-01 12:00", "reason": "Hospital."}
    )

    assert response.status_code == 302
    application.refresh_from_db()
    assert application.late_until.year == 2099
    assert Entry.objects.get(action="programmes.let_in_late").reason == "Hospital."


def test_a_referee_named_by_somebody_is_on_the_dossier(call, desk):
    application = make_draft(call)
    referee = make_referee(application)

    assert referee.email in desk.get(address("dossier", application.pk)).text
