"""The steps of a thesis or project, each one function, safe to repeat."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from assessments.assignments.storing import keep
from assessments.file_types import check_upload
from enrolments.moved_dates import moved
from foundation.audit import services as audit
from gradebook.models import EntryKind
from gradebook.services import enter
from gradebook.typed import Typed
from programmes.models import (
    MilestoneReached,
    Module,
    ModuleEnrolment,
    ProgrammeEdition,
    Project,
    ProjectExamination,
    ProjectFile,
    ProjectMilestone,
    ProjectRules,
)
from programmes.projects import emails
from programmes.projects.refusals import ProjectRefusal, ProjectRefused
from programmes.services.copying import again
from programmes.today import today_in

MEGABYTE = 1024 * 1024
EXAMINERS = 2


def rules_of(place: ModuleEnrolment) -> ProjectRules:
    """The rules of a place's module, or raise ProjectRefused."""
    rules = ProjectRules.objects.filter(module=place.module_id).first()
    if rules is None:
        raise ProjectRefused(ProjectRefusal.NO_PROJECT)
    return rules


@transaction.atomic
def propose_topic(place: ModuleEnrolment, *, topic: str, outline: str) -> Project:
    """Propose a topic, or another one as long as none is approved."""
    rules = rules_of(place)
    rows = ModuleEnrolment.objects.select_for_update(of=["self"])
    held = rows.select_related("student__programme_edition").get(pk=place.pk)
    if not topic.strip() or not outline.strip():
        raise ProjectRefused(ProjectRefusal.NO_TOPIC)
    project = Project.objects.filter(place=held).first()
    if project and project.approved_at:
        raise ProjectRefused(ProjectRefusal.APPROVED)
    if today_in(held.student.programme_edition) > rules.topics_due_on and not (
        project and project.returned_reason
    ):
        raise ProjectRefused(ProjectRefusal.TOPICS_CLOSED)
    project = project or Project(place=held)
    project.topic, project.outline = topic.strip(), outline.strip()
    project.proposed_at, project.returned_reason = timezone.now(), ""
    project.save()
    return project


@transaction.atomic
def approve_topic(project: Project, *, supervisor: User, by: User) -> Project:
    """Approve the topic and name who supervises. Safe to repeat; the supervisor can be changed."""
    project = lock_project(project)
    if supervisor == project.place.student.person:
        raise ProjectRefused(ProjectRefusal.OWN)
    if project.approved_at and project.supervisor == supervisor:
        return project
    project.supervisor, project.approved_at = supervisor, project.approved_at or timezone.now()
    project.save()
    audit.record(by, "programmes.approve_topic", project, after={"supervisor": str(supervisor)})
    emails.send_topic_approved(project)
    return project


@transaction.atomic
def return_topic(project: Project, *, by: User, reason: str) -> Project:
    """Give a proposal back with the reason; another can be proposed, also after the day is over."""
    project = lock_project(project)
    if not reason.strip():
        raise ProjectRefused(ProjectRefusal.NO_REASON)
    if project.approved_at:
        raise ProjectRefused(ProjectRefusal.APPROVED)
    project.returned_reason = reason.strip()
    project.save()
    audit.record(by, "programmes.return_topic", project, reason=reason)
    emails.send_topic_returned(project)
    return project


@transaction.atomic
def reach_milestone(project: Project, milestone: ProjectMilestone, *, by: User, note: str = "") -> None:
    """Say that a milestone is reached. Safe to repeat."""
    project = lock_project(project)
    if project.approved_at is None:
        raise ProjectRefused(ProjectRefusal.NOT_APPROVED)
    MilestoneReached.objects.get_or_create(
        project=project,
        milestone=milestone,
        defaults={"note": note.strip(), "reached_at": timezone.now(), "said_by": by},
    )


def hand_in_project(
    project: Project, upload: UploadedFile, *, by: User, now: datetime.datetime | None = None
) -> ProjectFile:
    """Hand in the work, or a newer version until the deadline. `now` is when the whole file had arrived."""
    now, rules = now or timezone.now(), rules_of(project.place)
    _refuse_hand_in(project, rules, now)
    return _keep_file(project, upload, rules, by, is_corrected=False)


def _refuse_hand_in(project, rules, now):
    if project.approved_at is None:
        raise ProjectRefused(ProjectRefusal.NOT_APPROVED)
    if project.decided_at or project.examinations.exclude(handed_in_at=None).exists():
        raise ProjectRefused(ProjectRefusal.BEING_EXAMINED)
    if now > rules.hand_in_due_at:
        raise ProjectRefused(ProjectRefusal.TOO_LATE)


def _keep_file(project, upload, rules, by, *, is_corrected) -> ProjectFile:
    checked = check_upload(upload, allowed=("pdf",), max_bytes=rules.most_megabytes * MEGABYTE)
    fields = keep(upload, checked)
    with transaction.atomic():
        project = lock_project(project)
        newest = project.files.filter(is_corrected=is_corrected).last()
        if newest and newest.sha256 == fields["sha256"]:
            return newest
        return ProjectFile.objects.create(
            project=project, uploaded_by=by, is_corrected=is_corrected, **fields
        )


@transaction.atomic
def appoint_examiners(project: Project, examiners: list[User], *, by: User) -> None:
    """Name the two who examine, until one of them has handed in. Safe to repeat."""
    project = lock_project(project)
    people = {person.pk: person for person in examiners}
    if len(people) != EXAMINERS:
        raise ProjectRefused(ProjectRefusal.TWO_EXAMINERS)
    if project.place.student.person_id in people:
        raise ProjectRefused(ProjectRefusal.OWN)
    present = project.examinations.all()
    if {one.examiner_id for one in present} == set(people):
        return
    if present.exclude(handed_in_at=None).exists():
        raise ProjectRefused(ProjectRefusal.EXAMINED)
    present.exclude(examiner__in=people).delete()
    for person in people.values():
        ProjectExamination.objects.get_or_create(project=project, examiner=person)
    names = sorted(str(person) for person in people.values())
    audit.record(by, "programmes.appoint_examiners", project, after={"examiners": names})
    emails.send_appointed(project, list(people.values()))


@transaction.atomic
def hand_in_report(
    examination: ProjectExamination, *, score: Decimal | None, report: str, ends: bool
) -> ProjectExamination:
    """Keep what an examiner writes; with `ends` it is handed in and changes no more."""
    rows = ProjectExamination.objects.select_for_update(of=["self"]).select_related("project")
    held = rows.get(pk=examination.pk)
    if held.handed_in_at:
        raise ProjectRefused(ProjectRefusal.REPORT_IN)
    if ends and (score is None or not report.strip()):
        raise ProjectRefused(ProjectRefusal.NO_REPORT)
    if ends and not held.project.files.exists():
        raise ProjectRefused(ProjectRefusal.NOT_HANDED_IN)
    held.score, held.report = score, report.strip()
    held.handed_in_at = timezone.now() if ends else None
    held.save()
    return held


@transaction.atomic
def book_viva(project: Project, *, at: datetime.datetime, minutes: int, place: str, by: User) -> Project:
    """Set the time and place of the viva; whoever examines or supervises can be in one viva at a time."""
    project = lock_project(project)
    people = [*project.examinations.values_list("examiner", flat=True), project.supervisor_id]
    ends = at + datetime.timedelta(minutes=minutes)
    # Held in one order, so that two vivas of the same people are booked one after the other.
    list(
        User.objects.select_for_update(of=["self"], no_key=True)
        .filter(pk__in=people)
        .order_by("pk")
        .values_list("pk")
    )
    others = Project.objects.exclude(pk=project.pk).exclude(viva_at=None).filter(viva_at__lt=ends)
    others = others.filter(Q(supervisor__in=people) | Q(examinations__examiner__in=people)).distinct()
    if any(one.viva_ends_at and one.viva_ends_at > at for one in others):
        raise ProjectRefused(ProjectRefusal.CLASH)
    before = project.viva_at
    project.viva_at, project.viva_minutes, project.viva_place = at, minutes, place.strip()
    project.save()
    audit.record(
        by,
        "programmes.book_viva",
        project,
        before={"at": before and before.isoformat()},
        after={"at": at.isoformat()},
    )
    emails.send_viva(project)
    return project


@transaction.atomic
def decide_project(
    project: Project, *, score: Decimal, note: str, corrections: str = "", by: User
) -> Project:
    """Write down the agreed result, perhaps with corrections; it goes into the gradebook of the module."""
    project = lock_project(project)
    if project.decided_at:
        raise ProjectRefused(ProjectRefusal.DECIDED)
    reports = project.examinations.exclude(handed_in_at=None)
    scores = [one.score for one in reports if one.score is not None]
    if len(scores) < EXAMINERS:
        raise ProjectRefused(ProjectRefusal.REPORTS_MISSING)
    rules = rules_of(project.place)
    if max(scores) - min(scores) > rules.widest_difference and not note.strip():
        raise ProjectRefused(ProjectRefusal.DIFFERENCE)
    project.score, project.decision_note, project.decided_at = score, note.strip(), timezone.now()
    project.corrections = corrections.strip()
    if project.corrections:
        today = today_in(project.place.student.programme_edition)
        project.corrections_due_on = today + datetime.timedelta(days=rules.corrections_days)
    project.save()
    _grade(project, by)
    audit.record(by, "programmes.decide_project", project, reason=note, after={"score": str(score)})
    emails.send_project_decided(project)
    return project


def _grade(project: Project, by: User) -> None:
    """Into the one item of the module's gradebook that is graded by hand, or raise: nothing may go nowhere."""
    scheme = getattr(project.place.enrolment.edition, "grade_scheme", None)
    items = list(scheme.items.counting().filter(activity=None)[:2]) if scheme else []
    if len(items) != 1:
        raise ProjectRefused(ProjectRefusal.NO_ITEM)
    enter(
        items[0],
        project.place.enrolment,
        Typed(EntryKind.SCORE, project.score),
        by=by,
        reason=project.decision_note or project.topic,
    )


def hand_in_corrections(project: Project, upload: UploadedFile, *, by: User) -> ProjectFile:
    """Hand in the corrected work; it stands beside what was examined."""
    if not project.waits_for_corrections:
        raise ProjectRefused(ProjectRefusal.NO_CORRECTIONS)
    return _keep_file(project, upload, rules_of(project.place), by, is_corrected=True)


@transaction.atomic
def accept_corrections(project: Project, *, by: User) -> Project:
    """Say that the corrections are as asked for. Safe to repeat."""
    project = lock_project(project)
    if not project.corrections:
        raise ProjectRefused(ProjectRefusal.NO_CORRECTIONS)
    if project.corrections_accepted_at:
        return project
    if not project.files.filter(is_corrected=True).exists():
        raise ProjectRefused(ProjectRefusal.NOT_HANDED_IN)
    project.corrections_accepted_at = timezone.now()
    project.save()
    audit.record(by, "programmes.accept_corrections", project)
    return project


def copy_project_rules(old: ProgrammeEdition, new: ProgrammeEdition, days: int) -> None:
    """Make the modules of the new edition projects as they were in the old one, each day moved."""
    modules = {(one.phase.position, one.code): one for one in _modules(new)}
    for rules in ProjectRules.objects.filter(module__phase__programme_edition=old).select_related(
        "module__phase"
    ):
        module = modules.get((rules.module.phase.position, rules.module.code))
        if module is None or ProjectRules.objects.filter(module=module).exists():
            continue
        kept = again(
            rules,
            module=module,
            topics_due_on=moved(rules.topics_due_on, days),
            hand_in_due_at=moved(rules.hand_in_due_at, days, ZoneInfo(new.time_zone)),
        )
        kept.save()
        for milestone in rules.milestones.all():
            again(milestone, rules=kept, due_on=moved(milestone.due_on, days)).save()


def _modules(edition):
    return Module.objects.filter(phase__programme_edition=edition).select_related("phase")


def lock_project(project: Project) -> Project:
    """Hold a project until the transaction ends."""
    held = Project.objects.select_for_update(of=["self"])
    return held.select_related(
        "supervisor",
        "place__student__person",
        "place__student__programme_edition",
        "place__enrolment__edition",
    ).get(pk=project.pk)
