"""Whether a file may stand for a wanted document: its content decides its type, and its pages are counted."""

from dataclasses import dataclass
from typing import IO

import pikepdf
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from assessments.file_types import CheckedFile, UploadRefused, check_upload, clean_name
from programmes.models import WantedDocument

PICTURES = ("jpg", "png")
# A page scanned with 600 dots per inch has 35 million; a few kilobytes can claim to be billions.
MOST_PIXELS = 40_000_000


@dataclass(frozen=True)
class InspectedFile:
    """A file that may be kept, with its pages where they can be counted."""

    checked: CheckedFile
    pages: int | None


def size_refusal(name: str, size: int, most_mb: int) -> UploadRefused | None:
    """Why a file of this size is not taken; asked before a byte of it is read."""
    if size <= most_mb * 1024 * 1024:
        return None
    words = {"name": clean_name(name), "size": round(size / (1024 * 1024)), "limit": most_mb}
    return UploadRefused(
        _(
            "“%(name)s” has %(size)s MB; at most %(limit)s MB are taken. Scan it again in grey with 150 dots per inch, "
            "or save it with fewer details, and choose the smaller file."
        )
        % words
    )


def inspect(
    upload: UploadedFile, *, file_types, most_mb: int, most_pages: int | None = None
) -> InspectedFile:
    """Look a file over, or raise UploadRefused with what is wrong and what to do."""
    if refusal := size_refusal(upload.name or "", upload.size or 0, most_mb):
        raise refusal
    checked = check_upload(upload, allowed=file_types, max_bytes=most_mb * 1024 * 1024)
    pages = _pages(upload, checked)
    if most_pages and pages and pages > most_pages:
        raise UploadRefused(_too_many_pages(checked.name, pages, most_pages))
    return InspectedFile(checked, pages)


def inspect_for(wanted: WantedDocument, upload: UploadedFile) -> InspectedFile:
    """Look a file over for a wanted document."""
    return inspect(upload, file_types=wanted.file_types, most_mb=wanted.most_mb, most_pages=wanted.most_pages)


def _too_many_pages(name, pages, most):
    words = {"name": name, "pages": pages, "most": most}
    return (
        ngettext(
            "“%(name)s” has %(pages)s pages; at most %(most)s page is taken. Shorten it, then choose it again.",
            "“%(name)s” has %(pages)s pages; at most %(most)s pages are taken. Shorten it, then choose it again.",
            most,
        )
        % words
    )


def has_too_many_pixels(picture: IO[bytes]) -> bool:
    """Whether a picture claims more than can be drawn safely. Reads its header only."""
    picture.seek(0)
    try:
        with Image.open(picture) as image:
            return image.width * image.height > MOST_PIXELS
    except Image.DecompressionBombError:
        return True
    finally:
        picture.seek(0)


def _check_pixels(upload, name):
    try:
        is_too_large = has_too_many_pixels(upload)
    except (OSError, ValueError, SyntaxError):
        raise UploadRefused(
            _("“%(name)s” is damaged and cannot be opened. Save it again, then choose it again.")
            % {"name": name}
        ) from None
    if is_too_large:
        words = {"name": name, "most": MOST_PIXELS // 1_000_000}
        raise UploadRefused(
            _(
                "“%(name)s” has more than %(most)s million pixels. Scan it again with 150 dots per inch, or make the "
                "picture smaller, and choose it again."
            )
            % words
        )


def _pages(upload, checked):
    if checked.type.key in PICTURES:
        _check_pixels(upload, checked.name)
        return 1
    if checked.type.key != "pdf":
        return None
    upload.seek(0)
    try:
        with pikepdf.open(upload) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError:
        raise UploadRefused(
            _(
                "“%(name)s” is locked with a password, so nobody here could read it. Save it without a password, then "
                "choose it again."
            )
            % {"name": checked.name}
        ) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise UploadRefused(
            _("“%(name)s” is damaged and cannot be opened. Save it again as PDF, then choose it again.")
            % {"name": checked.name}
        ) from None
    finally:
        upload.seek(0)
    if not pages:
        raise UploadRefused(_("“%(name)s” has no pages. Choose the right file.") % {"name": checked.name})
    return pages
