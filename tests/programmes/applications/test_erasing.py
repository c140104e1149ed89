"""Files of those not admitted are erased after the edition's period, provably, and nobody else's are."""

import datetime
from io import BytesIO

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import Role
from programmes.applications import services, tasks
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.applications.services import erasing
from programmes.models import (
    Application,
    ApplicationDocument,
    Decision,
    DocumentVersion,
    ErasureReport,
    FileView,
    Offer,
)
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
from tests.factories.programmes import give_programme_role, make_programme_edition, make_student
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


def bring(application, file=None):
    wanted = application.call.wanted_documents.get()
    return services.upload_document(application, wanted, file or make_pdf(), by=application.person)


def why(do, *arguments, **named):
    with pytest.raises(ApplicationRefused) as caught:
        do(*arguments, **named)
    return caught.value.refusal


def test_nothing_is_added_once_the_applicant_was_not_admitted_or_the_files_were_erased(call):
    application = make_submitted(call)
    services.return_document(application.documents.get(), by=make_staff(), why="Blurred.")
    referee = application.referees.get()
    services.record_outcome(application, "not_admitted", by=None, told_at=timezone.now() - LONG_AGO)
    application.refresh_from_db()
    assert why(bring, application) == Refusal.NOT_ADMITTED
    assert why(services.remind_referee, referee, by=application.person) == Refusal.NOT_ADMITTED
    referee.refresh_from_db()
    assert services.link_refusal(referee).refusal == Refusal.NOT_ADMITTED

    services.erase_due_files(call.programme_edition)
    Application.objects.update(outcome="admitted")
    application.refresh_from_db()

    assert why(bring, application) == Refusal.FILES_ERASED
    assert application.documents.get().versions.filter(erased_at=None).count() == 0


def test_a_file_that_came_after_the_erasure_is_erased_all_the_same(call):
    application = refused(call)
    services.erase_due_files(call.programme_edition)
    DocumentVersion.objects.update(erased_at=None)

    tasks.erase_files.func()

    assert not DocumentVersion.objects.filter(erased_at=None).exists()
    assert services.due_applications(call.programme_edition) == []
    assert application.events.filter(kind="files_erased").count() == 1


def test_a_draft_erased_and_let_in_late_lacks_its_files_takes_the_same_again_and_ages_again(call):
    draft, file = make_draft(call), make_pdf()
    bring(draft, file)
    services.answer_as_referee(
        services.name_referee(draft, name="Referee", email="r@example.org", language="en"),
        recommendation="yes",
        comments="Good.",
        letter=None,
    )
    call.opens_at, call.closes_at = timezone.now() - 2 * LONG_AGO, timezone.now() - LONG_AGO
    call.save()
    services.erase_due_files(call.programme_edition)
    draft = Application.objects.get()
    assert why(services.remind_referee, draft.referees.get(), by=draft.person) == Refusal.FILES_ERASED
    assert draft.documents.get().state == "missing"
    assert draft.referees.get().answered_at is None

    until = timezone.now() + datetime.timedelta(days=1)
    draft = services.let_in_late(draft, until=until, by=make_staff(), reason="Hospital.")
    assert draft.files_erased_at is None
    version = bring(draft, file)

    assert default_storage.exists(version.file.name)
    Application.objects.update(late_until=timezone.now() - LONG_AGO)
    services.erase_due_files(call.programme_edition)
    assert not default_storage.exists(version.file.name)


def test_a_draft_whose_call_was_moved_after_the_erasure_takes_files_and_ages_again(call):
    draft = make_draft(call)
    Application.objects.update(files_erased_at=timezone.now())
    draft.refresh_from_db()

    bring(draft)

    draft.refresh_from_db()
    assert draft.files_erased_at is None


def offered(call, **fields):
    application, staff = make_submitted(call), make_staff()
    services.record_outcome(application, "admitted", by=None, told_at=timezone.now() - 2 * LONG_AGO)
    decision = Decision.objects.create(
        application=application, outcome="admit", mode="online", reason="Good.", decided_by=staff
    )
    fields = {"answer_by": timezone.now()} | fields
    Offer.objects.create(application=application, decision=decision, mode="online", **fields)
    application.refresh_from_db()
    return application


def test_files_of_who_gave_up_the_place_are_erased_counted_from_that_moment(call):
    long_ago, lately = timezone.now() - LONG_AGO, timezone.now() - datetime.timedelta(days=29)
    declined = offered(call, declined_at=long_ago)
    lapsed = offered(call, ended_at=long_ago, ending="lapsed")
    offered(call, declined_at=lately)
    offered(call)
    student = offered(call, ended_at=long_ago, ending="lapsed")
    make_student(programme_edition=call.programme_edition, person=student.person)

    assert services.due_applications(call.programme_edition) == [declined, lapsed]


def test_who_gave_up_the_place_may_withdraw_and_who_holds_one_may_not(call):
    declined, holds = offered(call, declined_at=timezone.now()), offered(call)

    page = signed_in(declined.person).get(f"/en/apply/{call.code}/")
    services.withdraw_application(declined, by=declined.person)

    assert f"/en/apply/{call.code}/withdraw/" in page.text
    assert why(services.withdraw_application, holds, by=holds.person) == Refusal.DECIDED


def test_what_a_referee_said_goes_with_the_files_and_the_report_names_nobody(call):
    application = refused(call)
    referee = application.referees.get()
    referee.comments = "An excellent judge."
    referee.save()

    report = services.erase_due_files(call.programme_edition)

    referee.refresh_from_db()
    assert (referee.comments, referee.recommendation) == ("", "")
    assert referee.answered_at
    labels = [one.label for one in report.files.all()]
    assert "Letter of referee 1" in labels
    assert not any(referee.name in label for label in labels)


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
