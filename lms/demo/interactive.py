"""Interactive content in three courses, in the languages they are read in, and what learners reached with it."""

import json
import random
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from courses.models import CompletionRule, CoursePage, LessonPage
from courses.services import create_activity
from courses.services.change_sets import approve, submit
from enrolments.models import Edition
from h5p.core.completing import outcome
from h5p.core.names import LibraryName
from h5p.models import Content, Source
from h5p.services.contents import save_version
from h5p.services.shipping import install_content_types
from learning.interactive.services.authoring import Wording, save_activity
from learning.interactive.services.beginning import begin_next
from learning.interactive.services.results import record_result
from learning.models import H5PActivity, H5PAttempt
from lms.demo.bodies import block_id
from lms.demo.clock import at
from lms.demo.courses import FIRST_PUBLISHED
from lms.demo.tree import CONTENT, LANGUAGES

# Course, lesson, content, what it is done by, pass mark.
PLACES = [
    ("trafficking-in-persons", "the-first-conversation", "first-contact", CompletionRule.PASSED, "0.6"),
    (
        "electronic-evidence",
        "authenticity-and-weight",
        "phone-that-changed-hands",
        CompletionRule.PASSED,
        "0.6",
    ),
    (
        "tracing-criminal-assets",
        "the-parallel-investigation",
        "terms-of-organized-crime",
        CompletionRule.FINISHED,
        "0",
    ),
    ("electronic-evidence", "choosing-the-route", "asking-for-evidence", CompletionRule.FINISHED, "0"),
    (
        "trafficking-in-persons",
        "consent-and-children",
        "consent-in-the-right-order",
        CompletionRule.PASSED,
        "0.6",
    ),
]
# Edition and content: the editions whose learners have tried it, with the points possible.
PLAYED = [
    ("trafficking-nairobi", "first-contact", 9),
    ("trafficking-francophone", "first-contact", 9),
    ("trafficking-nairobi", "consent-in-the-right-order", 12),
    ("evidence-spring", "phone-that-changed-hands", 15),
    ("assets-running", "terms-of-organized-crime", None),
]
PLAYERS = 8


def make_interactive(people: dict[str, User], say) -> None:
    """The activities as a trainer makes them, published through a review. Skipped when they are there."""
    if H5PActivity.objects.exists():
        return
    install_content_types()
    author, reviewer = (User.objects.get(pk=people[name].pk) for name in ("trainer", "reviewer"))
    for slug in dict.fromkeys(slug for slug, *_rest in PLACES):
        say(f"  interactive content: {slug}")
        course = CoursePage.objects.get(slug=slug, locale__language_code="en")
        with at(FIRST_PUBLISHED + timedelta(hours=3)):
            for place in PLACES:
                if place[0] == slug:
                    _place(course, place[1], _activity(course, *place[2:], author), author)
            change_set = submit(course, author, summary="Exercises to try out what was read.")
            approve(change_set, reviewer, comment="Played through in every language.")


def _activity(course, name, rule, pass_mark, author) -> H5PActivity:
    said = {language: _content(name, language) for language in LANGUAGES}
    made = create_activity("h5p", course, said["en"]["title"][:150], user=author)
    values = {"completion_rule": rule, "pass_mark": Decimal(pass_mark)}
    for language, words in said.items():
        own = words["text_alternative"]
        values |= {"text_alternative": own} if language == "en" else {}
        wording = Wording(language, _saved(words, author), "" if language == "en" else own)
        save_activity(made, user=author, wording=wording, **values)
    return made


def _content(name, language) -> dict:
    return json.loads((CONTENT / "h5p" / f"{name}.{language}.json").read_text(encoding="utf-8"))


def _saved(words, author) -> Content:
    version = save_version(
        None,
        title=words["title"],
        library=LibraryName.parse(words["library"]),
        params=words["params"],
        files={},
        by=author,
        metadata={"title": words["title"], "license": "U"},
        language=words["language"],
        source=Source.FORM,
    )
    return version.content


def _place(course, slug, activity, author):
    """At the end of its lesson; optional, so that it keeps nobody from completing the course."""
    lesson = LessonPage.objects.descendant_of(course).get(slug=slug).get_latest_revision_as_object()
    block = {
        "type": "activity",
        "value": {"activity": activity.pk, "required": False},
        "id": block_id(f"{course.slug}/{slug}/interactive/{activity.title}"),
    }
    lesson.body = [*lesson.body.get_prep_value(), block]
    lesson.save_revision(user=author)


def make_attempts(editions: dict[str, Edition], say) -> None:
    """Some learners of each edition have played; a few are in the middle. Skipped when somebody has."""
    if H5PAttempt.objects.exists():
        return
    for code, name, most in PLAYED:
        say(f"  interactive attempts: {code}")
        edition = Edition.objects.get(pk=editions[code].pk)
        activity = H5PActivity.objects.get(title=_content(name, "en")["title"][:150])
        enrolments = edition.enrolments.active().select_related("person").order_by("pk")[:PLAYERS]
        chance = random.Random(f"{code}/{name}")
        for number, enrolment in enumerate(enrolments):
            _play(enrolment, activity, most, chance, is_left=number == PLAYERS - 1)


def _play(enrolment, activity, most, chance, *, is_left):
    """One or two attempts, the second better; the last learner is left in the middle."""
    began = enrolment.enrolled_at + timedelta(days=chance.randint(2, 9), minutes=chance.randint(0, 500))
    share = chance.uniform(0.35, 0.9)
    for attempt in range(1 if share > 0.7 or most is None else 2):
        begins = min(began + timedelta(days=attempt), timezone.now() - timedelta(hours=1))
        seconds = chance.randint(240, 1100)
        with at(begins):
            played = begin_next(enrolment, activity, language=enrolment.language)
        if is_left:
            return
        points = None if most is None else Decimal(round(most * min(1.0, share + 0.3 * attempt)))
        with at(begins + timedelta(seconds=seconds)):
            record_result(played, outcome(points, None if most is None else Decimal(most), seconds))
