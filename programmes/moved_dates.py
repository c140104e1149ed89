"""What the dates of an edition become when it is held again on another day."""

import datetime
from dataclasses import dataclass

from django.utils.text import capfirst

from enrolments.moved_dates import moved
from programmes.models import Module, ProgrammeEdition


@dataclass(frozen=True)
class MovedDate:
    """One date before and after."""

    about: str
    label: str
    before: datetime.date
    after: datetime.date


def moved_dates(programme_edition: ProgrammeEdition, starts_on: datetime.date) -> list[MovedDate]:
    """Every date of the edition, its phases, modules, fees and calendar."""
    days = (starts_on - programme_edition.starts_on).days
    modules = Module.objects.filter(phase__programme_edition=programme_edition).select_related(
        "edition__course"
    )
    rows = [
        (programme_edition, programme_edition, ("starts_on", "ends_on")),
        *(
            (phase, phase, ("starts_on", "ends_on", "choose_until"))
            for phase in programme_edition.phases.all()
        ),
        *((module, module.edition, ("starts_on", "ends_on")) for module in modules),
        *((fee, fee, ("due_on",)) for fee in programme_edition.fees.all()),
        *((entry, entry, ("starts_on", "ends_on")) for entry in programme_edition.calendar.all()),
    ]
    return [
        MovedDate(
            str(about),
            capfirst(str(row._meta.get_field(field).verbose_name)),
            getattr(row, field),
            moved(getattr(row, field), days),
        )
        for about, row, fields in rows
        for field in fields
        if getattr(row, field)
    ]
