"""Every shipped design in all six languages, with the names that break others' papers: signed, archival, in order."""

import shutil
import subprocess
import unicodedata
from datetime import UTC, datetime

import pytest

from certificates.designs.samples import LANGUAGES, NAMES, sample
from certificates.paper.design import read
from certificates.paper.enclosures import Attachment, Enclosures, SignatureField
from certificates.paper.errors import MissingGlyph
from certificates.paper.shipped import NAMES as DESIGNS
from certificates.paper.shipped import shipped, text_of
from certificates.paper.validation import problems
from certificates.printing import draw_with, name_refusal
from certificates.signing.checking import Outcome, check_paper
from certificates.signing.sealing import seal
from tests.certificates.test_paper import elements_of, needs_chinese_font

pytestmark = pytest.mark.django_db

BADGE = Attachment("badge.json", "application/ld+json", "The award as an Open Badge 3.0", b'{"name": "x"}')
AWKWARD = [
    "عبد الله",
    "Łukasz Żółć",
    "Đặng Thị Hương",
    "Юлия Щербакова",
    "Amina (née Okafor) 2nd",
    unicodedata.normalize("NFD", "Zoë Ångström-Müller"),
    pytest.param("王小明", marks=needs_chinese_font),
]
needs_fonts = {"zh-hans": needs_chinese_font}
ALL = [pytest.param(language, marks=needs_fonts.get(language, ())) for language in LANGUAGES]


def signed(design, language, name=""):
    """A finished paper of a design, as it would be stored."""
    content = json_of(design)
    sealing = seal()
    enclosures = Enclosures((BADGE,), SignatureField("Institution", sealing.room))
    drawn = draw_with(shipped(design), sample(content, language, name=name), enclosures)
    return sealing.sign(drawn, datetime.now(UTC)), sealing.certificates[:1]


def json_of(design):
    import json

    content = json.loads(text_of(design))
    read(content)
    return content


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("language", ALL)
def test_every_shipped_design_is_archival_in_every_language_when_signed(design, language):
    pdf, trusted = signed(design, language)

    assert problems(pdf) == []
    assert check_paper(pdf, trusted).outcome is Outcome.WHOLE


@pytest.mark.parametrize("name", AWKWARD)
def test_every_name_is_archival_and_found_in_logical_order_when_signed(name, tmp_path):
    pdf, _trusted = signed("completion", "en", name)

    assert problems(pdf) == []
    if shutil.which("pdftotext"):
        path = tmp_path / "award.pdf"
        path.write_bytes(pdf)
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        assert words(name) == words(found_line(text, name))


def words(text):
    """The words of a text without the marks that only steer its direction."""
    bare = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", bare).split()


def found_line(text, name):
    """The line of the text that holds the name's first word."""
    first = words(name)[0]
    return next((line for line in text.splitlines() if first in words(line)), "")


def test_a_name_of_two_directions_with_brackets_is_archival_and_read_aloud_in_logical_order():
    # Poppler guesses the order of such a line by itself; what is read aloud stands in the structure.
    name = "سامي [Sami] 3"

    pdf, _trusted = signed("completion", "en", name)

    assert problems(pdf) == []
    assert any(words(element.get("/ActualText", "")) == words(name) for element in elements_of(pdf))


@pytest.mark.parametrize(("name", "named"), [("Amina 🎓", "U+1F393"), ("Amina 𓀀", "U+13000")])
def test_a_character_no_font_has_is_a_refusal_that_names_it(name, named):
    with pytest.raises(MissingGlyph, match=named.replace("+", r"\+")):
        signed("completion", "en", name)
    assert name.split()[1] in name_refusal(name)


def test_a_name_per_language_is_on_the_paper_of_each():
    assert set(NAMES) == set(LANGUAGES)
