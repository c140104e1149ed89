"""The parts papers are made of: lines, wrapping, QR codes, streams."""

import re
import zlib

import pytest
import segno

from certificates.paper.errors import DoesNotFit
from certificates.paper.fonts import load_fonts
from certificates.paper.qr import QUIET_ZONE, qr_code
from certificates.paper.streams import deflate
from certificates.paper.text import Style, Typesetter, left_to_right


@pytest.fixture
def english():
    return Typesetter(load_fonts())


@pytest.fixture
def arabic():
    return Typesetter(load_fonts(), "ar", "rtl")


def meaning(line):
    """The text of a line, glyph by glyph, in logical order."""
    parts = []
    for stretch in line.stretches:
        texts = [glyph.text for glyph in stretch.glyphs]
        parts += reversed(texts) if stretch.backwards else texts
    return "".join(parts)


@pytest.mark.parametrize(
    "text",
    [
        "office (ffi)",
        "Q\u0303uang e\u0331 x\u0302",
        "Đặng Thị",
        "عبد الله (Jean 3rd) لا",
        "مُحَمَّد",
        "علی\u200cرضا",
    ],
)
def test_glyphs_together_mean_the_text(text, english, arabic):
    assert meaning(english.line(text)) == text
    assert meaning(arabic.line(text)) == text


def test_stretches_stand_from_right_to_left_in_arabic_and_are_read_in_order(arabic):
    line = arabic.line("محمد (Jean) علي")

    starts = [stretch.start for stretch in line.stretches]

    assert [stretch.backwards for stretch in line.stretches] == [True, False, True]
    assert starts == sorted(starts, reverse=True)


def test_a_serial_number_keeps_its_order_in_arabic(arabic):
    bare = arabic.line("رقم 2026-0042")
    kept = arabic.line(f"رقم {left_to_right('2026-0042')}")

    assert len(bare.stretches) > len(kept.stretches)
    assert meaning(kept) == "رقم 2026-0042"


def test_small_capitals_and_tracking_widen_latin_but_never_pull_arabic_apart(english, arabic):
    wide = Style("regular", (), 100)

    assert english.line("Institute", wide).width(10) > english.line("Institute").width(10)
    assert arabic.line("معهد", wide).width(10) == arabic.line("معهد").width(10)


def test_text_shrinks_before_it_breaks_and_breaks_evenly(english):
    text = "Maria Anunciação de Albuquerque e Vasconcelos"
    natural = english.line(text).width(40)

    slightly = english.fit(text, Style(), 40, natural * 0.9, smallest=10)
    broken = english.fit(text, Style(), 40, natural * 0.55, smallest=10)

    assert len(slightly.lines) == 1
    assert 32 <= slightly.size < 40
    assert len(broken.lines) == 2
    assert max(line.width(broken.size) for line in broken.lines) <= natural * 0.55


def test_chinese_breaks_between_characters():
    if not load_fonts().face("NotoSansSC-Regular"):
        pytest.skip("the optional Chinese font is not installed")
    setter = Typesetter(load_fonts(), "zh-hans")

    block = setter.fit("预防和打击监狱中的暴力极端主义", Style(), 40, 320, smallest=12)

    assert len(block.lines) == 2
    assert all(line.width(block.size) <= 320 for line in block.lines)


def test_what_cannot_break_or_shrink_enough_is_refused(english):
    with pytest.raises(DoesNotFit):
        english.fit("Unbreakable" * 20, Style(), 40, 300, smallest=12)


def test_the_drawn_qr_code_has_the_modules_of_the_code():
    address = "https://learn.example.org/verify/7K3M9QXT4W2NP"
    matrix = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    count = len(matrix)
    size = float(count + 2 * QUIET_ZONE)

    drawn = [[0] * count for _row in range(count)]
    for x, y, width, _height in re.findall(
        r"^(\S+) (\S+) (\S+) (\S+) re$", qr_code(address, 0, 0, size, "#000000"), re.MULTILINE
    ):
        row = count - 1 - (round(float(y)) - QUIET_ZONE)
        for column in range(round(float(x)) - QUIET_ZONE, round(float(x) + float(width)) - QUIET_ZONE):
            drawn[row][column] = 1

    assert drawn == matrix


def test_compressed_data_never_ends_like_a_line():
    for number in range(600):
        data = f"stream {number}".encode()

        packed = deflate(data)

        assert not packed.endswith((b"\r", b"\n"))
        assert zlib.decompressobj().decompress(packed) == data


def test_one_long_word_shrinks_as_far_as_it_may(english):
    block = english.fit("Wolfeschlegelsteinhausenbergerdorff", Style(), 40, 300, smallest=12)

    assert len(block.lines) == 1
    assert 12 <= block.size < 32
