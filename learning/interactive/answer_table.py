"""Reported attempts as lines of a table."""

from django.utils.translation import gettext as _

from h5p.core.report import Answered
from learning.interactive.reports import AttemptReport

# What a cell of a spreadsheet can hold, and some room.
LONGEST_CELL = 30_000


def headings(*, with_address: bool) -> list[str]:
    """What the columns are."""
    return [
        _("Given names"),
        _("Family name"),
        *([_("E-mail")] if with_address else []),
        _("Attempt"),
        _("Begun"),
        _("Ended"),
        _("Points"),
        _("Points possible"),
        _("Score"),
        _("Passed"),
        _("Duration in seconds"),
        _("Source"),
        _("Content"),
        _("Version"),
        _("Language"),
        _("Answers"),
    ]


def row_of(report: AttemptReport, *, with_address: bool) -> list:
    """One attempt."""
    played, attempt, result = report.h5p_attempt, report.h5p_attempt.attempt, report.result
    person = attempt.enrolment.person
    return [
        person.first_name,
        person.last_name,
        *([person.email] if with_address else []),
        attempt.number,
        attempt.started_at,
        attempt.finished_at,
        number(played.raw),
        number(played.maximum),
        number(attempt.score),
        {True: _("Yes"), False: _("No")}.get(result.passed, ""),
        played.seconds,
        _("reported by the browser"),
        played.version.title,
        played.version.number,
        report.language,
        "\n".join(line_of(answer) for answer in report.answers)[:LONGEST_CELL],
    ]


def number(value):
    """A decimal as spreadsheets count with it."""
    return None if value is None else float(value)


def line_of(answer: Answered) -> str:
    """One question with its answer in a line."""
    points = f" ({answer.raw.normalize():f}/{answer.maximum.normalize():f})" if answer.has_points else ""
    given = " | ".join(answer.given) or "–"
    return " ".join(f"{answer.question}: {given}{points}".split())
