"""The people of the benchmark and what they did: enrolments, completions, awards, attempts under way."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from assessments.models import Answer, AttemptItem, QuizAttempt
from certificates.codes import new_code
from certificates.models import Award, AwardType, AwardWording, CourseAward, Signatory
from certificates.snapshot import snapshot_of
from courses.models import AwardKind
from enrolments.models import Edition, Enrolment, EnrolmentEvent
from learning.models import Attempt, Completion, CourseCompletion
from lms.bench.rows import write
from portfolio.models import Country, Profession

IN_THE_MEASURED_EDITION = 500


@dataclass
class Crowd:
    """What was made, as the visits need it."""

    edition: Edition
    busiest: User
    attempts: list[Attempt]
    award: Award


def make_crowd(tree, scale, say) -> Crowd:
    """People, one edition a course, enrolments, what was done, and attempts at the long quiz."""
    say(f"{scale.people} people …")
    editions = _make_editions(tree.courses)
    people = _make_people(scale.people)
    say(f"{scale.enrolments} enrolments …")
    write(Enrolment, _enrolments(people, editions, scale))
    enrolments = list(Enrolment.objects.order_by("pk").values_list("pk", "edition__course_id"))
    write(EnrolmentEvent, (EnrolmentEvent(enrolment_id=pk, kind="enrolled") for pk, _course in enrolments))
    say("completions and awards …")
    write(Completion, _completions(enrolments, tree.readings))
    done = [pk for pk, _course in enrolments if pk % 10 < 3]
    write(CourseCompletion, (CourseCompletion(enrolment_id=pk) for pk in done))
    write(Award, _awards(tree.courses[0], editions[0], done))
    say(f"{scale.attempts} attempts with {scale.questions} answers each …")
    attempts = _make_attempts(tree.quiz, editions[0], people, scale.attempts)
    return Crowd(editions[0], people[0], attempts, Award.objects.order_by("pk").first())


def _make_editions(courses):
    began = timezone.localdate() - timedelta(days=30)
    write(
        Edition, (Edition(course=course, code=f"edition-{course.pk}", starts_on=began) for course in courses)
    )
    return list(Edition.objects.select_related("course").order_by("pk"))


def _make_people(number):
    countries = list(Country.objects.all())
    professions = list(Profession.objects.filter(parent=None))
    now = timezone.now()
    write(
        User,
        (
            User(
                email=f"person{one}@bench.example",
                first_name="Amina",
                last_name=f"Diallo {one}",
                password="!",  # noqa: S106 (nobody can sign in with it)
                country=countries[one % len(countries)],
                profession=professions[one % len(professions)],
                profile_completed_at=now,
            )
            for one in range(number)
        ),
    )
    return list(User.objects.filter(email__endswith="@bench.example").order_by("pk"))


def _enrolments(people, editions, scale) -> Iterator[Enrolment]:
    """About five a person, spread over all editions; the first person has many, the first edition too."""
    for number, (person, edition) in enumerate(
        sorted(_places(people, editions, scale), key=lambda pair: pair[0])
    ):
        someone = people[person]
        yield Enrolment(
            edition=editions[edition],
            person=someone,
            language="en",
            country=someone.country,
            profession=someone.profession,
            gender=("woman", "man")[number % 2],
        )


def _places(people, editions, scale):
    places = {(0, edition) for edition in range(min(scale.own_enrolments, len(editions)))}
    crowd = max(IN_THE_MEASURED_EDITION, scale.attempts + 1)
    places |= {(person, 0) for person in range(min(crowd, len(people)))}
    number = 0
    while len(places) < scale.enrolments:
        places.add((1 + number % (len(people) - 1), (number * 37 + number // len(people)) % len(editions)))
        number += 1
    return places


def _completions(enrolments, readings) -> Iterator[Completion]:
    for pk, course in enrolments:
        for activity in readings[course][: 1 + pk % 3]:
            yield Completion(enrolment_id=pk, activity_id=activity, language="en")


def _awards(course, edition, enrolments) -> Iterator[Award]:
    signatory = Signatory.objects.create(name="Leif Villadsen", position="Director")
    award_type = AwardType.objects.create(
        name="Completion", kind=AwardKind.COMPLETION, rule="completion", signatory=signatory
    )
    AwardWording.objects.create(
        award_type=award_type,
        language="en",
        title="Certificate of completion",
        presented_to="This is to certify that",
        achievement="has completed the course",
    )
    CourseAward.objects.create(course=course, award_type=award_type)
    now = timezone.now()
    sample = snapshot_of(edition.enrolments.select_related("person").first(), award_type, now)
    for number, pk in enumerate(enrolments):
        yield Award(
            enrolment_id=pk,
            award_type=award_type,
            number=f"BENCH/{number:07}",
            code=new_code(),
            snapshot=sample | {"name": f"Amina Diallo {number}"},
            issued_at=now,
            stored_at=now,
        )


def _make_attempts(quiz, edition, people, number):
    """Attempts under way with every question answered, one a person."""
    version = quiz.versions.get()
    items = list(version.quiz_items.all())
    now = timezone.now()
    enrolments = edition.enrolments.filter(person__in=people[1 : number + 1]).order_by("pk")
    write(
        Attempt,
        (
            Attempt(
                enrolment=enrolment, activity=quiz, version=version, language="en", pass_mark=quiz.pass_mark
            )
            for enrolment in enrolments
        ),
    )
    attempts = list(Attempt.objects.filter(activity=quiz).select_related("enrolment__person").order_by("pk"))
    write(QuizAttempt, (QuizAttempt(attempt=attempt, seed=secrets.randbelow(2**31)) for attempt in attempts))
    write(
        AttemptItem,
        (
            AttemptItem(
                quiz_attempt_id=attempt.pk,
                sort_order=order,
                version_item=item,
                question_version_id=item.question_version_id,
                points=item.points,
            )
            for attempt in attempts
            for order, item in enumerate(items)
        ),
    )
    asked = AttemptItem.objects.filter(quiz_attempt__in=[attempt.pk for attempt in attempts]).values_list(
        "pk", "quiz_attempt"
    )
    write(
        Answer,
        (
            Answer(quiz_attempt_id=attempt, item_id=item, response=["a"], language="en", saved_at=now)
            for item, attempt in asked
        ),
    )
    return attempts
