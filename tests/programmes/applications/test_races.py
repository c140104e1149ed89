"""Two at the same moment: submitting twice, submitting as the call is moved, one file from two devices."""

import datetime

import pytest
from django.utils import timezone

from programmes.applications import services
from programmes.applications.refusals import ApplicationRefused
from programmes.models import Receipt
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import make_call, make_pdf, make_ready, make_wanted, submit
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_clicks_submit_once():
    application = make_ready()

    receipts = at_once(lambda: submit(application), lambda: submit(application))

    assert receipts[0] == receipts[1] == Receipt.objects.get()


def test_two_people_get_two_numbers():
    call = make_call()
    first, second = make_ready(call), make_ready(call)

    receipts = at_once(lambda: submit(first), lambda: submit(second))

    assert sorted(receipt.number for receipt in receipts) == [1, 2]


def test_who_submits_as_the_call_is_closed_is_in_or_out_and_never_in_between():
    application = make_ready()
    call, staff = application.call, make_staff()
    past = timezone.now() - datetime.timedelta(seconds=5)

    submitted, moved = at_once(
        lambda: submit(application),
        lambda: services.move_window(
            call, opens_at=call.opens_at, closes_at=past, by=staff, reason="Closed early."
        ),
    )

    assert moved.closes_at == past
    application.refresh_from_db()
    if application.submitted_at:
        assert submitted == application.receipt
    else:
        assert isinstance(submitted, ApplicationRefused)
        assert not Receipt.objects.exists()


def test_two_devices_begin_one_application():
    call, person = make_call(), make_person()

    def begin():
        return services.begin(person, call, language="en")

    first, second = at_once(begin, begin)

    assert first == second


def test_one_file_from_two_devices_is_one_version():
    application = make_ready()
    wanted, content = make_wanted(application.call), make_pdf().read()

    def upload():
        file = make_pdf()
        file.file.seek(0)
        file.file.truncate()
        file.file.write(content)
        file.size = len(content)
        file.seek(0)
        return services.upload_document(application, wanted, file, by=application.person)

    first, second = at_once(upload, upload)

    assert first == second
    assert application.documents.get(wanted=wanted).versions.count() == 1
