"""Documents of several pages: archival, tagged, mirrored, the same bytes for the same data, no line lost."""

import io
import json
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from certificates.paper.documents.content import (
    Column,
    Heading,
    Institution,
    Notes,
    Paragraph,
    Row,
    RowGroup,
    Run,
    Signatory,
    SignatureBlock,
    Table,
)
from certificates.paper.documents.drawing import draw
from certificates.paper.documents.plain import NotADocument, from_plain, to_plain
from certificates.paper.documents.setting import Look, Scribe
from certificates.paper.enclosures import Attachment, Enclosures, SignatureField
from certificates.paper.errors import DoesNotFit, MissingGlyph
from certificates.paper.fonts import load_fonts
from certificates.paper.validation import problems
from certificates.signing.checking import Outcome, check_paper
from certificates.signing.sealing import seal
from tests.certificates.test_paper import needs_chinese_font
from tests.certificates.transcripts import MOMENT, SAID, letter, transcript

LANGUAGES = [
    pytest.param(language, marks=needs_chinese_font if language == "zh-hans" else ()) for language in SAID
]


def picture(size):
    """A blue square with a transparent edge."""
    image, kept = Image.new("RGBA", size, (0, 0, 0, 0)), io.BytesIO()
    image.paste((11, 58, 91, 255), (4, 4, size[0] - 4, size[1] - 4))
    image.save(kept, "PNG")
    return kept.getvalue()


def pages_of(pdf):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def tree_of(pdf):
    """The structure as (tag, attributes, kids), without the marks on pages."""
    return branch(pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"])


def branch(element):
    element = element.get_object()
    kids = [
        branch(kid)
        for kid in element["/K"]
        if not isinstance(kid.get_object(), int) and "/S" in kid.get_object()
    ]
    return element["/S"][1:], element, kids


def all_of(tree, tag):
    found = [tree] if tree[0] == tag else []
    return found + [one for kid in tree[2] for one in all_of(kid, tag)]


@pytest.mark.parametrize("look", [transcript, letter])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_is_archival_and_accessible_in_every_language(look, language):
    assert problems(draw(look(language))) == []


@pytest.mark.django_db
def test_a_signed_document_with_an_attachment_is_archival_and_whole():
    sealing = seal()
    badge = Attachment("badge.json", "application/ld+json", "The same as data", b"{}")
    drawn = draw(transcript("ar", 2), enclosures=Enclosures((badge,), SignatureField("معهد", sealing.room)))

    pdf = sealing.sign(drawn, datetime.now(UTC))

    assert problems(pdf) == []
    assert check_paper(pdf, sealing.certificates[:1]).outcome is Outcome.WHOLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_data_is_in_the_text_of_the_file(language):
    said = SAID[language]

    text = "".join(pages_of(draw(transcript(language)))).replace(" ", "")

    for words in (said.title, *said.heads, *said.phases, *said.legend[1], said.offices[1], "LLM-2026-0042"):
        assert unicodedata.normalize("NFC", words).replace(" ", "") in text


def test_the_heads_of_a_table_stand_on_every_page_and_are_said_once():
    pdf = draw(transcript("en", repeated=4))

    pages, table = pages_of(pdf), all_of(tree_of(pdf), "Table")[0]
    heads = [one for one in all_of(table, "TH") if one[1]["/A"]["/Scope"] == "/Column"]
    assert len(pages) >= 4
    assert all("Code Module Hours Credits Grade" in page for page in pages if "TCJ-" in page)
    assert len(heads) == 5 + 3  # of the columns, and of the three groups
    assert len(all_of(table, "THead")) == 1


def test_every_row_of_a_table_has_a_cell_for_every_column_and_a_head_of_its_own():
    table = all_of(tree_of(draw(transcript())), "Table")[0]

    for row in all_of(table, "TR"):
        assert sum(cell[1].get("/A", {}).get("/ColSpan", 1) for cell in row[2]) == 5
    first = all_of(all_of(table, "TBody")[0], "TR")[1]
    assert [cell[0] for cell in first[2]] == ["TD", "TH", "TD", "TD", "TD"]
    assert first[2][1][1]["/A"]["/Scope"] == "/Row"


def test_headings_follow_in_order_and_the_title_is_the_first():
    tree = tree_of(draw(transcript(blocks=(Heading("One"), Heading("Two", level=2), Paragraph("Words")))))

    assert [kid[0] for kid in tree[2] if kid[0][:1] == "H"] == ["H1", "H2", "H3"]


def test_a_paragraph_that_goes_on_overleaf_is_one_paragraph():
    pdf = draw(letter(blocks=(Paragraph("These words go on and on. " * 260),)))

    tree = tree_of(pdf)
    assert len(pages_of(pdf)) == 2
    assert len([kid for kid in tree[2] if kid[0] == "P" and len(kid[1]["/K"]) > 20]) == 1
    assert problems(pdf) == []


def test_each_page_says_its_number_of_how_many_and_where_the_paper_is_verified():
    pages = pages_of(draw(transcript("en", repeated=3)))

    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "learn.example.org/verify/7K3M9-QXT4W-2NPA7" in page
        assert "UNI-2026-000123" in page
    assert all("Transcript of records · Amina" in page for page in pages[1:])


def test_arabic_mirrors_the_whole_page():
    def left_of_the_code(language):
        figure = all_of(tree_of(draw(transcript(language))), "Figure")[-1]
        return figure[1]["/A"]["/BBox"][0]

    assert left_of_the_code("en") < 100 < 400 < left_of_the_code("ar")


def test_signatures_and_marks_are_pictures_that_are_said():
    kept = {"sign": picture((90, 40)), "mark": picture((40, 40))}
    signed = SignatureBlock((Signatory("Helena Okafor", "Director", "sign", "Signature of Helena Okafor"),))
    given_by = (
        Institution("The Institute"),
        Institution("University for Peace", "Awards the degree", "mark"),
    )

    pdf = draw(letter("ar", blocks=(Paragraph("نص"), signed), institutions=given_by), kept)

    said = [one[1]["/Alt"] for one in all_of(tree_of(pdf), "Figure")]
    assert said == ["University for Peace", "Signature of Helena Okafor"]
    assert problems(pdf) == []


@pytest.mark.parametrize("words", ["2026-0042", "LL.M.", "B+", "learn.example.org/verify"])
def test_what_reads_from_left_to_right_keeps_its_order_inside_arabic(words):
    setting = Scribe(load_fonts(), "ar", "rtl").set(f"الرمز {words} هنا", Look(10), 500)

    (line,) = setting.lines
    together = [
        "".join(glyph.text for glyph in stretch.glyphs) for stretch in line.stretches if not stretch.backwards
    ]
    assert [part.strip() for part in together] == [words]


@settings(max_examples=60, deadline=None)
@example(
    pieces=[("0", False, False), ("0", False, False), ("aلا", False, False), ("0000", False, False)],
    width=40,
    direction="ltr",
)
@given(
    pieces=st.lists(
        st.tuples(st.text("ab é-,.سلام 0(9)", min_size=1, max_size=40), st.booleans(), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    width=st.integers(40, 300),
    direction=st.sampled_from(["ltr", "rtl"]),
)
def test_lines_hold_every_word_and_none_is_wider_than_its_column(pieces, width, direction):
    words = tuple(Run(*piece) for piece in pieces)

    setting = Scribe(load_fonts(), "en", direction).set(words, Look(10), width)

    drawn = "".join(line.text for line in setting.lines).replace("\u200e", "").replace(" ", "")
    assert drawn == "".join(text for text, _bold, _italic in pieces).replace(" ", "")
    assert all(line.width(10) <= width + 0.1 for line in setting.lines)


@pytest.mark.parametrize("rows", range(14, 22))
def test_nobody_signs_a_page_with_nothing_on_it_to_sign(rows):
    text = tuple(Paragraph(f"Sentence number {number} of this letter.") for number in range(rows))
    signed = SignatureBlock((Signatory("Helena Okafor", "Director"),) * 2, "Turin, 22 November 2026")

    pages = pages_of(draw(letter(blocks=(*text, signed))))

    assert "Sentence number" in next(page for page in pages if "Helena Okafor" in page)


@pytest.mark.parametrize("rows", range(18, 26))
def test_a_short_legend_is_never_parted(rows):
    text = tuple(Paragraph(f"Sentence number {number} of this letter.") for number in range(rows))
    legend = Notes(tuple((sign, f"explained {sign}") for sign in "ABCDEF"))

    pages = pages_of(draw(letter(blocks=(*text, legend))))

    assert "explained F" in next(page for page in pages if "explained A" in page)


@pytest.mark.parametrize("rows", range(16, 26))
def test_a_legend_stays_with_its_heading_and_what_leads_to_it(rows):
    text = tuple(Paragraph(f"Sentence number {number} of this letter.") for number in range(rows))
    legend = Notes(tuple((sign, f"explained {sign}") for sign in "ABCDEF"))
    led_to = (Heading("How to read it"), Paragraph("One credit is 25 hours of work."), legend)

    pages = pages_of(draw(letter(blocks=(*text, *led_to))))

    assert "explained F" in next(page for page in pages if "How to read it" in page)


def test_a_total_and_the_title_of_a_group_never_stand_alone():
    columns = (Column("Module", 3, names_row=True), Column("Credits", align="figures"))
    for before in range(26, 34):
        rows = tuple(Row((f"Module {number}", "1")) for number in range(before))
        groups = (
            RowGroup((*rows, Row(("All of them", "9"), total=True))),
            RowGroup((Row(("Last module", "1")),), "Second group"),
        )

        pages = pages_of(draw(letter(blocks=(Table(columns, groups),))))

        assert f"Module {before - 1} " in next(page for page in pages if "All of them" in page)
        assert "Last module" in next(page for page in pages if "Second group" in page)


def test_the_same_document_is_the_same_bytes_in_every_process_and_after_being_kept():
    script = (
        "import sys, hashlib; sys.path.insert(0, '.')\n"
        "from certificates.paper.documents.drawing import draw\n"
        "from tests.certificates.transcripts import transcript\n"
        "sys.stdout.write(hashlib.sha256(draw(transcript('ar', 2))).hexdigest())"
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
    kept = from_plain(json.loads(json.dumps(to_plain(transcript("ar", 2)))))

    assert len(digests) == 1
    assert kept == transcript("ar", 2)
    assert draw(kept) == draw(transcript("ar", 2))


@pytest.mark.parametrize(
    "data", [{}, {"format": 2}, {"format": 1, "document": {"is": "Rule"}}, [], {"format": 1}]
)
def test_data_that_is_no_document_is_refused(data):
    with pytest.raises(NotADocument):
        from_plain(data)


def test_a_character_no_font_has_is_refused_by_its_name_wherever_it_stands():
    with pytest.raises(MissingGlyph, match="UNICORN FACE"):
        draw(transcript(blocks=(Paragraph((Run("Ana "), Run("🦄", bold=True))),)))


def test_a_row_taller_than_a_page_is_refused_with_its_words():
    table = Table((Column("All"),), (RowGroup((Row(("No end of words. " * 1200,)),)),))

    with pytest.raises(DoesNotFit, match="No end of words"):
        draw(transcript(blocks=(table,)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: transcript(issued_at=MOMENT.replace(tzinfo=None)),
        lambda: Table((Column("One"), Column("Two")), (RowGroup((Row(("only one",)),)),)),
        lambda: Heading("Deep", level=3),
        lambda: Paragraph("Words", align="left"),
    ],
)
def test_a_document_that_makes_no_sense_cannot_be_made(make):
    with pytest.raises(ValueError, match=r"\w"):
        make()
