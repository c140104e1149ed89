"""The stylesheet keeps the promises of the design: light, mirrored, contrasting, and made of tokens alone."""

import gzip
import re

import pytest
from django.conf import settings

from lms.static_storage import STYLESHEET, flattened

CSS = settings.BASE_DIR / "static" / "css"
FILES = sorted(CSS.rglob("*.css"))
PHYSICAL = re.compile(
    r"(?<![-\w])(?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?<![-\w])(?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)|(?<![-\w])(?:min-|max-)?(?:width|height)\s*:\s*[^)]*;"
)
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|(?<![-\w])(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
READABLE = [
    ("ink", "paper"),
    ("ink", "paper-2"),
    ("ink-2", "paper"),
    ("ink-2", "paper-2"),
    ("ink-2", "brand-soft"),
    ("brand", "paper"),
    ("brand", "paper-2"),
    ("brand", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    *((state, ground) for state in ("good", "warn", "bad") for ground in ("paper", f"{state}-soft")),
    *(("ink", f"{state}-soft") for state in ("good", "warn", "bad")),
]


def test_the_whole_stylesheet_is_one_file_of_at_most_25_kb():
    css = flattened(STYLESHEET, CSS / "site.css")

    assert "@import" not in css
    assert len(gzip.compress(css.encode(), 9)) <= 25_000


def test_every_file_is_imported_once():
    imported = re.findall(r'@import url\("([^"]+)"\)', (CSS / "site.css").read_text())

    assert sorted(imported) == [str(file.relative_to(CSS)) for file in FILES if file.name != "site.css"]


def test_pictures_are_found_from_the_one_file():
    for url in re.findall(r'url\("([^"]+)"\)', flattened(STYLESHEET, CSS / "site.css")):
        assert (CSS / url).resolve().exists(), url


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rules_are_logical_so_that_pages_mirror(file):
    rules = "\n".join(
        line for line in file.read_text().splitlines() if not line.lstrip().startswith("@media")
    )

    assert PHYSICAL.findall(rules) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_colours_are_tokens(file):
    if file.name == "tokens.css":
        return
    # Paper stays white under drawings and codes that a camera reads, and film is shown on black.
    rules = re.sub(r"background: #(?:fff|000);", "", file.read_text())

    assert RAW_COLOUR.findall(rules) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READABLE)
def test_text_contrasts_with_its_ground(scheme, text, ground):
    colours = tokens(scheme)

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_controls_can_be_seen(scheme):
    colours = tokens(scheme)

    assert contrast(colours["line-strong"], colours["paper"]) >= 3


def tokens(scheme):
    light, rest = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    source = light if scheme == "light" else light + rest.split("@media")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", source))


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
