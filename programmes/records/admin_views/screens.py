"""The frame of the registrar's screens: the way here, and the tabs of an edition's records."""

from django.urls import reverse
from django.utils.translation import gettext as _

from enrolments.admin_views.asking import crumbs, screen
from programmes.access import can_register
from programmes.models import ProgrammeEdition


def tabs(user, edition: ProgrammeEdition, current: str) -> list[dict]:
    """The screens about one edition's records that this person may open, one of them current."""
    labels = [("programme_records:sheet", _("Results"))]
    if can_register(user, edition):
        labels += [
            ("programme_records:missing", _("What is missing")),
            ("programme_records:boards", _("Examination boards")),
            ("programme_records:cases", _("Cases")),
            ("programme_records:papers", _("Papers")),
            ("programme_records:rules", _("Academic rules")),
        ]
    return [
        {"url": reverse(name, args=[edition.code]), "label": label, "is_current": name == current}
        for name, label in labels
    ]


def trail_of(edition: ProgrammeEdition, *steps, last: str):
    """The way here through the edition."""
    return crumbs((reverse("programme_records:sheet", args=[edition.code]), edition.name), *steps, last=last)


def records_screen(request, template, edition, current="", **context):
    """One of the screens about records."""
    return screen(
        request,
        f"programmes/records/staff/{template}",
        edition=edition,
        tabs=tabs(request.user, edition, current),
        **context,
    )
