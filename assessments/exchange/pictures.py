"""Pictures that come inside a file, judged by what they hold, never by their name."""

import hashlib
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from assessments.exchange.values import ReadFile

ENDINGS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
MOST_DOTS = 40_000_000


def read_picture(name: str, data: bytes) -> ReadFile | None:
    """The picture under a name that tells what it is, or None where it is none."""
    form = form_of(data)
    if form is None:
        return None
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0][:80] or _("picture")
    return ReadFile(f"{stem}.{ENDINGS[form]}", data, hashlib.sha1(data, usedforsecurity=False).hexdigest())


def form_of(data: bytes) -> str | None:
    """What kind of picture the bytes are, or None: no picture, damaged, too many bytes or dots."""
    if len(data) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        return None
    try:
        with Image.open(BytesIO(data), formats=list(ENDINGS)) as picture:
            if picture.width * picture.height > MOST_DOTS:
                return None
            form = picture.format
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        return None
    return form
