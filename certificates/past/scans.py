"""What may be kept as the scan of a past award's paper: a PDF by its content."""

import io

import pikepdf
from django.utils.translation import gettext as _

MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024


def scan_problem(content: bytes) -> str:
    """Why this is no scan that can be kept, or nothing."""
    if len(content) > MOST_BYTES:
        return _("The file is larger than %(most)s MB. Scan it again with less detail.") % {
            "most": MOST_MEGABYTES
        }
    try:
        with pikepdf.open(io.BytesIO(content)) as scan:
            return "" if len(scan.pages) else _("The file has no page.")
    except pikepdf.PasswordError:
        return _("The file asks for a password. Save it without one.")
    except pikepdf.PdfError:
        return _("The file is not a PDF, or is damaged. Scan the paper as a PDF.")
