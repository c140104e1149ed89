"""A gradebook of many learners and forty items for the benchmark: attempts at quizzes, some results by hand."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import Role, SiteRole, User
from assessments.models import Quiz
from courses.models import Activity, LessonActivity, LessonPage
from enrolments.models import Edition, Enrolment
from gradebook.models import GradeEntry, GradeScale, GradeScheme
from gradebook.services import create_scheme
from learning.models import Attempt
from lms.bench.rows import extend, write

ITEMS = 40
BY_HAND = 10  # one result in so many


@dataclass
class Grades:
    """What was made, as the visits need it."""

    scheme: GradeScheme
    coordinator: User
    learners: int


def make_grades(tree, scale, say) -> Grades:
    """An edition of the last course with its quizzes, attempts and entries, and the coordinator who looks at it."""
    say(f"a gradebook of {scale.graded_learners} × {ITEMS} …")
    course = tree.courses[-1]
    quizzes = _make_quizzes(course)
    edition = Edition.objects.create(
        course=course, code="graded", starts_on=timezone.localdate() - timedelta(30)
    )
    coordinator = _make_coordinator()
    people = User.objects.filter(email__endswith="@bench.example").order_by("-pk")[: scale.graded_learners]
    write(Enrolment, (Enrolment(edition=edition, person=person, language="en") for person in people))
    learners = list(edition.enrolments.order_by("pk"))
    write(Attempt, _attempts(learners, quizzes))
    scheme = create_scheme(edition, by=coordinator, scale=GradeScale.objects.get(slug="distinction"))
    write(GradeEntry, _entries(learners, list(scheme.items.all()), coordinator))
    return Grades(scheme, coordinator, len(learners))


def _make_quizzes(course):
    kind = ContentType.objects.get_for_model(Quiz)
    activities = [
        Activity(kind="quiz", content_type=kind, title=f"Quiz {number + 1}", course=course, live=True)
        for number in range(ITEMS)
    ]
    Activity._base_manager.bulk_create(activities)
    extend(Quiz, activities, [Quiz() for _activity in activities])
    lesson, now = LessonPage.objects.descendant_of(course).first(), timezone.now()
    LessonActivity.objects.bulk_create(
        LessonActivity(
            lesson=lesson, activity=activity, block_id=uuid4(), sort_order=number, required_since=now
        )
        for number, activity in enumerate(activities, start=10)
    )
    return activities


def _make_coordinator():
    person = User(email="coordinator@bench.example.org", first_name="Luc", last_name="Moreau")
    person.set_unusable_password()
    person.save()
    admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    person.user_permissions.add(admin)
    SiteRole.objects.create(person=person, role=Role.COORDINATOR)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def _attempts(learners, quizzes):
    now = timezone.now()
    for place, enrolment in enumerate(learners):
        for number, quiz in enumerate(quizzes):
            score = Decimal((place * 7 + number * 13) % 101) / 100
            yield Attempt(
                enrolment=enrolment, activity=quiz, language="en", score=score, pass_mark=0, finished_at=now
            )


def _entries(learners, items, by):
    for place, enrolment in enumerate(learners):
        for number, item in enumerate(items):
            if (place + number) % BY_HAND == 0:
                yield GradeEntry(
                    item=item,
                    enrolment=enrolment,
                    kind="score",
                    score=Decimal("0.8"),
                    reason="Seen again",
                    by=by,
                )
