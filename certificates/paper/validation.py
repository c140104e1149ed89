"""Whether a finished document is what it claims: PDF/A-3a for archives, PDF/UA-1 for everybody's eyes and ears."""

from __future__ import annotations

import page

PROFILES = {"PDF/A-3a": "pdfa-3a", "PDF/UA-1": "pdfua-1"}


def problems(pdf: bytes) -> list[str]:
    """One line for each rule that the document breaks; none when it keeps them all."""
    return [problem for name, profile in PROFILES.items() for problem in _broken(pdf, name, profile)]


def _broken(pdf, name, profile):
    try:
        report = page.validate_pdf_bytes(pdf, profile=profile)
    except page.PageError as unreadable:
        return [f"{name}: {unreadable}"]
    broken = {failure.rule_id: failure.message for failure in report.failures}
    if not report.is_compliant and not broken:
        return [f"{name}: not compliant"]
    return [f"{name}, {rule}: {message}" for rule, message in broken.items()]
