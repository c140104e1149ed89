"""What a copy of an edition takes along and what somebody has to look at: before it is made, and as it then stands."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrolments.moved_dates import moved
from moots.models import CaseDocument, Moot
from programmes.lectureships import stated_times, staying
from programmes.models import Call, Gate, Lecturer, Module, ProgrammeEdition
from timetable.models import Session
from timetable.refusals import Concern
from timetable.taking_over import TakenOver, as_if_copied, candidates, judged, taking

A_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class Part:
    """So many of something."""

    label: str
    number: int
    of: int | None = None


@dataclass(frozen=True)
class Attention:
    """Something a person has to see to, and where."""

    about: str
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Outlook:
    """What comes along, which sessions cannot, and what is to be seen to."""

    parts: tuple[Part, ...]
    left_out: tuple[TakenOver, ...]
    attention: tuple[Attention, ...]


def call_to_copy(programme_edition: ProgrammeEdition) -> Call | None:
    """The newest call of an edition that was not cancelled."""
    return programme_edition.calls.filter(cancelled_at=None).order_by("closes_at", "pk").last()


def before_copying(old: ProgrammeEdition, starts_on: datetime.date) -> Outlook:
    """What a copy that begins on that day would take along. Nothing is made."""
    days = (starts_on - old.starts_on).days
    modules = _modules(old)
    takings = [as_if_copied(module.edition, moved(module.edition.starts_on, days)) for module in modules]
    found = judged(candidates(takings, stated_times(modules)))
    coming = [one for one in found if not one.problems]
    lecturers = sum(
        len(staying(module, one.target.starts_on, one.target.ends_on))
        for module, one in zip(modules, takings, strict=True)
    )
    return Outlook(
        _parts(old, modules, lecturers, Part(_("Sessions"), len(coming), len(found))),
        tuple(one for one in found if one.problems),
        (
            *_behind(coming, modules),
            *_of_moots(old),
            *_of_call(call_to_copy(old)),
            Attention(_("Team"), _("Everybody’s roles stay behind. Give the copy a team.")),
        ),
    )


def after_copying(new: ProgrammeEdition) -> Outlook:
    """What a copy has of the edition it was made from, and what is still to be seen to, as things stand now."""
    modules, old = _modules(new), _modules(new.copied_from)
    takings = [
        taking(module.edition.copied_from, module.edition) for module in modules if module.edition.copied_from
    ]
    found = judged(candidates(takings, stated_times(old)))
    lecturers = Lecturer.objects.filter(module__in=modules).count()
    sessions = Session.objects.standing().filter(edition__module__in=modules).count()
    return Outlook(
        _parts(new, modules, lecturers, Part(_("Sessions"), sessions, len(found))),
        tuple(one for one in found if one.problems and not one.is_there),
        (
            *_without_lecturer(new, modules),
            *_of_moots(new, only_closed=True),
            *_of_call(new.calls.filter(published_at=None).order_by("pk").last()),
            *_of_team(new),
        ),
    )


def _modules(edition: ProgrammeEdition) -> Sequence[Module]:
    rows = Module.objects.filter(phase__programme_edition=edition)
    shown = rows.select_related("phase", "edition__course", "edition__copied_from__course")
    return list(shown.order_by("phase__position", "position", "pk"))


def _parts(edition, modules, lecturers, sessions) -> tuple[Part, ...]:
    call = call_to_copy(edition)
    moots = Moot.objects.filter(edition__module__in=modules)
    documents = CaseDocument.objects.standing().filter(moot__in=moots)
    found = [
        Part(_("Phases"), edition.phases.count()),
        Part(_("Gates"), Gate.objects.filter(phase__programme_edition=edition).count()),
        Part(_("Modules, each with a new edition of its course"), len(modules)),
        Part(_("Partner institutions"), edition.partners.count()),
        Part(_("Modes"), edition.modes.count()),
        Part(_("Fees"), edition.fees.count()),
        Part(_("Entries of the calendar"), edition.calendar.count()),
        Part(_("Lecturers whose stated time covers the new dates"), lecturers),
        sessions,
        Part(_("Moot courts with their rules and rounds, without teams and scores"), moots.count()),
        Part(_("Parts of their case files"), documents.count()),
        Part(_("Calls for applications, as a draft"), 1 if call else 0),
        Part(_("Criteria of the selection"), call.criteria.in_force().count() if call else 0),
        Part(_("Letters of the call’s own"), call.letter_templates.count() if call else 0),
    ]
    return tuple(part for part in found if part.number or part.of)


def _behind(coming: Iterable[TakenOver], modules: Sequence[Module]) -> list[Attention]:
    """A line for each module whose lecturers stay behind in some session, and for each clash of a lecturer."""
    by_edition = {module.edition_id: module for module in modules}
    lines, counts = [], {}
    for one in coming:
        module = by_edition[one.source.edition_id]
        for note in one.notes:
            if note.reason == Concern.LECTURER_BEHIND:
                counts[module] = counts.get(module, 0) + 1
            else:
                lines.append(Attention(f"{module.code} · {one.source.title}", note.sentence))
    return [Attention(str(module), _lecturers_wanted(number)) for module, number in counts.items()] + lines


def _lecturers_wanted(number):
    return ngettext(
        "One session comes without somebody who taught it: no stated time covers the new date.",
        "%(count)s sessions come without somebody who taught them: no stated time covers the new dates.",
        number,
    ) % {"count": number}


def _without_lecturer(new: ProgrammeEdition, modules: Sequence[Module]) -> list[Attention]:
    bare = Session.objects.standing().filter(edition__module__in=modules, lecturers=None)
    counted = bare.order_by().values("edition__module").annotate(number=Count("pk"))
    numbers = dict(counted.values_list("edition__module", "number"))
    return [
        Attention(
            str(module),
            ngettext(
                "One session has no lecturer yet.",
                "%(count)s sessions have no lecturer yet.",
                numbers[module.pk],
            )
            % {"count": numbers[module.pk]},
            reverse("programme_editions:module", args=[new.pk, module.pk]),
        )
        for module in modules
        if numbers.get(module.pk)
    ]


def _of_moots(edition: ProgrammeEdition, *, only_closed=False) -> list[Attention]:
    moots = Moot.objects.filter(edition__module__phase__programme_edition=edition).order_by("pk")
    if only_closed:
        moots = moots.filter(opened_at=None)
    sentence = _(
        "Check its rounds and releases, make its teams and seat its judges; nobody sees it before you open it."
    )
    return [
        Attention(moot.title, sentence, reverse("moot_courts:moot", args=[moot.pk]) if only_closed else "")
        for moot in moots
    ]


def _of_call(call: Call | None) -> list[Attention]:
    if call is None:
        return []
    lines = [
        Attention(capfirst(_("call")), _("It is a draft. Check its window and its wording, then publish it."))
    ]
    for letter in call.letter_templates.all():
        if years := sorted(set(A_YEAR.findall(f"{letter.subject} {letter.body}"))):
            words = {"years": ", ".join(years)}
            lines.append(
                Attention(str(letter), _("This letter names a year: %(years)s. Read it over.") % words)
            )
    return lines


def _of_team(new: ProgrammeEdition) -> list[Attention]:
    if new.roles.current().exists():
        return []
    url = reverse("programme_editions:team", args=[new.pk])
    return [Attention(_("Team"), _("Nobody has a role in it yet."), url)]
