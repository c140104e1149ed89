"""Who teaches a module in another year: whoever's stated time covers the day. Nobody is asked to teach by a copy."""

import datetime
from collections.abc import Iterable

from accounts.models import User
from programmes.models import Lecturer, Module
from timetable.models import Session
from timetable.taking_over import Teaches


def staying(module: Module, starts_on: datetime.date, ends_on: datetime.date | None) -> list[Lecturer]:
    """The lecturers of a module whose stated time reaches into these dates."""
    found = module.lecturers.filter(ends_on__gte=starts_on, person__is_active=True).select_related("person")
    return list(found.filter(starts_on__lte=ends_on) if ends_on else found)


def stated_times(modules: Iterable[Module]) -> Teaches:
    """Whether somebody's stated time for the module of a session covers a day; asks once."""
    rows = Lecturer.objects.filter(module__in=[module.pk for module in modules])
    spans: dict[tuple[int, int], list[tuple[datetime.date, datetime.date]]] = {}
    for row in rows.select_related("module"):
        spans.setdefault((row.module.edition_id, row.person_id), []).append((row.starts_on, row.ends_on))

    def teaches(session: Session, person: User, on: datetime.date) -> bool:
        found = spans.get((session.edition_id, person.pk), ())
        return any(first <= on <= last for first, last in found)

    return teaches
