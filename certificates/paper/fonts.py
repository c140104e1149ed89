"""Finds the static TrueType fonts papers are set in and says which of them prints a character.

A library is loaded once per process for each set of directories. It holds only what never changes; what one document
uses of a font lives with that document, so papers may be drawn in parallel.
"""

from __future__ import annotations

import re
import struct
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import uharfbuzz
from fontTools.unicodedata import script_name

from certificates.paper.errors import FontMissing, MissingGlyph
from certificates.paper.sentences import Sentence, gettext_noop

DEFAULT_DIRECTORIES = (
    Path(__file__).resolve().parents[2] / "node_modules" / "@expo-google-fonts",
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/truetype/lxgw-wenkai"),
)

# What each style is set in, best first; the first font installed that has the character prints it.
LATIN = {
    "regular": ("EBGaramond-Regular", "NotoSerif-Regular", "NotoSans-Regular"),
    "italic": ("EBGaramond-Italic", "NotoSerif-Italic", "NotoSans-Italic"),
    "medium": ("EBGaramond-Medium", "NotoSerif-Medium", "NotoSerif-Regular", "NotoSans-Regular"),
    "semibold": ("EBGaramond-SemiBold", "NotoSerif-SemiBold", "NotoSerif-Bold", "NotoSans-Bold"),
    "semibold_italic": ("EBGaramond-SemiBoldItalic", "NotoSerif-BoldItalic", "NotoSans-BoldItalic"),
}
ARABIC = {
    "regular": ("Amiri-Regular", "NotoNaskhArabic-Regular"),
    "italic": ("Amiri-Regular", "NotoNaskhArabic-Regular"),
    "medium": ("Amiri-Regular", "NotoNaskhArabic-Medium", "NotoNaskhArabic-Regular"),
    "semibold": ("Amiri-Bold", "NotoNaskhArabic-SemiBold", "NotoNaskhArabic-Bold"),
    "semibold_italic": ("Amiri-Bold", "NotoNaskhArabic-SemiBold", "NotoNaskhArabic-Bold"),
}
CHINESE = ("NotoSerifSC-Regular", "NotoSansSC-Regular", "LXGWWenKai-Regular")
EAST_ASIAN = {
    "Hani": CHINESE,
    "Hira": ("NotoSerifJP-Regular", "NotoSansJP-Regular", *CHINESE),
    "Kana": ("NotoSerifJP-Regular", "NotoSansJP-Regular", *CHINESE),
    "Hang": ("NotoSerifKR-Regular", "NotoSansKR-Regular"),
    "Bopo": CHINESE,
}
# Scripts without italics are set apart by weight alone, where a heavier font is installed.
HEAVIER = {
    name: name.replace("Regular", "SemiBold")
    for names in EAST_ASIAN.values()
    for name in names
    if "Noto" in name
}
PACKAGES = {
    "Latn": "@expo-google-fonts/eb-garamond or Debian's fonts-noto-core",
    "Arab": "@expo-google-fonts/amiri, @expo-google-fonts/noto-naskh-arabic or Debian's fonts-noto-core",
    "Hani": "@expo-google-fonts/noto-sans-sc or Debian's fonts-lxgw-wenkai",
}

_libraries: dict[tuple[Path, ...], FontLibrary] = {}
_lock = threading.RLock()


def load_fonts(directories: Iterable[Path | str] = DEFAULT_DIRECTORIES) -> FontLibrary:
    """The fonts of these directories, read once per process."""
    key = tuple(Path(directory) for directory in directories)
    with _lock:
        if key not in _libraries:
            _libraries[key] = FontLibrary(key)
        return _libraries[key]


@dataclass(frozen=True, eq=False)
class Face:
    """One font file, ready to shape text. Never changes after loading."""

    key: str
    hb_face: uharfbuzz.Face
    hb_font: uharfbuzz.Font
    characters: frozenset[int]

    @classmethod
    def read(cls, key: str, path: Path) -> Face | None:
        """The font in this file, or None if it is not a static TrueType font."""
        hb_face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
        if "glyf" not in hb_face.table_tags or "fvar" in hb_face.table_tags:
            return None
        return cls(key, hb_face, uharfbuzz.Font(hb_face), frozenset(hb_face.unicodes))

    @cached_property
    def scale(self) -> float:
        """From font units to thousandths of the type size."""
        return 1000 / self.hb_face.upem

    @cached_property
    def bounding_box(self) -> list[int]:
        """The box around all glyphs in thousandths of the type size."""
        head = self.hb_face.reference_table("head").data
        return [round(value * self.scale) for value in struct.unpack(">4h", head[36:44])]

    @cached_property
    def italic_angle(self) -> float:
        """Degrees from upright; negative for italics."""
        post = self.hb_face.reference_table("post").data
        return struct.unpack(">i", post[4:8])[0] / 65536

    @cached_property
    def extents(self) -> tuple[int, int]:
        """Ascent and descent (negative) in thousandths of the type size."""
        extents = self.hb_font.get_font_extents("ltr")
        return round(extents.ascender * self.scale), round(extents.descender * self.scale)

    def width(self, glyph: int) -> float:
        """The advance of a glyph in thousandths of the type size."""
        return self.hb_font.get_glyph_h_advance(glyph) * self.scale


class FontLibrary:
    """The fonts found in some directories, and the choice among them."""

    def __init__(self, directories: tuple[Path, ...]):
        self.directories = directories
        self._paths = _index(directories)
        self._faces: dict[str, Face | None] = {}
        self._chains: dict[tuple[str, str], tuple[Face, ...]] = {}

    def face(self, key: str) -> Face | None:
        """The font of this name, such as "EBGaramond-Italic", or None if it is not installed."""
        if key not in self._faces:
            with _lock:
                path = self._paths.get(key)
                self._faces[key] = Face.read(key, path) if path else None
        return self._faces[key]

    def chain(self, style: str, script: str) -> tuple[Face, ...]:
        """The fonts that may print a script (ISO 15924) in a style, best first."""
        if (style, script) not in self._chains:
            faces = (self.face(key) for key in _names(style, script))
            self._chains[style, script] = tuple(face for face in faces if face)
        return self._chains[style, script]

    def face_for(self, cluster: str, style: str, script: str, text: str) -> Face:
        """The best font that has every character of a cluster, or the refusal that names what is missing."""
        needed = {ord(character) for character in cluster if not is_invisible(character)}
        faces = self.chain(style, script)
        for face in faces:
            if needed <= face.characters:
                return face
        if not faces or (script in PACKAGES and not any(self.face(key) for key in _own_names(style, script))):
            words = gettext_noop(
                "No font for %(script)s letters (“%(text)s”) is installed. Install %(package)s, "
                "or name the directory that holds it in CERTIFICATE_FONT_DIRS."
            )
            package = PACKAGES.get(script, PACKAGES["Latn"])
            raise FontMissing(Sentence(words, script=script_name(script), text=text, package=package))
        known = frozenset().union(*(face.characters for face in faces))
        raise MissingGlyph(chr(min(needed - known, default=max(needed))), text)


def is_invisible(character: str) -> bool:
    """Whether a character never has ink and needs no glyph (joiners, direction marks, variation selectors)."""
    code = ord(character)
    return code in {0x034F, 0x061C, 0x2060} or 0x200B <= code <= 0x200F or 0xFE00 <= code <= 0xFE0F


def _own_names(style: str, script: str) -> tuple[str, ...]:
    """The fonts made for a script."""
    if script == "Arab":
        return ARABIC[style]
    if script in EAST_ASIAN:
        heavier = HEAVIER if style.startswith("semibold") else {}
        return tuple(heavier.get(name, name) for name in EAST_ASIAN[script]) + EAST_ASIAN[script]
    if script in {"Latn", "Cyrl", "Grek"}:
        return LATIN[style]
    name = script_name(script, default="").replace("_", "")
    weight = "Bold" if style.startswith("semibold") else "Regular"
    return (
        f"NotoSerif{name}-{weight}",
        f"NotoSans{name}-{weight}",
        f"NotoSerif{name}-Regular",
        f"NotoSans{name}-Regular",
    )


def _names(style: str, script: str) -> tuple[str, ...]:
    own = _own_names(style, script)
    others = (*LATIN[style], *LATIN["regular"], *ARABIC[style], *CHINESE)
    return tuple(dict.fromkeys((*own, *others)))


def _index(directories: tuple[Path, ...]) -> dict[str, Path]:
    """Font name → file; where two directories have the same font, the first directory wins."""
    paths: dict[str, Path] = {}
    for directory in directories:
        for path in sorted(directory.rglob("*.ttf")):
            paths.setdefault(_key(path.stem), path)
    return paths


def _key(stem: str) -> str:
    """The name of a font from that of its file: EBGaramond_400Regular_Italic → EBGaramond-Italic."""
    packaged = re.fullmatch(r"(\w+?)_\d+([A-Za-z]+?)(_Italic)?", stem)
    if not packaged:
        return stem
    family, weight, italic = packaged.groups()
    if italic:
        weight = "Italic" if weight == "Regular" else f"{weight}Italic"
    return f"{family}-{weight}"
