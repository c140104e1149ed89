"""The audit log: what is recorded, that it cannot be changed, and that a change is found."""

import threading
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.models import ProtectedError
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from foundation import audit
from foundation.audit.models import AppendOnly, Chain, Entry
from foundation.audit.verification import verify_chain

pytestmark = pytest.mark.django_db


def tamper(number, **changes):
    """Change an entry behind the ORM's back, as somebody with the database password could."""
    for column, value in changes.items():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE audit_entry SET {column} = %s WHERE number = %s", [value, number])


def remove(number):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE number = %s", [number])


def test_an_entry_says_who_did_what_to_which_object_why_and_what_changed(make_person):
    registrar, learner = make_person(email="r@example.org", first_name="Rosa", last_name="R"), make_person()

    entry = audit.record(
        registrar,
        "enrolments.withdraw",
        learner,
        reason=" Left the service. ",
        before={"score": Decimal("0.7")},
        after=None,
    )

    entry.refresh_from_db()
    assert (entry.actor, entry.actor_label, entry.action) == (registrar, "Rosa R", "enrolments.withdraw")
    assert (entry.object_type, entry.object_id, entry.object_label) == (
        "accounts.user",
        str(learner.pk),
        "Amina Diallo",
    )
    assert (entry.reason, entry.before, entry.after) == ("Left the service.", {"score": "0.7"}, None)
    assert list(Entry.objects.about(learner)) == [entry]


def test_the_system_can_be_the_one_who_did_it(person):
    entry = audit.record(None, "accounts.expire", person)

    assert entry.actor is None
    assert entry.actor_label == ""


def test_what_concerns_no_single_object_can_be_recorded(person):
    assert audit.record(person, "reports.export").object_type == ""


def test_an_object_without_a_key_is_refused(person):
    with pytest.raises(ValueError, match="primary key"):
        audit.record(person, "accounts.create", type(person)(email="new@example.org"))

    assert Entry.objects.count() == 0


def test_entries_cannot_be_changed_or_deleted_through_the_orm(person):
    entry = audit.record(person, "accounts.change", person)
    entry.reason = "Something else"

    for attempt in [
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(reason=""),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.filter(pk=entry.pk).update(reason=""),
        lambda: Entry.objects.bulk_update([entry], ["reason"]),
        lambda: Entry.objects.bulk_create([Entry()]),
        lambda: Entry.objects.update_or_create(number=1, defaults={"reason": ""}),
    ]:
        with pytest.raises(AppendOnly):
            attempt()

    assert Entry.objects.get().reason == ""


def test_a_person_who_did_something_cannot_be_deleted(person):
    audit.record(person, "accounts.change", person)

    with pytest.raises(ProtectedError):
        person.delete()


def test_a_rolled_back_change_leaves_no_entry(person):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(person, "accounts.change", person)
        _undone = 1 / 0

    audit.record(person, "accounts.change", person)
    assert [entry.number for entry in Entry.objects.all()] == [1]
    assert verify_chain().intact


def test_the_history_in_wagtail_shows_each_entry_with_its_reason(person):
    audit.record(person, "unnamed.withdraw", person, reason="Asked for it.")
    audit.record(person, "unnamed.enrol", person)

    shown = ModelLogEntry.objects.for_instance(person).latest_by_uuid_and_action()
    assert [(str(line.message), line.comment, line.user) for line in shown] == [
        ("Unnamed: enrol", "", person),
        ("Unnamed: withdraw", "Asked for it.", person),
    ]


def test_the_history_of_a_page_shows_it_too(person):
    page = Page.get_first_root_node()

    audit.record(person, "courses.restore", page, reason="An older version was better.")

    line = PageLogEntry.objects.get(page=page, user=person)
    assert (str(line.message), line.comment) == ("Courses: restore", "An older version was better.")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "Nothing to see"),
        ("actor_label", "Somebody"),
        ("action", "x.y"),
        ("object_id", "9"),
        ("hash", "f" * 64),
    ],
)
def test_verification_names_the_first_entry_that_was_changed(person, column, value):
    for _time in range(4):
        audit.record(person, "accounts.change", person, reason="Because")
    tamper(3, **{column: value})

    with pytest.raises(CommandError, match="Entry 3"):
        call_command("verify_audit")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_verification_names_an_entry_that_was_removed_even_the_last(person, number):
    for _time in range(3):
        audit.record(person, "accounts.change", person)
    remove(number)

    assert verify_chain().broken_at == number


def test_verification_finds_an_entry_whose_hash_was_computed_again(person):
    for _time in range(3):
        audit.record(person, "accounts.change", person)
    forged = Entry.objects.get(number=2)
    forged.reason = "Forged"
    tamper(2, reason="Forged", hash=forged.computed_hash())

    assert verify_chain().broken_at == 3


def test_an_untouched_log_is_intact_and_says_its_head(person):
    audit.record(
        person, "accounts.change", person, before={"a": 1.5, "ü": [None, True]}, after={"z": 0, "a": "ل"}
    )
    output = StringIO()

    call_command("verify_audit", stdout=output)

    assert Entry.objects.get().hash in output.getvalue()


def test_an_empty_log_is_intact():
    assert verify_chain().intact


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_people_writing_at_once_make_one_unbroken_chain(make_person):
    person = make_person()
    start = threading.Barrier(8)

    def write():
        start.wait()
        for _time in range(5):
            audit.record(person, "accounts.change", person)
        connections.close_all()

    writers = [threading.Thread(target=write) for _number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert Chain.objects.get().length == Entry.objects.count() == 40
    assert verify_chain().intact
