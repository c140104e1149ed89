"""Messages: their words, who gets them, that each leaves once, and that they can be forgotten."""

import smtplib
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError, connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from foundation import outbox
from foundation.jobs.worker import Worker
from foundation.outbox import delivery, kinds, services, tasks
from foundation.outbox.models import MailboxMessage, Message, Preference
from foundation.outbox.wording import NoSubject

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _templates(settings):
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]}]


@pytest.fixture
def reminders(monkeypatch):
    """A kind of message that people may do without."""
    monkeypatch.setattr(kinds, "_kinds", {})
    outbox.register_kind("tests.reminder", "Reminders", essential=False)
    return "tests.reminder"


def send(to, key="one", template="tests/greeting", **options):
    return outbox.send(kind="tests.greeting", to=to, template=template, key=key, **options)


def unsent(email="amina@example.org", **fields):
    """A message as a transaction leaves it, with nobody told to send it."""
    row = {"email": email, "language": "en", "kind": "tests.greeting", "subject": "Hello", "body": "Hello\n"}
    return Message.objects.create(**{"key": str(Message.objects.count()), **row, **fields})


@pytest.fixture
def refusing_server(monkeypatch):
    """A mail server that raises what the test puts into the list, last first, and then takes mail."""
    errors = []
    accept = EmailBackend.send_messages

    def send_messages(self, messages):
        if errors:
            raise errors.pop()
        return accept(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return errors


@pytest.mark.parametrize(
    ("language", "subject", "day"),
    [("en", 'Yes: The Hague & "Turin"', "Sunday"), ("fr", 'Oui: The Hague & "Turin"', "dimanche")],
)
def test_a_message_speaks_the_persons_language_and_keeps_their_time(make_person, language, subject, day):
    person = make_person(language=language, time_zone="Asia/Tokyo")

    message = send(person, context={"place": 'The Hague & "Turin"', "at": NOON})

    assert (message.subject, message.language, message.recipient) == (subject, language, person)
    assert message.body == f"Dear Amina,\n{day} 21:00\nhttp://localhost:8000/\n"


def test_an_address_without_account_is_written_to_in_the_language_asked_for():
    message = send("guest@example.org", language="fr", context={"place": "Turin", "at": NOON})

    assert (message.subject, message.recipient, message.email) == ("Oui: Turin", None, "guest@example.org")


def test_a_message_leaves_after_the_commit_from_our_own_address(
    person, django_capture_on_commit_callbacks, settings
):
    with django_capture_on_commit_callbacks(execute=True):
        message = send(person, context={"place": "Turin", "at": NOON})
        assert mail.outbox == []

    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["amina@example.org"], settings.DEFAULT_FROM_EMAIL)
    assert (sent.subject, sent.body) == (message.subject, message.body)
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    message.refresh_from_db()
    assert message.sent_at
    assert message.attempts == 1


def test_a_rolled_back_change_sends_nothing(person, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        send(person, context={"at": NOON})
        _undone = 1 / 0

    assert mail.outbox == []
    assert not Message.objects.exists()


def test_the_same_key_writes_and_sends_one_message(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = send(person, context={"at": NOON})
        second = send(person, context={"at": NOON})

    assert first == second
    assert len(mail.outbox) == 1


def test_line_breaks_in_what_people_wrote_become_no_header(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(person, context={"place": "Turin\nBcc: everybody@example.org\r\x00\u2028X", "at": NOON})

    (sent,) = mail.outbox
    assert sent.subject == "Yes: Turin Bcc: everybody@example.org X"
    assert sent.recipients() == ["amina@example.org"]


def test_a_very_long_subject_is_cut(person):
    assert len(send(person, context={"place": "x" * 500, "at": NOON}).subject) == 200


def test_a_template_without_subject_is_refused(person):
    with pytest.raises(NoSubject):
        send(person, template="tests/no_subject")


def test_a_person_can_do_without_reminders(person, reminders, django_capture_on_commit_callbacks):
    services.opt_out(person, reminders)

    with django_capture_on_commit_callbacks(execute=True):
        message = outbox.send(
            kind=reminders, to=person, template="tests/greeting", context={"at": NOON}, key="1"
        )

    assert message.withheld == Message.Withheld.OPTED_OUT
    assert mail.outbox == []


def test_a_person_can_ask_for_reminders_again(person, reminders):
    services.opt_out(person, reminders)
    services.opt_in(person, reminders)

    assert services.reason_to_withhold(reminders, person, person.email) == ""


@pytest.mark.parametrize("kind", ["tests.essential", "tests.nobody_registered_it"])
def test_nobody_can_do_without_essential_messages(person, reminders, kind):
    outbox.register_kind("tests.essential", "Essential")

    with pytest.raises(services.EssentialKind):
        services.opt_out(person, kind)

    assert not Preference.objects.exists()
    assert [kind.name for kind in kinds.optional_kinds()] == [reminders]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"is_active": False}, Message.Withheld.CLOSED),
        ({"erased_at": NOON}, Message.Withheld.CLOSED),
        ({"email": "nowhere"}, Message.Withheld.NO_ADDRESS),
    ],
)
def test_closed_accounts_and_broken_addresses_get_nothing(
    make_person, django_capture_on_commit_callbacks, fields, why
):
    with django_capture_on_commit_callbacks(execute=True):
        message = send(make_person(**fields), context={"at": NOON})

    assert message.withheld == why
    assert mail.outbox == []


def test_a_message_is_sent_once_however_often_its_task_runs():
    message = unsent()

    assert delivery.deliver(message.pk)
    assert not delivery.deliver(message.pk)

    assert len(mail.outbox) == 1


def test_a_message_in_another_workers_hands_is_passed_by_until_that_worker_must_be_dead():
    message = unsent(claimed_at=NOON)

    with time_machine.travel(NOON + timedelta(minutes=9)):
        assert not delivery.deliver(message.pk)
    with time_machine.travel(NOON + timedelta(minutes=11)):
        assert delivery.deliver(message.pk)


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("gone"), ConnectionRefusedError("closed")])
def test_a_mail_server_that_is_away_is_tried_again(refusing_server, error):
    message = unsent()
    refusing_server.append(error)

    with pytest.raises(type(error)):
        delivery.deliver(message.pk)
    message.refresh_from_db()
    assert (message.attempts, message.failed_at, message.failure) == (1, None, str(error))

    assert delivery.deliver(message.pk)
    message.refresh_from_db()
    assert (message.attempts, message.failure) == (2, "")


def test_a_message_that_failed_in_every_attempt_says_so(refusing_server):
    message = unsent(attempts=delivery.RETRIES)
    refusing_server.append(ConnectionRefusedError("closed"))

    with pytest.raises(ConnectionRefusedError):
        delivery.deliver(message.pk)

    message.refresh_from_db()
    assert message.failed_at


def test_an_address_refused_for_good_is_not_tried_again(refusing_server):
    message = unsent()
    refusing_server.append(smtplib.SMTPRecipientsRefused({message.email: (550, b"No such user")}))

    assert not delivery.deliver(message.pk)

    message.refresh_from_db()
    assert message.failed_at
    assert "No such user" in message.failure


def test_an_address_refused_for_now_is_tried_again(refusing_server):
    message = unsent()
    refusing_server.append(smtplib.SMTPRecipientsRefused({message.email: (450, b"Greylisted")}))

    with pytest.raises(smtplib.SMTPRecipientsRefused):
        delivery.deliver(message.pk)

    message.refresh_from_db()
    assert message.failed_at is None


def test_a_message_whose_task_was_lost_is_queued_again_once(database_queue):
    lost = unsent(created_at=timezone.now() - timedelta(minutes=6))
    unsent(created_at=timezone.now())
    unsent(created_at=timezone.now() - timedelta(days=1), sent_at=timezone.now())
    unsent(created_at=timezone.now() - timedelta(days=1), withheld=Message.Withheld.OPTED_OUT)
    unsent(created_at=timezone.now() - timedelta(days=1), failed_at=timezone.now())

    tasks.queue_forgotten.call()
    tasks.queue_forgotten.call()

    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [[lost.pk]]
    Worker().drain()
    assert len(mail.outbox) == 1


def test_a_text_travels_as_a_file_of_its_type_and_is_forgotten_with_the_person(make_person, reminders):
    person = make_person()
    words = "BEGIN:VCALENDAR\r\nSUMMARY:مقابلة\r\nEND:VCALENDAR\r\n"
    file = services.TextFile("interview.ics", "text/calendar; method=REQUEST", words)
    message = unsent(recipient=person, email=person.email)
    message.attachments.create(name=file.name, media_type=file.media_type, content=file.content)

    delivery.deliver(message.pk)

    [part] = [one for one in mail.outbox[-1].message().walk() if one.get_filename()]
    assert part.get_filename() == "interview.ics"
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert part.get_content_charset() == "utf-8"
    assert part.get_payload(decode=True).decode().split() == words.split()
    services.forget(person)
    assert not message.attachments.exists()


def test_forgetting_a_person_leaves_only_that_something_was_sent(make_person, reminders):
    person, other = make_person(), make_person(email="other@example.org")
    services.opt_out(person, reminders)
    MailboxMessage.objects.create(to="Amina@example.org", sender="x")
    sent, waiting = unsent(recipient=person, sent_at=NOON), unsent(email="AMINA@example.org")
    kept = unsent(recipient=other, email=other.email)

    services.forget(person)

    for message in (sent, waiting):
        message.refresh_from_db()
        assert (message.recipient, message.email, message.subject, message.body) == (None, "", "", "")
    assert sent.sent_at == NOON
    assert not delivery.deliver(waiting.pk)
    assert not MailboxMessage.objects.exists()
    assert not Preference.objects.exists()
    kept.refresh_from_db()
    assert kept.body


def test_the_mailbox_forgets_after_a_month():
    MailboxMessage.objects.create(to="a@example.org", sender="x", at=timezone.now() - timedelta(days=31))
    MailboxMessage.objects.create(to="b@example.org", sender="x")

    tasks.empty_mailbox.call()

    assert [message.to for message in MailboxMessage.objects.all()] == ["b@example.org"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_workers_send_a_message_once():
    message = unsent()
    start, sent = threading.Barrier(8), []

    def work():
        start.wait()
        sent.append(delivery.deliver(message.pk))
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(sent) == [False] * 7 + [True]


def test_when_queueing_fails_after_the_commit_what_was_done_stays_done(
    person, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(type(tasks.send_message), "enqueue", away)

    with django_capture_on_commit_callbacks(execute=True):
        message = send(person, context={"at": NOON})

    assert list(Message.objects.unsent()) == [message]
