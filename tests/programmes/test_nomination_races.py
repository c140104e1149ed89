"""Two at the same moment: a list confirmed twice, two lists that name the same people in another order."""

import csv
import io

import pytest

from accounts.models import User
from programmes.nominations import services
from programmes.nominations.examining import examine
from programmes.nominations.tables import COLUMNS
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
