"""The columns of applications in a spreadsheet."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from programmes.applications.listing import ApplicationRow

HEADINGS = [
    _("Number"),
    _("State"),
    _("Given names"),
    _("Family name"),
    _("E-mail address"),
    _("Date of birth"),
    _("Gender"),
    _("Country of nationality"),
    _("Country of residence"),
    _("Profession"),
    _("Institution"),
    _("Position"),
    _("Mode"),
    _("Submitted"),
    _("Documents accepted"),
    _("Documents needed"),
    _("References received"),
    _("Missing"),
    _("Resembles"),
    _("Nominated by"),
]


def exported(rows: Iterable[ApplicationRow]) -> list[list]:
    """One line an application."""
    return [_line(row) for row in rows]


def _line(row: ApplicationRow) -> list:
    one = row.application
    return [
        row.number,
        one.state.label,
        one.given_names,
        one.family_name,
        one.person.email,
        one.born_on,
        one.get_gender_display(),
        one.country.label if one.country else "",
        one.residence.label if one.residence else "",
        one.profession.label if one.profession else "",
        one.institution,
        one.position,
        one.get_mode_display(),
        one.submitted_at,
        row.accepted,
        row.needed,
        row.references,
        row.missing,
        " ".join(f"{alike.name}: {alike.reason}." for alike in row.alike),
        row.nominated_by,
    ]
