"""Documents: what is taken and what not, versions, accepting and returning."""

import io
import struct
import zlib

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessments.file_types import UploadRefused
from foundation.outbox.models import Message
from programmes.applications import services
from programmes.applications.inspection import inspect
from programmes.applications.printing import _picture
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.models import DocumentState, DocumentVersion
from tests.factories.accounts import make_staff
from tests.factories.applications import make_call, make_draft, make_pdf, make_submitted, make_wanted

pytestmark = pytest.mark.django_db


def upload(application, wanted, file):
    return services.upload_document(application, wanted, file, by=application.person)


def a_draft(**wanted):
    call = make_call()
    return make_draft(call), make_wanted(call, **wanted)


def again(file):
    file.seek(0)
    return SimpleUploadedFile(file.name, file.read())


def test_a_pdf_is_kept_with_its_pages_and_hash():
    application, wanted = a_draft()

    version = upload(application, wanted, make_pdf("CV.pdf", pages=3))

    assert (version.name, version.kind, version.pages, version.number) == ("CV.pdf", "pdf", 3, 1)
    assert application.documents.get().state == DocumentState.RECEIVED


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: SimpleUploadedFile("passport.pdf", b"MZ a program"), "does not hold what its name says"),
        (lambda: make_pdf(password="secret"), "locked with a password"),
        (lambda: make_pdf(pages=3), "at most 2 pages"),
        (lambda: SimpleUploadedFile("cut.pdf", make_pdf().read()[:150]), "damaged"),
        (lambda: SimpleUploadedFile("passport.exe", b"MZ"), "of a type that is not taken here"),
        (lambda: SimpleUploadedFile("empty.pdf", b""), "is empty"),
    ],
)
def test_a_file_that_is_not_what_is_wanted_is_refused_with_what_to_do_and_nothing_is_kept(
    file, said, tmp_path
):
    application, wanted = a_draft(most_pages=2)

    with pytest.raises(UploadRefused, match=said):
        upload(application, wanted, file())

    assert not DocumentVersion.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_scan_of_300_mb_is_refused_before_a_byte_is_read():
    application, wanted = a_draft()

    class Unread(SimpleUploadedFile):
        def read(self, *args):
            raise AssertionError("It was read.")

    file = Unread("scan.pdf", b"%PDF-")
    file.size = 300 * 1024 * 1024

    with pytest.raises(UploadRefused, match="has 300 MB; at most 10 MB are taken"):
        upload(application, wanted, file)


def test_a_picture_is_taken_where_the_call_takes_pictures():
    application, wanted = a_draft(file_types=["pdf", "jpg"])
    content = io.BytesIO()
    Image.new("RGB", (30, 40)).save(content, "JPEG")

    version = upload(application, wanted, SimpleUploadedFile("passport.jpg", content.getvalue()))

    assert (version.kind, version.pages) == ("jpg", 1)


def test_the_same_file_twice_is_kept_once(tmp_path):
    application, wanted = a_draft()
    file = make_pdf()

    first = upload(application, wanted, file)
    second = upload(application, wanted, again(file))

    assert first == second
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_file_stands_for_one_document_only():
    application, wanted = a_draft()
    other, file = make_wanted(application.call), make_pdf()
    upload(application, wanted, file)

    with pytest.raises(ApplicationRefused) as caught:
        upload(application, other, again(file))

    assert caught.value.refusal == Refusal.SAME_FILE


def test_replacing_keeps_the_older_version():
    application, wanted = a_draft()
    older = upload(application, wanted, make_pdf())

    newer = upload(application, wanted, make_pdf())

    place = application.documents.get()
    assert place.current == newer
    assert list(place.versions.all()) == [older, newer]
    assert default_storage.exists(older.file.name)


def test_after_submitting_only_what_was_returned_is_replaced():
    call = make_call()
    wanted = make_wanted(call)
    application = make_submitted(call)
    document, staff = application.documents.get(), make_staff()

    with pytest.raises(ApplicationRefused) as caught:
        upload(application, wanted, make_pdf())
    assert caught.value.refusal == Refusal.DOCUMENT_CLOSED

    services.return_document(document, by=staff, why="The last page is missing.")
    upload(application, wanted, make_pdf())

    document.refresh_from_db()
    assert document.state == DocumentState.RECEIVED
    assert "The last page is missing." in Message.objects.get(kind="programmes.document_returned").body


def test_the_returned_file_itself_is_not_taken_again():
    application, wanted = a_draft()
    file = make_pdf()
    upload(application, wanted, file)
    services.return_document(application.documents.get(), by=make_staff(), why="Not signed.")

    with pytest.raises(ApplicationRefused) as caught:
        upload(application, wanted, again(file))

    assert caught.value.refusal == Refusal.RETURNED_FILE


def test_returning_needs_a_reason_and_accepting_tells_the_applicant_once():
    application, wanted = a_draft()
    upload(application, wanted, make_pdf())
    document, staff = application.documents.get(), make_staff()

    with pytest.raises(ApplicationRefused):
        services.return_document(document, by=staff, why=" ")
    services.accept_document(document, by=staff)
    services.accept_document(document, by=staff)

    document.refresh_from_db()
    assert document.state == DocumentState.ACCEPTED
    assert Message.objects.filter(kind="programmes.document_accepted").count() == 1


def test_a_verdict_is_of_the_version_that_was_looked_at():
    application, wanted = a_draft()
    looked_at = upload(application, wanted, make_pdf())
    upload(application, wanted, make_pdf())

    with pytest.raises(ApplicationRefused):
        services.accept_document(application.documents.get(), by=make_staff(), version=looked_at)

    assert application.documents.get().state == DocumentState.RECEIVED


def png(width, height):
    """A picture that claims to be so large, as a header of a few bytes can."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(30))) + chunk(b"IEND", b"")
    return SimpleUploadedFile("passport.png", b"\x89PNG\r\n\x1a\n" + header + body)


@pytest.mark.parametrize("size", [(8000, 5001), (13000, 13000)])
def test_a_picture_that_claims_more_than_forty_million_pixels_is_refused(size):
    with pytest.raises(UploadRefused, match="40 million pixels"):
        inspect(png(*size), file_types=["png"], most_mb=1)

    assert inspect(png(8000, 5000), file_types=["png"], most_mb=1).pages == 1


def test_a_picture_is_made_smaller_before_it_is_printed_and_one_that_is_too_large_is_not_printed():
    content = io.BytesIO()
    Image.new("L", (5000, 7000)).save(content, "PNG")

    with pikepdf.open(io.BytesIO(_picture(content))) as document:
        picture = document.pages[0].images["/image"]
    assert max(picture.Width, picture.Height) <= 3508
    assert _picture(png(8000, 5001)) is None
