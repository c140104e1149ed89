"""Certificates print every name, say it in every copy, and are the same bytes each time."""

import io
import shutil
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from certificates.paper.certificate import CertificateData, Signatory, Wording, check_name, draw
from certificates.paper.errors import DoesNotFit, FontMissing, MissingGlyph, PaperError
from certificates.paper.fonts import DEFAULT_DIRECTORIES, load_fonts

ENGLISH = Wording(
    language="en",
    institution="United Nations Interregional Crime and Justice Research Institute",
    title="Certificate of completion",
    presented="This is to certify that",
    achievement="has successfully completed the course",
    course="Tracing, Freezing and Recovering Criminal Assets",
    facts=("6 hours of study", "Completed on 22 November 2026"),
    number_label="Registry number",
    code_label="Verification code",
    verify_label="Verify at",
)
FRENCH = Wording(
    language="fr",
    institution="Institut interrégional de recherche des Nations Unies sur la criminalité et la justice",
    title="Certificat de réussite",
    presented="Il est certifié que",
    achievement="a suivi avec succès le cours",
    course="Retracer, geler et recouvrer les avoirs d’origine criminelle",
    facts=("6 heures d’étude", "Achevé le 22 novembre 2026"),
    number_label="Numéro de registre",
    code_label="Code de vérification",
    verify_label="Vérifier sur",
)
ARABIC = Wording(
    language="ar",
    direction="rtl",
    institution="معهد الأمم المتحدة الأقاليمي لأبحاث الجريمة والعدالة",
    title="شهادة إتمام",
    presented="تشهد هذه الوثيقة بأن",
    achievement="قد أتمّ بنجاح دورة",
    course="تتبّع الأصول الإجرامية وتجميدها واستردادها",
    facts=("6 ساعات دراسية", "أُنجزت في 22 تشرين الثاني/نوفمبر 2026"),
    number_label="رقم السجل",
    code_label="رمز التحقق",
    verify_label="للتحقق",
)
WORDINGS = {"en": (ENGLISH,), "fr": (FRENCH, ENGLISH), "ar": (ARABIC, ENGLISH)}
LONG_NAME = (
    "Her Serene Highness Maria Anunciação de Albuquerque e Vasconcelos Fernández-Montemayor "
    "de la Santísima Trinidad O’Shaughnessy"
)
DEBIAN = Path("/usr/share/fonts/truetype/noto")


def has_chinese_font():
    return bool(load_fonts().face("NotoSansSC-Regular") or load_fonts().face("NotoSerifSC-Regular"))


needs_chinese_font = pytest.mark.skipif(
    not has_chinese_font(), reason="the optional Chinese font is not installed"
)


def certificate(name="Łukasz Żółć", language="en", **changes):
    wordings = WORDINGS[language]
    data = CertificateData(
        name=name,
        wordings=wordings,
        signatories=(Signatory("Dr Helena Okafor-Lindqvist", tuple("Director" for _wording in wordings)),),
        number="UNI-2026-000123",
        code="7K3M-9QXT-4W2N-P",
        verify_url="https://learn.example.org/verify/7K3M9QXT4W2NP",
        issued_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        monogram="UNICRI",
    )
    return replace(data, **changes)


def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return " ".join(reader(pdf).pages[0].extract_text().split())


def elements_of(pdf):
    document = reader(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"]
    return [kid.get_object() for kid in document["/K"]]


@pytest.mark.parametrize("language", WORDINGS)
@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć",
        "Đặng Thị Hương",
        "Юлия Щербакова",
        "Αθηνά Παπαδοπούλου",
        "عبد الله بن محمد",
        "مُحَمَّد السيّدة إبراهيم لأ",
        "پرویز گلچین ژاله",
        "J. R. O’Neill-Brûlé (2nd)",
        pytest.param("王小明", marks=needs_chinese_font),
        pytest.param("李𨐈𣲗", marks=needs_chinese_font),
    ],
)
def test_a_printed_name_is_found_again_in_the_text_of_the_file(name, language):
    pdf = draw(certificate(name, language))

    assert unicodedata.normalize("NFC", name) in text_of(pdf)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("name", ["Łukasz Żółć", "Đặng Thị Hương", "Юлия Щербакова", "عبد الله بن محمد"])
def test_another_reader_finds_the_name_too(name, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(draw(certificate(name, "ar")))

    found = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout

    assert name in found


@pytest.mark.parametrize("name", ["محمد (Jean-Pierre 3rd) الأمين", "Anna (آنا) Müller 2"])
def test_a_name_of_two_directions_is_read_aloud_in_logical_order(name):
    pdf = draw(certificate(name, "ar"))

    assert name in [element.get("/ActualText") for element in elements_of(pdf)]
    assert all(word.strip("()") in text_of(pdf) for word in name.split())


@pytest.mark.parametrize("language", WORDINGS)
def test_numbers_code_and_address_keep_their_order(language):
    found = text_of(draw(certificate(language=language)))

    assert "UNI-2026-000123" in found
    assert "7K3M-9QXT-4W2N-P" in found
    assert "learn.example.org/verify/7K3M9QXT4W2NP" in found


@pytest.mark.parametrize("language", WORDINGS)
def test_everything_that_is_said_in_each_language_is_printed(language):
    found = text_of(draw(certificate(language=language)))

    for wording in WORDINGS[language]:
        assert wording.institution in found
        assert wording.title in found
        assert wording.course in found


@pytest.mark.parametrize(
    "name", [LONG_NAME, "محمد عبد الرحمن " * 5, "Wolfeschlegelsteinhausenbergerdorff Senior"]
)
def test_the_longest_plausible_name_fits(name):
    pdf = draw(certificate(name))

    assert set(name.split()) <= set(text_of(pdf).split())


def test_long_texts_everywhere_still_make_one_page():
    course = "Prévenir et combattre l’extrémisme violent en milieu carcéral : évaluation et réinsertion"
    office = "Director, Department of Advanced Training and Academic Programmes of the Institute"
    data = certificate(
        LONG_NAME,
        wordings=(replace(FRENCH, course=course), replace(ENGLISH, course=course)),
        signatories=(Signatory("Prof. Samuel Adeyemi-Castellanos", (office, office)),) * 2,
    )

    assert len(reader(draw(data)).pages) == 1


@pytest.mark.parametrize("name", ["A" * 300, "abc def " * 60])
def test_a_name_that_cannot_fit_is_refused_with_a_sentence(name):
    for attempt in (lambda: draw(certificate(name)), lambda: check_name(name)):
        with pytest.raises(DoesNotFit, match="too long to be printed"):
            attempt()


def test_a_character_that_no_font_has_is_refused_by_its_name():
    for attempt in (lambda: draw(certificate("Ana 🦄 Silva")), lambda: check_name("Ana 🦄 Silva")):
        with pytest.raises(MissingGlyph, match="UNICORN FACE") as refusal:
            attempt()
        assert refusal.value.character == "🦄"


@pytest.mark.parametrize("name", ["", "  \u2066\u2069 "])
def test_a_certificate_without_a_name_is_refused(name):
    with pytest.raises(PaperError, match="needs a name"):
        draw(certificate(name))


@pytest.mark.parametrize(
    "spoilt",
    [
        "\u2068Łukasz\u2069 Żółć",
        "\u202eŁukasz Żółć\u202c",
        "  Łukasz \n Żółć ",
        "Łukasz Z\u0307o\u0301łc\u0301",
    ],
)
def test_invisible_controls_spaces_and_composition_make_no_difference(spoilt):
    assert draw(certificate(spoilt)) == draw(certificate("Łukasz Żółć"))


def test_joiners_are_kept_where_they_shape_letters():
    pdf = draw(certificate("علی\u200cرضا", "ar"))

    assert "علی\u200cرضا" in [element.get("/ActualText") for element in elements_of(pdf)]


def test_the_same_certificate_is_the_same_bytes_in_every_process():
    script = (
        "import sys, hashlib; sys.path.insert(0, '.')\n"
        "from tests.certificates.test_paper import certificate, draw\n"
        "sys.stdout.write(hashlib.sha256(draw(certificate('عبد الله بن محمد', 'ar'))).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]

    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


def test_threads_drawing_together_each_get_their_own_name():
    names = [
        f"{first} {last}"
        for first in ("Łukasz", "Юлия", "فاطمة", "Hương")
        for last in ("Żółć", "محمد", "Öz", "Ng")
    ]
    alone = [draw(certificate(name)) for name in names]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: draw(certificate(name)), names * 3))

    assert together == alone * 3


@pytest.mark.parametrize("language", WORDINGS)
def test_a_certificate_is_light_and_every_font_is_inside(language):
    pdf = draw(certificate("عبد الله Łukasz", language))

    fonts = reader(pdf).pages[0]["/Resources"]["/Font"].values()
    assert len(pdf) <= 80_000
    assert all("/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts)
    assert b"Helvetica" not in pdf


def test_it_says_what_it_is_to_archives_and_screen_readers():
    pdf = draw(certificate("عبد الله", "ar"))

    root = reader(pdf).trailer["/Root"]
    elements = elements_of(pdf)
    assert root["/Lang"] == "ar"
    assert root["/MarkInfo"]["/Marked"]
    assert reader(pdf).metadata.title == "شهادة إتمام – عبد الله"
    assert reader(pdf).metadata.creation_date == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert [element["/S"] for element in elements].count("/H1") == 1
    assert [element["/Alt"] for element in elements if element["/S"] == "/Figure"]
    assert "en" in [element.get("/Lang") for element in elements]


def test_arabic_mirrors_the_page():
    def left_edge_of_the_code(language):
        return next(
            element["/A"]["/BBox"][0]
            for element in elements_of(draw(certificate(language=language)))
            if "/A" in element
        )

    assert left_edge_of_the_code("en") < 421 < left_edge_of_the_code("ar")


def test_two_people_can_sign():
    pdf = draw(
        certificate(
            signatories=(Signatory("Helena Okafor", ("Director",)), Signatory("Li Wei", ("Registrar",)))
        )
    )

    assert text_of(pdf).index("Helena Okafor") < text_of(pdf).index("Li Wei")


def test_missing_fonts_are_refused_with_what_to_install(tmp_path):
    with pytest.raises(FontMissing, match="CERTIFICATE_FONT_DIRS"):
        draw(certificate(), directories=[tmp_path])


@pytest.mark.skipif(not DEBIAN.is_dir(), reason="Debian's Noto fonts are not installed")
@pytest.mark.parametrize("name", ["Łukasz Żółć", "عبد الله بن محمد", "देवेन्द्र"])
def test_debians_fonts_are_enough(name):
    assert draw(certificate(name), directories=[DEBIAN])


def test_the_engine_needs_no_django():
    script = "import sys; import certificates.paper.certificate; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], cwd=DEFAULT_DIRECTORIES[0].parents[1], check=True)
