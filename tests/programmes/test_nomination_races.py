"""Two at the same moment: a list confirmed twice, two lists that name the same people in another order."""

import csv
import io
import time
from threading import Event

import pytest
from django.db import connection, transaction

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import NominationList
from programmes.nominations import services
from programmes.nominations.examining import examine
from programmes.nominations.tables import COLUMNS
from tests.factories.accounts import make_person
from tests.factories.applications import make_call
from tests.factories.portfolio import make_partner
from tests.factories.selection import make_coordinator
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def make_list(call, by, *emails):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS.example)
    writer.writerows(["Amina", "Diallo", email, "", "", "", "", "en"] for email in emails)
    content = text.getvalue().encode()
    return services.read_file(call, make_partner(), name="list.csv", content=content, by=by)


def confirming(nominations, by):
    seen = examine(nominations, by).fingerprint
    return lambda: services.enter(nominations, seen=seen, by=by)


def test_a_list_confirmed_twice_at_once_is_entered_once():
    call = make_call()
    by = make_coordinator(call)
    confirm = confirming(make_list(call, by, "a@example.org", "b@example.org"), by)

    assert at_once(confirm, confirm) == [2, 2]
    assert call.applications.count() == 2


def test_two_lists_with_the_same_people_make_one_application_each_and_the_later_one_is_refused():
    call = make_call()
    by = make_coordinator(call)
    first = make_list(call, by, "a@example.org", "b@example.org")
    second = make_list(call, by, "b@example.org", "a@example.org")

    results = at_once(confirming(first, by), confirming(second, by))

    assert sorted(isinstance(one, services.NominationsRefused) for one in results) == [False, True], results
    assert call.applications.count() == User.objects.filter(last_name="Diallo").count() == 2


def wait_until_somebody_waits_for_a_row():
    """Return once another connection is held up by a lock, however long this machine takes to get there."""
    for _try in range(2_000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("Nobody waits.")


def test_staff_who_record_something_of_a_nominated_person_do_not_wait_for_each_other():
    call = make_call()
    by, known = make_coordinator(call), make_person("b@example.org", first_name="Amina", last_name="Diallo")
    confirm, is_held = confirming(make_list(call, by, "a@example.org", "b@example.org"), by), Event()

    def record():
        with transaction.atomic():
            User.objects.select_for_update().get(pk=known.pk)
            is_held.set()
            wait_until_somebody_waits_for_a_row()
            audit.record(None, "enrolments.enrol", known)

    def enter():
        assert is_held.wait(20)
        return confirm()

    assert at_once(record, enter) == [None, 2]


def test_a_list_that_one_confirms_while_another_forgets_it_is_one_of_both():
    call = make_call()
    by = make_coordinator(call)
    nominations = make_list(call, by, "a@example.org", "b@example.org")

    entered, forgotten = at_once(confirming(nominations, by), lambda: services.discard(nominations, by=by))

    if NominationList.objects.exists():
        assert (entered, type(forgotten)) == (2, services.NominationsRefused)
    else:
        assert (type(entered), forgotten) == (services.NominationsRefused, None)
