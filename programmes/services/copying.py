"""Next year's edition in one action: dates moved; people, their places and their grades left behind."""

import datetime
from collections.abc import Mapping
from typing import TypeVar

from django.db import models, transaction
from django.utils.text import slugify

from accounts.models import User
from enrolments.models import Edition
from enrolments.moved_dates import moved
from enrolments.services import copy_edition
from foundation.audit import services as audit
from gradebook.services import create_scheme
from moots.services import case_files
from moots.storing import copies_of
from programmes.models import Gate, Lecturer, Module, Phase, ProgrammeEdition
from programmes.services.codes import free_code
from programmes.services.holding import lock_programme_edition
from programmes.services.taking_along import take_along
from programmes.signals import programme_edition_copied
from timetable.attendance.services import copy_attendance_rules
from timetable.services import hold_timetables

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def copy_programme_edition(
    programme_edition: ProgrammeEdition, *, code: str, name: str, starts_on: datetime.date, by: User
) -> ProgrammeEdition:
    """Make a new edition like this one, every date moved by as many days as its beginning. ValidationError if unfit.

    Modules are taught in new editions of their courses, with the weights of their gradebooks, their rules of
    attendance, their sessions as far as nothing is in the way, and their moot courts without teams. Students, roles,
    decisions and waivers stay behind, and lecturers whose stated time has ended by then. What hangs on an edition
    otherwise listens to the signal.
    """
    old = lock_programme_edition(programme_edition)
    days = (starts_on - old.starts_on).days
    new = again(
        old, code=code, name=name, starts_on=starts_on, ends_on=moved(old.ends_on, days), cancelled_at=None
    )
    new.copied_from = old
    new.full_clean()
    new.save()
    new.expected_results.set(old.expected_results.all())
    for row in [*old.partners.all(), *old.modes.all()]:
        again(row, programme_edition=new).save()
    for fee in old.fees.all():
        again(fee, programme_edition=new, due_on=moved(fee.due_on, days)).save()
    for entry in old.calendar.all():
        again(entry, programme_edition=new, **_moved_span(entry, days)).save()
    editions = [module.edition for module in _modules(old)]
    # Bytes are copied and rows are held before the first entry in the log, which everybody waits for.
    with copies_of(case_files(editions)) as copied:
        hold_timetables(editions)
        _copy_phases(old, new, days, copied, by)
        programme_edition_copied.send(sender=ProgrammeEdition, old=old, new=new, days=days, by=by)
        told = {"from": old.code, "starts_on": starts_on.isoformat(), "days": days}
        audit.record(by, "programmes.copy", new, after=told | {"lecturers": _lecturers(new)})
    return new


def again(row: Row, **changes) -> Row:
    """The same row once more, not saved yet, with these fields changed."""
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not getattr(field, "auto_now_add", False)
    }
    copy = type(row)(**fields)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def _moved_span(row, days):
    return {"starts_on": moved(row.starts_on, days), "ends_on": moved(row.ends_on, days)}


def _copy_phases(
    old: ProgrammeEdition, new: ProgrammeEdition, days: int, copied: Mapping[int, str], by: User
) -> None:
    phases: dict[int, Phase] = {}
    modules: dict[int, Module] = {}
    pairs: dict[Module, Module] = {}
    for phase in old.phases.all():
        choose_until = moved(phase.choose_until, days)
        phases[phase.pk] = copy = again(
            phase, programme_edition=new, choose_until=choose_until, **_moved_span(phase, days)
        )
        copy.save()
    for module in _modules(old):
        edition = _copy_course_edition(module, new, days, by)
        modules[module.pk] = again(module, phase=phases[module.phase_id], edition=edition)
        modules[module.pk].save()
        pairs[module] = modules[module.pk]
    take_along(pairs, new, copied, by=by)
    for gate in Gate.objects.filter(phase__in=phases).prefetch_related("conditions"):
        kept = again(gate, phase=phases[gate.phase_id])
        kept.save()
        for condition in gate.conditions.all():
            again(condition, gate=kept, module=modules.get(condition.module_id or 0)).save()


def _lecturers(new: ProgrammeEdition) -> list[str]:
    rows = Lecturer.objects.filter(module__phase__programme_edition=new).select_related("module", "person")
    return [f"{row.module.code}: {row.person}" for row in rows.order_by("module__code", "module", "pk")]


def _modules(old: ProgrammeEdition) -> models.QuerySet[Module]:
    rows = Module.objects.filter(phase__programme_edition=old)
    return rows.select_related("edition__course", "phase__programme_edition").order_by(
        "phase__position", "pk"
    )


def _copy_course_edition(module: Module, new: ProgrammeEdition, days: int, by: User) -> Edition:
    edition = copy_edition(
        module.edition,
        code=free_code(Edition, f"{new.code}-{slugify(module.code)}"),
        name=new.name,
        starts_on=moved(module.edition.starts_on, days),
        by=by,
    )
    if hasattr(module.edition, "grade_scheme"):
        create_scheme(edition, by=by)
    copy_attendance_rules(module.edition, edition, by=by)
    return edition
