"""Where a project stands: each step with its day and whether it is done. Stores nothing."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.models import ModuleEnrolment, Project, ProjectExamination


@dataclass(frozen=True)
class Step:
    """One step towards the result."""

    label: str
    is_done: bool
    due: datetime.date | None = None
    note: str = ""

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is not done."""
        return not self.is_done and self.due is not None and self.due < timezone.localdate()


def steps_of(place: ModuleEnrolment, project: Project | None) -> list[Step]:
    """Every step in order."""
    rules = place.module.project_rules
    reached = {one.milestone_id: one for one in project.reached.all()} if project else {}
    steps = [
        Step(_("Topic proposed"), project is not None, rules.topics_due_on),
        Step(_("Topic approved"), bool(project and project.approved_at)),
    ]
    for milestone in rules.milestones.all():
        done = reached.get(milestone.pk)
        steps.append(Step(str(milestone), done is not None, milestone.due_on, done.note if done else ""))
    handed_in = bool(project and project.files.filter(is_corrected=False).exists())
    steps += [
        Step(_("Handed in"), handed_in, timezone.localdate(rules.hand_in_due_at)),
        Step(
            _("Viva"),
            bool(project and project.decided_at),
            timezone.localdate(project.viva_at) if project and project.viva_at else None,
        ),
        Step(_("Result"), bool(project and project.decided_at)),
    ]
    if project and project.corrections:
        accepted = project.corrections_accepted_at is not None
        steps.append(Step(_("Corrections"), accepted, project.corrections_due_on))
    return steps


def reports_shown_to(project: Project, person) -> list[ProjectExamination]:
    """The reports somebody may read: one's own, and all once both examiners have handed in."""
    reports = list(project.examinations.select_related("examiner"))
    if reports and all(one.handed_in_at for one in reports):
        return reports
    return [one for one in reports if one.examiner_id == person.pk]
