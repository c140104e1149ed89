"""Listens for what earns an award."""

from django.apps import apps as installed
from django.db import router, transaction
from django.dispatch import receiver

from accounts.signals import name_confirmed
from certificates.bulk.tasks import examine_edition
from certificates.designs.services import ship_designs
from certificates.earning import awaiting_award
from certificates.models import BY_ATTENDANCE, CourseAward, Design, DesignVersion, Rule
from certificates.services import issue_award_due
from enrolments.models import Enrolment
from enrolments.services import lock_all
from gradebook.signals import results_changed
from learning.signals import attempt_rescored, course_completed
from portfolio.receivers import has_columns
from timetable.signals import attendance_changed


def bring_designs(sender, using, apps=installed, **kwargs):
    """Answer `post_migrate`, unless it came from another database or an older state of our tables."""
    if router.allow_migrate_model(using, Design) and all(
        has_columns(apps, model) for model in (Design, DesignVersion)
    ):
        ship_designs()


@receiver(course_completed)
def issue_on_completion(sender, enrolment, **kwargs):
    """A course completed may earn an award at once."""
    issue_award_due(enrolment)


@receiver(results_changed)
def examine_grades_again(sender, edition_id, **kwargs):
    """Results, weights or what is released changed: an award by grade may have been earned."""
    earned_by_grade = CourseAward.objects.filter(course__editions=edition_id, award_type__rule=Rule.GRADE)
    if earned_by_grade.exists():
        transaction.on_commit(lambda: examine_edition.enqueue(edition_id))


@receiver(attempt_rescored)
def examine_a_rescored_attempt(sender, attempt, **kwargs):
    """The same for what an attempt gave."""
    examine_grades_again(sender, attempt.enrolment.edition_id)


@receiver(attendance_changed)
def examine_attendance_again(sender, session, **kwargs):
    """Registers changed: an award by attendance may have been earned."""
    given = CourseAward.objects.filter(
        course__editions=session.edition_id, award_type__rule__in=BY_ATTENDANCE
    )
    if given.exists():
        transaction.on_commit(lambda: examine_edition.enqueue(session.edition_id))


@receiver(name_confirmed)
def issue_what_waited_for_the_name(sender, person, **kwargs):
    """Courses completed before the printed name was confirmed get their awards now."""
    lock_all(list(Enrolment.objects.of(person).values_list("pk", flat=True)))
    # Series of numbers are held too until the end: everybody takes them in one order.
    in_order = awaiting_award().order_by("edition__course__award__award_type__number_prefix", "pk")
    for enrolment in in_order.filter(person=person):
        issue_award_due(enrolment)
