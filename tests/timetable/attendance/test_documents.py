"""Documents of excuses: erased once they were kept long enough; marks and reasons stay."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories.attendance import make_mark, make_rules, make_session_at
from tests.factories.enrolments import make_edition
from timetable.attendance.services import documents_to_erase, keep_document
from timetable.attendance.tasks import erase_document, erase_documents
from timetable.models import AttendanceDocument, Status

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TODAY = datetime.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bring(join, teacher):
    """Has somebody in an edition with this end bring a certificate on some day."""

    def make(ends_on, *, uploaded_on=datetime.date(2025, 1, 10), edition=None):
        edition = edition or make_edition(starts_on=datetime.date(2025, 1, 1), ends_on=ends_on)
        upload = SimpleUploadedFile("doctor.pdf", PDF, "application/pdf")
        document = keep_document(join(edition), upload, teacher)
        moment = datetime.datetime.combine(uploaded_on, datetime.time(12), datetime.UTC)
        AttendanceDocument.objects.filter(pk=document.pk).update(uploaded_at=moment)
        return document

    return make


@pytest.mark.parametrize(
    ("ends_on", "uploaded_on", "is_due"),
    [
        (datetime.date(2025, 6, 29), datetime.date(2025, 1, 10), True),
        (datetime.date(2025, 6, 30), datetime.date(2025, 1, 10), False),
        (datetime.date(2025, 3, 31), datetime.date(2025, 12, 1), False),
        (None, datetime.date(2025, 1, 10), True),
        (None, datetime.date(2026, 1, 10), False),
    ],
)
def test_a_document_is_kept_for_a_year_after_the_end_or_after_it_was_brought(
    bring, ends_on, uploaded_on, is_due
):
    document = bring(ends_on, uploaded_on=uploaded_on)

    assert (list(documents_to_erase(TODAY)) == [document]) is is_due


def test_an_edition_may_keep_them_shorter(bring):
    own, others = bring(TODAY - datetime.timedelta(days=31)), bring(TODAY - datetime.timedelta(days=31))
    make_rules(own.enrolment.edition, keeps_documents_days=30)

    assert list(documents_to_erase(TODAY)) == [own]
    make_rules(keeps_documents_days=29)
    assert list(documents_to_erase(TODAY)) == [own, others]


def test_the_file_goes_and_the_mark_stays(bring, client, teacher):
    long_ago, lately = bring(datetime.date(2025, 2, 1)), bring(timezone.localdate())
    learner, path = long_ago.enrolment, long_ago.file.name
    session = make_session_at(
        learner.edition, begins=datetime.timedelta(days=-2), lecturers=[teacher], title="Evidence"
    )
    make_mark(session, learner, Status.EXCUSED, reason="Ill", document=long_ago)

    erase_documents.func()
    erase_document.func(long_ago.pk)

    long_ago.refresh_from_db()
    assert long_ago.erased_at
    assert (long_ago.file.name, long_ago.name) == ("", "")
    assert not default_storage.exists(path)
    assert default_storage.exists(lately.file.name)
    client.force_login(teacher)
    assert client.get(reverse("attendance:document", args=[long_ago.pk])).status_code == 404
    history = client.get(reverse("attendance:correct_mark", args=[session.key, learner.key]))
    assert "Document, erased" in history.content.decode()
    client.force_login(learner.person)
    mine = client.get(reverse("attendance:edition_attendance", args=[learner.edition.code]))
    assert "Reason: Ill" in mine.content.decode()
    assert reverse("attendance:document", args=[long_ago.pk]) not in mine.content.decode()


def test_a_job_killed_between_file_and_row_goes_on_the_next_day(bring):
    killed, next_one = bring(datetime.date(2025, 2, 1)), bring(datetime.date(2025, 2, 1))
    default_storage.delete(killed.file.name)

    erase_documents.func()

    assert AttendanceDocument.objects.filter(erased_at=None).count() == 0
    assert not default_storage.exists(next_one.file.name)
