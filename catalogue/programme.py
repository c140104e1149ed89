"""The editions of a programme as its public page presents them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from courses.models import ProgrammePage
from courses.titles import titles_in
from programmes.models import (
    CalendarEntry,
    Call,
    EditionPartner,
    Fee,
    Lecturer,
    Module,
    Phase,
    ProgrammeEdition,
    ProgrammeMode,
)


@dataclass(frozen=True)
class ModuleShown:
    """One module: what it is called, what it is worth, who teaches it."""

    module: Module
    title: str
    lecturers: tuple[str, ...]


@dataclass(frozen=True)
class EditionShown:
    """One year of the programme."""

    edition: ProgrammeEdition
    partners: tuple[EditionPartner, ...]
    modes: tuple[ProgrammeMode, ...]
    fees: tuple[Fee, ...]
    calendar: tuple[CalendarEntry, ...]
    phases: tuple[tuple[Phase, tuple[ModuleShown, ...]], ...]
    calls: tuple[Call, ...]

    @property
    def credits(self) -> Decimal:
        """The credits of the compulsory modules."""
        modules = [shown.module for _phase, some in self.phases for shown in some]
        return sum((module.credits for module in modules if not module.is_elective), Decimal(0))

    @property
    def open_call(self) -> Call | None:
        """The call that takes applications now."""
        now = timezone.now()
        return next((call for call in self.calls if call.opens_at <= now <= call.closes_at), None)

    @property
    def next_call(self) -> Call | None:
        """The call that opens next."""
        return next((call for call in self.calls if call.opens_at > timezone.now()), None)


def editions_shown(page: ProgrammePage, language: str) -> list[EditionShown]:
    """The editions that are not over, the next first, in a number of queries that does not grow."""
    today = timezone.localdate()
    modules = Module.objects.select_related("edition__course").order_by("position", "pk")
    lecturers = Lecturer.objects.filter(ends_on__gte=today).select_related("person")
    editions = list(
        ProgrammeEdition.objects.standing()
        .filter(page__translation_key=page.translation_key, ends_on__gte=today)
        .prefetch_related(
            Prefetch("partners", EditionPartner.objects.select_related("partner")),
            "modes",
            "fees",
            "calendar",
            Prefetch("phases__modules", modules),
            Prefetch("phases__modules__lecturers", lecturers),
            Prefetch("calls", Call.objects.published().order_by("opens_at")),
        )
        .order_by("starts_on", "pk")
    )
    courses = {
        module.edition.course
        for edition in editions
        for phase in edition.phases.all()
        for module in phase.modules.all()
    }
    titles = titles_in(courses, language)
    return [_shown(edition, titles) for edition in editions]


def _shown(edition: ProgrammeEdition, titles) -> EditionShown:
    return EditionShown(
        edition=edition,
        partners=tuple(edition.partners.all()),
        modes=tuple(edition.modes.all()),
        fees=tuple(edition.fees.all()),
        calendar=tuple(edition.calendar.all()),
        phases=tuple(
            (phase, tuple(_module(module, titles) for module in phase.modules.all()))
            for phase in edition.phases.all()
        ),
        calls=tuple(edition.calls.all()),
    )


def _module(module: Module, titles) -> ModuleShown:
    names = dict.fromkeys(str(lecturer.person) for lecturer in module.lecturers.all())
    return ModuleShown(module, titles[module.edition.course_id], tuple(names))
