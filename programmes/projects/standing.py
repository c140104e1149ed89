"""Where a project stands: each step with its moment and whether it is done. Stores nothing."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.models import ModuleEnrolment, Project, ProjectExamination


@dataclass(frozen=True)
class Step:
    """One step towards the result."""

    label: str
    is_done: bool
    # What the student has to do for it, where it is the student's to take.
    task: str = ""
    # The last moment for it, or when it takes place.
    at: datetime.datetime | None = None
    note: str = ""
    is_appointment: bool = False

    @property
    def is_late(self) -> bool:
        """Whether its time is over and it is not done."""
        return (
            not self.is_done and not self.is_appointment and self.at is not None and self.at < timezone.now()
        )


def steps_of(place: ModuleEnrolment, project: Project | None) -> list[Step]:
    """Every step in order."""
    rules, zone = place.module.project_rules, ZoneInfo(place.student.programme_edition.time_zone)
    return [
        *_topic(project, _end_of(rules.topics_due_on, zone)),
        *_milestones(rules, project, zone),
        *_work(rules, project),
        *_corrections(project, zone),
    ]


def _topic(project, due):
    proposed = project is not None and (bool(project.approved_at) or not project.returned_reason)
    approved = project is not None and project.approved_at is not None
    return [
        Step(_("Topic proposed"), proposed, _("Propose a topic"), due),
        Step(_("Topic approved"), approved),
    ]


def _milestones(rules, project, zone):
    reached = {one.milestone_id: one for one in project.reached.all()} if project else {}
    for milestone in rules.milestones.all():
        done = reached.get(milestone.pk)
        due, note = _end_of(milestone.due_on, zone), done.note if done else ""
        yield Step(str(milestone), done is not None, str(milestone), due, note)


def _work(rules, project):
    decided = project is not None and project.decided_at is not None
    viva_at = project.viva_at if project else None
    return [
        Step(
            _("Handed in"),
            _holds(project, is_corrected=False),
            _("Hand in your project"),
            rules.hand_in_due_at,
        ),
        Step(_("Viva"), decided, _("Viva"), viva_at, is_appointment=True),
        Step(_("Result"), decided),
    ]


def _corrections(project, zone):
    if project and project.corrections:
        due = _end_of(project.corrections_due_on, zone)
        given = _holds(project, is_corrected=True)
        yield Step(_("Corrections handed in"), given, _("Hand in the corrected work"), due)
        yield Step(_("Corrections accepted"), project.corrections_accepted_at is not None)


def next_step(place: ModuleEnrolment, project: Project | None) -> Step | None:
    """What a project waits for; None once everything is done."""
    return next((step for step in steps_of(place, project) if not step.is_done), None)


def _holds(project, *, is_corrected):
    files = project.files.all() if project else ()
    return any(file.is_corrected == is_corrected for file in files)


def _end_of(day, zone):
    """The end of a day where the programme is taught."""
    return day and datetime.datetime.combine(day, datetime.time(23, 59, 59), zone)


def reports_shown_to(project: Project, person) -> list[ProjectExamination]:
    """The reports handed in that somebody may read: one's own, and all once both examiners have handed in."""
    reports = list(project.examinations.select_related("examiner"))
    if reports and all(one.handed_in_at for one in reports):
        return reports
    return [one for one in reports if one.examiner_id == person.pk and one.handed_in_at]
