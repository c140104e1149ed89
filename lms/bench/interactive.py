"""Interactive content for the benchmark: an exercise that many play at once, and a large package to bring in."""

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from courses.models import CompletionRule, LessonActivity, LessonPage
from enrolments.models import Edition, Enrolment
from h5p.core.names import LibraryName
from h5p.services.importing import import_package
from h5p.shipped import write_type
from learning.models import Attempt, H5PActivity, H5PAttempt, H5PWords
from lms.bench.rows import write

PLAYED = LibraryName("JusticeKit.QuestionSet", 1, 0)
LARGE = LibraryName("JusticeKit.Text", 1, 0)
# As pictures come: already packed, and none like another.
PICTURE = b"\x89PNG\r\n\x1a\n"
PICTURE_BYTES = 5 * 1024 * 1024


@dataclass
class Players:
    """What was made, as the visits need it."""

    activity: H5PActivity
    edition: Edition
    attempts: list[H5PAttempt]


def make_players(tree, scale, say) -> Players:
    """An exercise of the last course but one, and attempts at it under way."""
    say(f"{scale.attempts} attempts at interactive content …")
    course = tree.courses[-2]
    package = io.BytesIO()
    write_type(PLAYED, package)
    content = import_package(package, "exercise.h5p", by=None, approve=True).content
    activity = H5PActivity.objects.create(
        course=course, title="Sealing exhibits", completion_rule=CompletionRule.FINISHED, live=True
    )
    H5PWords.objects.create(activity=activity, language=activity.source_language, content=content)
    lesson = LessonPage.objects.descendant_of(course).first()
    LessonActivity.objects.create(
        lesson=lesson, activity=activity, block_id=uuid4(), sort_order=20, required_since=timezone.now()
    )
    edition = Edition.objects.filter(course=course).first()
    learners = list(edition.enrolments.order_by("pk")[: scale.attempts])
    write(Attempt, _attempts(learners, activity))
    made = Attempt.objects.filter(activity=activity).order_by("pk")
    write(H5PAttempt, (H5PAttempt(attempt=attempt, version=content.current) for attempt in made))
    return Players(activity, edition, list(H5PAttempt.objects.order_by("pk")))


def _attempts(learners: list[Enrolment], activity: H5PActivity) -> Iterator[Attempt]:
    for enrolment in learners:
        yield Attempt(enrolment=enrolment, activity=activity, language="en", pass_mark=0)


def write_large_package(path: Path, megabytes: int) -> None:
    """A package of that size: a text with pictures that nothing can pack any smaller."""
    with path.open("w+b") as file:
        write_type(LARGE, file)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as package:
        for number in range(megabytes * 1024 * 1024 // PICTURE_BYTES):
            name = f"content/images/exhibit-{number}.png"
            package.writestr(name, PICTURE + os.urandom(PICTURE_BYTES - len(PICTURE)))
