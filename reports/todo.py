"""What needs doing for one member of staff: a number out of how many, and where to do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from accounts.models import Role, User
from assessments.access import marked_editions
from assessments.after.queue import manual_answers, waiting_answers
from assessments.assignments.access import editions_to_mark, marks_anywhere
from assessments.assignments.desk import desk_rows
from certificates.access import can_decide, registered_awards
from courses.access import authored_courses, change_sets_to_review, courses_for
from courses.models import ChangeSet, CourseRole
from enrolments.access import managed_editions, manages_any, taught_editions, tutored_editions
from enrolments.models import EditionRole, Enrolment, Format
from foundation.jobs.health import queue_health
from foundation.jobs.views import MANAGE_PERMISSION
from h5p.access import can_manage_libraries
from h5p.models import Library
from learning.last_seen import QUIET_AFTER, expected_to_work, gone_quiet
from learning.questions import threads_of, unanswered
from reports.broken import known_broken_courses

SOON = timedelta(days=14)


@dataclass(frozen=True)
class ToDo:
    """One thing that may need doing."""

    label: str
    count: int
    total: int
    url: str
    icon: str
    of_what: str

    @property
    def is_waiting(self) -> bool:
        """Whether there is anything to do."""
        return self.count > 0


def to_do(user: User) -> list[ToDo]:
    """Everything that concerns this person, what waits first."""
    found = [item for ask in ASKED for item in ask(user)]
    return sorted(found, key=lambda item: not item.is_waiting)


def reviews(user: User) -> Iterator[ToDo]:
    """Change sets to decide on."""
    mine = change_sets_to_review(user)
    waiting = ChangeSet.objects.awaiting_review().count()
    if mine or (waiting and courses_for(user).exists()):
        label = _("Submitted courses to review")
        yield ToDo(
            label,
            len(mine),
            waiting,
            reverse("courses:reviews"),
            "clipboard-list",
            _("in review on this site"),
        )


def returned(user: User) -> Iterator[ToDo]:
    """My change sets that came back."""
    mine = ChangeSet.objects.open().filter(submitted_by=user)
    total = mine.count()
    if total:
        back = mine.exclude(returned_at=None).order_by("returned_at")
        first = back.first()
        url = reverse("courses:change_set", args=[first.pk]) if first else reverse("courses:index")
        label = _("Courses returned to you by a reviewer")
        yield ToDo(label, back.count(), total, url, "undo", _("submitted by you and not yet published"))


def courses_with_problems(user: User) -> Iterator[ToDo]:
    """Published courses of mine that lack something."""
    courses = {course.translation_key: course for course in authored_courses(user) if course.live}
    known = known_broken_courses() if courses else None
    if known is None:
        return
    broken = [courses[key] for key in known.problems if key in courses]
    url = reverse("courses:outline", args=[broken[0].pk]) if len(broken) == 1 else reverse("courses:index")
    label = _("Published courses that lack something")
    yield ToDo(label, len(broken), len(courses), url, "warning", _("published courses of yours"))


def questions(user: User) -> Iterator[ToDo]:
    """Questions of learners that nobody has answered."""
    if not looks_after_learners(user):
        return
    threads = threads_of(taught_editions(user))
    label = _("Questions of learners without an answer")
    total = threads.count()
    yield ToDo(
        label, unanswered(threads).count(), total, reverse("tutoring:questions"), "help", _("questions asked")
    )


def answers_to_mark(user: User) -> Iterator[ToDo]:
    """Essays of quizzes that wait for a mark in the editions one marks in."""
    if not looks_after_learners(user):
        return
    editions = marked_editions(user)
    total = manual_answers(editions).count()
    if total:
        label = _("Answers in quizzes that wait for a mark")
        waiting = waiting_answers(editions).count()
        yield ToDo(label, waiting, total, reverse("marking:index"), "edit", _("answers that people mark"))


def quiet_learners(user: User) -> Iterator[ToDo]:
    """Learners of taught editions who should be at work and are not."""
    if not looks_after_learners(user):
        return
    editions = taught_editions(user).exclude(format=Format.SELF_STUDY)
    learners = Enrolment.objects.filter(edition__in=editions)
    tutors = tutored_editions(user).exists()
    url = reverse("tutoring:index") if tutors else f"{reverse('editions:index')}?state=running"
    label = _("Learners with a tutor who have gone quiet for %(days)s days") % {"days": QUIET_AFTER.days}
    total = expected_to_work(learners).count()
    yield ToDo(label, gone_quiet(learners).count(), total, url, "group", _("learners who should be at work"))


def assignments_to_mark(user: User) -> Iterator[ToDo]:
    """What was handed in and nobody has marked."""
    if marks_anywhere(user):
        rows = desk_rows(editions_to_mark(user), user)
        label = _("Assignments nobody has marked yet")
        yield ToDo(
            label,
            sum(row.unmarked for row in rows),
            sum(row.handed_in for row in rows),
            reverse("assignment_marking:index"),
            "edit",
            _("handed in"),
        )


def looks_after_learners(user: User) -> bool:
    """Whether the person tutors or manages anything."""
    return manages_any(user) or tutored_editions(user).exists()


def without_tutor(user: User) -> Iterator[ToDo]:
    """Editions that start soon and have nobody to teach them."""
    if not manages_any(user):
        return
    today = timezone.localdate()
    soon = managed_editions(user).filter(cancelled_at=None, starts_on__gte=today, starts_on__lte=today + SOON)
    soon = soon.exclude(format=Format.SELF_STUDY)
    tutors = EditionRole.objects.filter(role=Role.TUTOR).exclude(ends_on__lt=today)
    of_course = CourseRole.objects.filter(role=Role.TUTOR).exclude(ends_on__lt=today)
    alone = soon.exclude(pk__in=tutors.values("edition")).exclude(course__in=of_course.values("course"))
    first = alone.order_by("starts_on", "pk").first()
    url = reverse("editions:team", args=[first.pk]) if first else f"{reverse('editions:index')}?state=to_come"
    label = _("Editions without a tutor that start within %(days)s days") % {"days": SOON.days}
    yield ToDo(label, alone.count(), soon.count(), url, "date", _("taught editions that start then"))


def undrawn_awards(user: User) -> Iterator[ToDo]:
    """Awards whose file could not be drawn."""
    if can_decide(user):
        awards = registered_awards(user)
        label = _("Awards whose certificate could not be drawn")
        url = reverse("award_register:index")
        yield ToDo(label, awards.not_drawn().count(), awards.count(), url, "success", _("awards given"))


def quarantined_libraries(user: User) -> Iterator[ToDo]:
    """Code that somebody uploaded and that waits for a decision."""
    if can_manage_libraries(user):
        waiting = Library.objects.waiting().count()
        label = _("H5P libraries in quarantine")
        url = reverse("h5p_staff:libraries")
        yield ToDo(label, waiting, Library.objects.count(), url, "warning", _("libraries on this site"))


def background_work(user: User) -> Iterator[ToDo]:
    """Failed jobs, and nobody there to do the work."""
    if not user.has_perm(MANAGE_PERMISSION):
        return
    health, url = queue_health(), reverse("jobs:background_work")
    label = _("Background jobs that failed")
    yield ToDo(label, health.failed, DBTaskResult.objects.count(), url, "tasks", _("jobs on record"))
    if not health.at_work:
        label = _("No worker is running: e-mails and certificates wait")
        yield ToDo(label, max(health.waiting, 1), max(health.waiting, 1), url, "warning", _("jobs waiting"))


ASKED = (
    reviews,
    returned,
    courses_with_problems,
    questions,
    assignments_to_mark,
    answers_to_mark,
    quiet_learners,
    without_tutor,
    undrawn_awards,
    quarantined_libraries,
    background_work,
)
