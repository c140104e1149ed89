"""Rules of attendance, and which sessions an activity of a lesson is done in."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.models import Edition
from enrolments.services import lock_edition
from foundation.audit import services as audit
from timetable.attendance.refusals import AttendanceRefused, Refusal
from timetable.attendance.services.holding import follow
from timetable.models import AttendanceMark, AttendanceRules, LessonSession, Session, SessionActivity

FIELDS = (
    "threshold",
    "free_minutes",
    "lateness",
    "excused",
    "cancelled",
    "opens_minutes_before",
    "check_in_minutes_before",
    "check_in_minutes_after",
    "keeps_documents_days",
)


@transaction.atomic
def set_rules(edition: Edition | None, values: dict, *, by: User, reason: str) -> AttendanceRules:
    """Set how attendance is counted in an edition; without one, in all that have no rules of their own."""
    if not reason.strip():
        raise AttendanceRefused(Refusal.NO_REASON)
    if edition:
        lock_edition(edition)
    rules = AttendanceRules.objects.select_for_update(of=["self"]).filter(edition=edition).first()
    before = {name: getattr(rules, name) for name in FIELDS} if rules else {}
    rules = rules or AttendanceRules(edition=edition)
    for name in FIELDS:
        setattr(rules, name, values[name])
    after = {name: getattr(rules, name) for name in FIELDS}
    if before == after:
        return rules
    rules.save()
    audit.record(by, "timetable.set_attendance_rules", rules, reason=reason, before=before, after=after)
    return rules


@transaction.atomic
def copy_attendance_rules(source: Edition, target: Edition, *, by: User) -> None:
    """Count attendance in one edition as in another; without rules of its own nothing changes. Safe to repeat."""
    rules = AttendanceRules.objects.filter(edition=source).first()
    if rules:
        reason = _("As in %(edition)s") % {"edition": source}
        set_rules(target, {name: getattr(rules, name) for name in FIELDS}, by=by, reason=reason)


@transaction.atomic
def place_sessions(
    edition: Edition, activity: SessionActivity, sessions: Collection[Session], *, by: User
) -> None:
    """Say in which sessions of an edition an activity is done; whoever was there already has done it."""
    lock_edition(edition)
    placed = LessonSession.objects.filter(session__edition=edition)
    before = sorted(placed.filter(activity=activity).values_list("session", flat=True))
    wanted = {session.pk: session for session in sessions if session.edition_id == edition.pk}
    if sorted(wanted) == before:
        return
    placed.filter(activity=activity).exclude(session__in=wanted).delete()
    for session in wanted.values():
        LessonSession.objects.update_or_create(session=session, defaults={"activity": activity})
    for pk in set(wanted) - set(before):
        marked = AttendanceMark.objects.filter(session=pk).values_list("enrolment", flat=True)
        follow(wanted[pk], marked.distinct())
    audit.record(
        by,
        "timetable.place_sessions",
        activity,
        before={"sessions": before},
        after={"sessions": sorted(wanted)},
    )


@transaction.atomic
def save_activity(activity: SessionActivity, *, title: str, user: User) -> None:
    """Save a draft of the activity; learners meet it once its course is published."""
    held = SessionActivity.objects.select_for_update(of=["self"]).get(pk=activity.pk)
    if held.locking_change_set:
        raise AttendanceRefused(Refusal.UNDER_REVIEW)
    draft = held.get_latest_revision_as_object()
    draft.title = title
    draft.save_revision(user=user, clean=False, log_action=True)
