"""What may be handed in: a file is what its content says, whatever its name."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from assessments.file_types import FILE_TYPES, UploadRefused, check_upload, clean_name
from tests.factories.assignments import open_document, package, pdf_file, text_file, word_file

MB = 1024 * 1024


def checked(upload, *, max_bytes=MB, allowed=FILE_TYPES):
    return check_upload(upload, allowed=allowed, max_bytes=max_bytes)


def upload(name, content):
    return SimpleUploadedFile(name, content)


def picture(name, format_name):
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, format_name)
    return upload(name, drawn.getvalue())


@pytest.mark.parametrize(
    ("file", "key"),
    [
        (pdf_file(), "pdf"),
        (word_file("Hello"), "docx"),
        (open_document("Hello"), "odt"),
        (text_file(), "txt"),
        (text_file("notes.md"), "txt"),
        (upload("utf16.txt", "نص".encode("utf-16")), "txt"),
        (upload("letter.rtf", rb"{\rtf1 Hello}"), "rtf"),
        (picture("scan.PNG", "PNG"), "png"),
        (picture("scan.jpeg", "JPEG"), "jpg"),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(file, key):
    assert checked(file).type.key == key


@pytest.mark.parametrize(
    "file",
    [
        upload("order.pdf", b"<html><script>alert(1)</script></html>"),
        upload("order.docx", b"%PDF-1.7"),
        upload("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        package({"xl/workbook.xml": "", "[Content_Types].xml": ""}, "table.docx"),
        package({"word/document.xml": ""}, "half.docx"),
        package({"mimetype": "application/zip", "content.xml": ""}, "order.odt"),
        package({"content.xml": ""}, "no-type.odt"),
        upload("broken.docx", b"PK\x03\x04" + b"\0" * 50),
        upload("program.txt", b"MZ\x90\x00\x03\x00"),
        upload("latin.txt", "é".encode("latin-1")),
        upload("scan.png", b"\x89PNG\r\n\x1a\nnot really"),
        picture("scan.png", "JPEG"),
        upload("letter.rtf", b"plain words"),
        upload("sound.mp3", b"<html>"),
    ],
)
def test_a_file_that_is_something_else_is_refused(file):
    with pytest.raises(UploadRefused, match="does not hold what its name says"):
        checked(file)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (upload("empty.pdf", b""), "is empty"),
        (pdf_file(content=b"%PDF-" + b"x" * MB), "larger than 1 MB"),
        (upload("program.exe", b"MZ"), "of a type that is not taken"),
        (upload("page.html", b"<p>"), "of a type that is not taken"),
        (upload("order.pdf.exe", b"%PDF-1.7"), "of a type that is not taken"),
        (upload("no-ending", b"%PDF-1.7"), "of a type that is not taken"),
        (word_file("Hi", **{"word/vbaProject.bin": "x"}), "macros"),
    ],
)
def test_the_refusal_says_what_is_wrong(file, sentence):
    with pytest.raises(UploadRefused, match=sentence):
        checked(file)


def test_only_the_types_an_assignment_names_are_taken():
    with pytest.raises(UploadRefused, match=r"Choose: PDF \(\.pdf\)\."):
        checked(text_file(), allowed=["pdf"])


def test_a_document_that_unpacks_to_far_too_much_is_refused():
    bomb = word_file("Hi", **{"word/media/zeros.bin": "0" * (40 * MB)})

    with pytest.raises(UploadRefused, match="unpacks to far more"):
        checked(bomb)


def test_a_document_of_too_many_parts_is_refused():
    with pytest.raises(UploadRefused, match="unpacks to far more"):
        checked(word_file("Hi", **{f"word/{number}": "" for number in range(5001)}), max_bytes=5 * MB)


def test_a_locked_document_is_refused():
    packed = word_file("Hi")
    content = bytearray(packed.read())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    start = 0
    for _name in names:  # the flag of encryption, in the central directory
        start = content.index(b"PK\x01\x02", start) + 8
        content[start] |= 1

    with pytest.raises(UploadRefused, match="password"):
        checked(upload("locked.docx", bytes(content)))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\judge\\order.pdf", "order.pdf"),
        ("order\u202efdp.exe", "orderfdp.exe"),
        ("or\x00der\n.pdf", "order.pdf"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ("judgment.pdf\xa0", "judgment.pdf"),
        ("a.\xa0", "a"),
        ("0.1234567890 3x", "0.1234567890"),
        ("", "file"),
        ("...", "file"),
        ("قرار التجميد.pdf", "قرار التجميد.pdf"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_names_lose_their_tricks(name, clean):
    assert clean_name(name) == clean


@given(st.text(max_size=400))
def test_no_name_keeps_folders_or_control_characters_or_grows_too_long(name):
    clean = clean_name(name)

    assert clean
    assert len(clean) <= 120
    assert not set(clean) & set("/\\\x00\n\r\u202e\u2066")
    assert clean_name(clean) == clean
