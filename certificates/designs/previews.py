"""Looking at a draft: drawn by the very engine that draws awards, with a sample or the longest real name."""

import io
from threading import Lock

from django.db.models.functions import Length

from accounts.models import User
from certificates.designs.samples import LANGUAGES, WORDS, sample
from certificates.paper.design import read
from certificates.printing import draw_with

PICTURE_PIXELS = 1600
SAMPLE, LONGEST = "sample", "longest"
# PDFium is not made for threads: two at once end the process, and with it every request in it.
one_at_a_time = Lock()


def preview(
    content: dict, *, language: str, name: str = SAMPLE, alone: bool = False, kind: str = ""
) -> bytes:
    """The draft as a PDF. Raises certificates.paper.errors.PaperError."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    printed = longest_name() if name == LONGEST else ""
    kind = kind if kind in WORDS[language] else "completion"
    award = sample(content, language, name=printed, alone=alone, kind=kind)
    return draw_with(read(content), award)


def as_picture(pdf: bytes) -> bytes:
    """The first page as a PNG, wide enough for a large screen."""
    with one_at_a_time:
        return _first_page(pdf)


def _first_page(pdf):
    import pypdfium2  # noqa: PLC0415 (heavy)

    document = pypdfium2.PdfDocument(pdf)
    written = io.BytesIO()
    try:
        page = document[0]
        image = page.render(scale=PICTURE_PIXELS / max(page.get_size())).to_pil()
        image.save(written, "PNG", compress_level=3)
    finally:
        document.close()
    return written.getvalue()


def longest_name() -> str:
    """The longest name that somebody has confirmed for certificates; empty while nobody has."""
    confirmed = User.objects.exclude(name_for_certificate="").annotate(length=Length("name_for_certificate"))
    return confirmed.order_by("-length").values_list("name_for_certificate", flat=True).first() or ""
