"""What a student's one place shows, worked out at once: where I am, what is due, how I stand.

One reading of everything: the number of queries does not grow with modules, activities, sessions or papers.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from enrolments.models import Cohort, CohortMember
from learning.agenda import Agenda, agenda_of
from learning.deadlines import deadlines_of
from learning.progress import Progress, progress_of
from programmes.gates import CohortFacts, GateStanding, facts_with, judge, modules_by_phase, phases_of
from programmes.models import CalendarEntry, Module, ModuleEnrolment, Student
from programmes.records.papers import IssuedPaper, papers_of
from programmes.results import ModuleStanding, results_from
from programmes.today import today_in
from timetable.attendance.percentages import AttendanceShare, Standing, attendance_shares, together
from timetable.models import Session

# So many sessions and so many days of the calendar are shown; the timetable has the others.
NEXT_SESSIONS, NEXT_DAYS = 3, 5


@dataclass(frozen=True)
class ModulePlace:
    """One module as the student stands in it."""

    module: Module
    title: str
    progress: Progress | None = None
    result: ModuleStanding | None = None
    is_chosen: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the student learns in it."""
        return self.progress is not None


@dataclass(frozen=True)
class PhasePlace:
    """One phase with its gate and its modules."""

    standing: GateStanding
    modules: tuple[ModulePlace, ...]
    electives: tuple[ModulePlace, ...]
    choice_is_open: bool

    @property
    def chosen(self) -> int:
        """How many electives are chosen."""
        return sum(elective.is_chosen for elective in self.electives)

    @property
    def can_choose_more(self) -> bool:
        """Whether another elective can be chosen now."""
        wanted = self.standing.phase.electives
        return self.choice_is_open and (not wanted or self.chosen < wanted)


@dataclass(frozen=True)
class NextSession:
    """A session to come."""

    session: Session
    course: str

    @property
    def is_named_otherwise(self) -> bool:
        """Whether its title says something that the course does not."""
        return self.session.title != self.course


@dataclass(frozen=True)
class Group:
    """A cohort or work group of the student, and the work its members hand in together."""

    cohort: Cohort
    module: Module
    members: tuple[str, ...]
    projects: tuple[tuple[int, str, datetime.datetime | None], ...]


@dataclass(frozen=True)
class Place:
    """The programme of one student at one moment."""

    phases: tuple[PhasePlace, ...]
    agenda: Agenda
    sessions: tuple[NextSession, ...]
    attendance: AttendanceShare
    groups: tuple[Group, ...]
    calendar: tuple[CalendarEntry, ...]
    papers: tuple[IssuedPaper, ...]

    @property
    def current(self) -> PhasePlace | None:
        """The last phase entered."""
        return self.entered[0] if self.entered else None

    @property
    def next(self) -> PhasePlace | None:
        """The phase that comes then."""
        return self.later[0] if self.later else None

    @property
    def entered(self) -> tuple[PhasePlace, ...]:
        """The phases entered, the last first."""
        return tuple(phase for phase in reversed(self.phases) if phase.standing.is_open)

    @property
    def later(self) -> tuple[PhasePlace, ...]:
        """The phases that come then."""
        return tuple(phase for phase in self.phases if not phase.standing.is_open)

    @property
    def steps(self) -> list[dict[str, str]]:
        """The phases as steps of a way."""
        states = {phase.standing.phase.pk: "done" for phase in self.phases if phase.standing.is_open}
        if self.current:
            states[self.current.standing.phase.pk] = "current"
        phases = [phase.standing.phase for phase in self.phases]
        return [{"label": str(phase), "state": states.get(phase.pk, "next")} for phase in phases]

    @property
    def results(self) -> tuple[ModulePlace, ...]:
        """Modules with a result that may be seen."""
        found = [one for phase in self.phases for one in (*phase.modules, *phase.electives)]
        return tuple(one for one in found if one.result and one.result.total is not None)


def place_of(student: Student, language: str) -> Place:
    """Read and work out everything the page shows."""
    places = _places(student)
    active = [place.enrolment for place in places if place.enrolment.is_active]
    progress = progress_of([place.enrolment for place in places], language)
    shares = attendance_shares([place.enrolment for place in places])
    attendance = together(list(shares.values()), threshold=student.programme_edition.least_attendance)
    facts = _facts(student, places, progress, shares)
    return Place(
        phases=_phases(student, facts, places, progress),
        agenda=agenda_of([progress[enrolment.pk] for enrolment in active], deadlines_of(active)),
        sessions=_sessions(attendance, progress),
        attendance=attendance,
        groups=_groups(places, progress),
        calendar=tuple(
            student.programme_edition.calendar.filter(ends_on__gte=today_in(student.programme_edition))[
                :NEXT_DAYS
            ]
        ),
        papers=tuple(paper for paper in papers_of(student) if paper.is_whole),
    )


def _places(student: Student) -> list[ModuleEnrolment]:
    rows = ModuleEnrolment.objects.filter(student=student).select_related(
        "module__phase",
        "enrolment__person",
        "enrolment__edition__course__locale",
        "enrolment__edition__course__source_locale",
        "enrolment__edition__grade_scheme__scale",
    )
    return list(rows)


def _facts(student, places, progress, shares) -> CohortFacts:
    phases, modules = phases_of(student.programme_edition), modules_by_phase(student.programme_edition)
    known = {module.pk: module for some in modules.values() for module in some}
    by_phase = defaultdict(list)
    for place in places:
        # With the scale of the programme, which the result may be compared with.
        place.module = known[place.module_id]
        by_phase[student.pk, place.module.phase_id].append(shares[place.enrolment_id])
    least = student.programme_edition.least_attendance
    presence = {key: together(some, threshold=least) for key, some in by_phase.items()}
    results = results_from(places, progress)
    return facts_with([student], phases, modules, results=results, presence=presence)


def _phases(student, facts: CohortFacts, places, progress: Mapping[int, Progress]):
    own = {place.module_id: place for place in places}
    today = today_in(student.programme_edition)
    found = []
    for phase in facts.phases:
        standing = judge(facts, student, phase)
        shown = [
            _module(facts, student, own.get(one.pk), one, progress) for one in facts.modules.get(phase.pk, ())
        ]
        found.append(
            PhasePlace(
                standing=standing,
                modules=tuple(one for one in shown if not one.module.is_elective),
                electives=tuple(one for one in shown if one.module.is_elective),
                choice_is_open=standing.is_open and today <= (phase.choose_until or phase.ends_on),
            )
        )
    return tuple(found)


def _module(facts, student, place: ModuleEnrolment | None, module: Module, progress) -> ModulePlace:
    if place is None or not place.enrolment.is_active:
        return ModulePlace(module, module.edition.course.title)
    here = progress[place.enrolment_id]
    result = facts.results.get((student.pk, module.pk))
    return ModulePlace(module, here.course_title, here, result, is_chosen=module.is_elective)


def _sessions(attendance: AttendanceShare, progress: Mapping[int, Progress]) -> tuple[NextSession, ...]:
    """The next sessions of those that attendance counts anyway, each with its place."""
    titles = {one.enrolment.edition_id: one.course_title for one in progress.values()}
    ahead = [
        line.session
        for line in attendance.lines
        if line.standing == Standing.AHEAD and not line.session.edition.cancelled_at
    ][:NEXT_SESSIONS]
    return tuple(NextSession(session, titles[session.edition_id]) for session in ahead)


def _groups(places: Collection[ModuleEnrolment], progress) -> tuple[Group, ...]:
    own = {place.enrolment_id: place for place in places if place.enrolment.is_active}
    mine = CohortMember.objects.current().filter(enrolment__in=own).values("cohort")
    members = CohortMember.objects.current().filter(cohort__in=mine)
    cohorts, names = {}, defaultdict(list)
    for member in members.select_related("cohort__edition", "enrolment__person").order_by("joined_at", "pk"):
        names[member.cohort_id].append(str(member.enrolment.person))
        if member.enrolment_id in own:
            cohorts[member.cohort_id] = (member.cohort, own[member.enrolment_id])
    return tuple(
        Group(
            cohort,
            place.module,
            tuple(sorted(names[cohort.pk])),
            _projects(progress[place.enrolment_id]) if cohort.hands_in_together else (),
        )
        for cohort, place in cohorts.values()
    )


def _projects(progress: Progress):
    """What a work group hands in together."""
    return tuple(
        (lesson.pk, lesson.title, state.due_at)
        for lesson in progress.lessons
        for state in lesson.activities
        if getattr(state.activity, "by_group", False)
    )
