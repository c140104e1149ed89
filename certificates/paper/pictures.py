"""Pictures that can be printed: opened with care, kept as nothing but their pixels."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from certificates.paper.errors import PaperError
from certificates.paper.sentences import Sentence, gettext_noop

MOST_PIXELS = 4_000_000
LONGEST_SIDE = 1600


class NotAPicture(PaperError):
    """What was given as a picture is none that can be printed."""

    def __init__(self) -> None:
        words = gettext_noop(
            "This is not a picture that can be printed. Choose a PNG or JPEG of at most 4 million pixels."
        )
        super().__init__(Sentence(words))


def opened(data: bytes) -> Image.Image:
    """The picture in these bytes with colours and transparency. Raises NotAPicture."""
    try:
        picture = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MOST_PIXELS or min(picture.size) < 2:
            raise NotAPicture
        return picture.convert("RGBA")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        struct.error,
        zlib.error,
        Image.DecompressionBombError,
    ) as problem:
        raise NotAPicture from problem


def normalized(data: bytes) -> tuple[bytes, int, int]:
    """The picture as it is kept: a PNG no larger than print needs, with nothing but its pixels; and its size."""
    picture = opened(data)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue(), picture.width, picture.height
