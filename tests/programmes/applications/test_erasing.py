"""Files of those not admitted are erased after the edition's period, provably, and nobody else's are."""

import datetime
from io import BytesIO

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import Role
from programmes.applications import services
from programmes.applications.services import erasing
from programmes.models import Application, ApplicationDocument, DocumentVersion, ErasureReport, FileView
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import (
    make_call,
    make_draft,
    make_pdf,
    make_question,
    make_ready,
    make_submitted,
    make_wanted,
)
from tests.factories.programmes import give_programme_role, make_programme_edition
from tests.programmes.applications.test_staff_screens import address, signed_in

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.timedelta(days=31)


@pytest.fixture
def call():
    call = make_call(make_programme_edition(keeps_refused_files_days=30), referees_wanted=1)
    make_wanted(call)
    return call


def refused(call, *, since=LONG_AGO):
    application = make_ready(call)
    services.answer_as_referee(
        application.referees.get(), recommendation="yes", comments="", letter=make_pdf()
    )
    services.submit(application, declared=[], language="en")
    services.record_outcome(application, "not_admitted", by=None, told_at=timezone.now() - since)
    return application


def files_of(application):
    versions = DocumentVersion.objects.filter(document__application=application)
    return [version.file.name for version in versions]


def test_files_of_those_not_admitted_are_gone_after_the_period_and_the_report_says_which(call):
    application = refused(call)
    paths = files_of(application)

    report = services.erase_due_files(call.programme_edition)

    assert report.finished_at
    assert {one.sha256 for one in report.files.all()} == {
        *DocumentVersion.objects.values_list("sha256", flat=True),
        application.referees.get().letters.get().sha256,
    }
    assert not any(default_storage.exists(path) for path in paths)
    application.refresh_from_db()
    assert application.files_erased_at
    assert services.erase_due_files(call.programme_edition) is None


def test_files_are_kept_of_those_admitted_undecided_or_not_long_enough_refused(call):
    admitted, undecided = make_submitted(call), make_submitted(call)
    services.record_outcome(admitted, "admitted", by=None, told_at=timezone.now() - LONG_AGO)
    recent, draft = refused(call, since=datetime.timedelta(days=29)), make_draft(call)

    assert services.erase_due_files(call.programme_edition) is None

    kept = [files_of(one) for one in (admitted, undecided, recent)]
    assert all(default_storage.exists(path) for paths in kept for path in paths)
    draft.refresh_from_db()
    assert draft.files_erased_at is None


def test_a_run_that_was_stopped_goes_on_in_its_own_report(call, monkeypatch):
    first, second = refused(call), refused(call)
    dropped = []

    def stop_after_two(path):
        if len(dropped) == 2:
            raise KeyboardInterrupt
        dropped.append(path)
        default_storage.delete(path)

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "drop", stop_after_two)
        with pytest.raises(KeyboardInterrupt):
            services.erase_due_files(call.programme_edition)
    report = services.erase_due_files(call.programme_edition)

    assert ErasureReport.objects.count() == 1
    assert report.files.count() == 4
    assert not any(default_storage.exists(path) for path in files_of(first) + files_of(second))


def test_what_was_erased_has_no_view_any_more_and_the_report_is_for_coordinators(call):
    application = refused(call)
    services.erase_due_files(call.programme_edition)
    staff = make_staff()
    give_programme_role(staff, call.programme_edition, Role.COORDINATOR)
    client, version = signed_in(staff), DocumentVersion.objects.get()

    gone = client.get(address("file", application.pk, version.pk), follow=True)
    report = ErasureReport.objects.get()
    listed = client.get(address("erasures"))
    file = client.post(address("erasure", report.pk), {"reason": "Yearly review."})

    assert gone.status_code == 404
    assert not FileView.objects.exists()
    assert str(call.programme_edition) in listed.text
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    assert signed_in(make_staff()).get(address("erasure", report.pk), follow=True).status_code == 404


def test_a_printed_dossier_holds_the_cover_and_the_accepted_documents_and_is_written_down(call):
    make_question(call)
    application = make_ready(call, make_person())
    services.upload_document(
        application, call.wanted_documents.get(), make_pdf(pages=3), by=application.person
    )
    services.submit(application, declared=[], language="en")
    staff = make_staff()
    give_programme_role(staff, call.programme_edition, Role.COORDINATOR)

    before = pages_of(signed_in(staff).post(address("print", application.pk)))
    services.accept_document(ApplicationDocument.objects.get(), by=staff)
    after = pages_of(signed_in(staff).post(address("print", application.pk)))

    assert after - before >= 3
    assert FileView.objects.get().in_dossier
    assert Application.objects.get().file_views.get().by == staff


def pages_of(response):
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(response.content)) as document:
        return len(document.pages)
