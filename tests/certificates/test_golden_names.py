"""Difficult names look as they did when somebody last looked at them."""

import pytest
from PIL import Image

from certificates.paper.fonts import load_fonts
from certificates.paper.text import Style, Typesetter
from tests.certificates.golden import NAMES, PICTURES, picture, unlike
from tests.certificates.test_paper import needs_chinese_font

# Another version of the rasterizer moves edges by a fraction of a pixel; a missing stroke is far beyond this.
ALIKE = 45
PACKAGED = all(load_fonts().face(key) for key in ("EBGaramond-Medium", "Amiri-Regular"))
needs_packaged_fonts = pytest.mark.skipif(not PACKAGED, reason="the packaged fonts are not installed")


def kept(key):
    return Image.open(PICTURES / f"{key}.png").convert("L")


@needs_packaged_fonts
@pytest.mark.parametrize(
    "key",
    [pytest.param(key, marks=needs_chinese_font if key.startswith("chinese") else ()) for key in NAMES],
)
def test_a_difficult_name_looks_as_it_should(key):
    assert unlike(picture(NAMES[key]), kept(key)) <= ALIKE


@needs_packaged_fonts
@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("polish", "Lukasz Żółć"),  # a stroke is missing
        ("polish", "Łukasz Zółć"),  # a dot is missing
        ("vietnamese", "Đăng Thị Hương"),
        ("arabic", "الله عبد"),  # the words have changed places
        ("arabic", "ﻋ ﺑ ﺩ ﺍﻟﻠﻪ"),  # letters that do not join
        ("arabic-marks", "محمد الأمين لأ"),
        ("persian-joiner", "علیرضا گلچین"),
        ("arabic-with-latin", "محمد )Jean 3rd( الأمين"),
        ("combining-marks", "Ag\u0303a E\u0323bu\u0300n O\u0323\u0301la\u0301 Zoe\u0308"),
    ],
)
def test_a_name_that_is_wrong_in_one_sign_does_not_pass_for_right(key, wrong):
    assert unlike(picture(wrong), kept(key)) > ALIKE


@needs_packaged_fonts
@pytest.mark.parametrize("name", ["E\u0323\u0300", "O\u0323\u0301", "Q\u0303", "S\u0323\u0301"])
def test_a_mark_that_the_font_does_not_attach_is_centred_over_its_letter(name):
    (stretch,) = Typesetter(load_fonts()).line(name, Style("medium")).stretches
    middles, pen = [], 0.0
    for glyph in stretch.glyphs:
        ink = glyph.face.hb_font.get_glyph_extents(glyph.index)
        middles.append(pen + glyph.x + (ink.x_bearing + ink.width / 2) * glyph.face.scale)
        pen += glyph.advance

    assert all(abs(middle - middles[0]) < 40 for middle in middles)
