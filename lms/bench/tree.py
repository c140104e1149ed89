"""The pages and activities of the benchmark: as many courses as asked for, one of them with a long quiz."""

import json
import uuid
from dataclasses import dataclass
from itertools import cycle

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from modelsearch.backends import get_search_backend
from wagtail.models import Locale, Page, Site

from assessments.models import Question, QuestionBank, QuestionText, Quiz, QuizItem
from assessments.publishing import freeze_quiz
from cms.models import HomePage
from courses.models import (
    Activity,
    CourseIndexPage,
    CoursePage,
    LessonActivity,
    LessonPage,
    ReadActivity,
    UnitPage,
)
from lms.bench.rows import batches, extend, write
from portfolio.models import Priority, Profession, Theme

UNITS, LESSONS = 2, 2
DEEDS = ["Tracing", "Investigating", "Judging", "Preventing", "Understanding", "Prosecuting", "Proving"]
THINGS = [
    *("criminal assets", "trafficking in persons", "environmental crime", "electronic evidence"),
    *("corruption", "violent extremism in prison", "illicit gold", "cybercrime", "juvenile justice"),
]
PLACES = [
    "in the Sahel",
    "in Central Asia",
    "across borders",
    "on appeal",
    "in court",
    "at sea",
    "in the field",
]
PARAGRAPH = (
    "<p>A judge who follows the money asks three questions before signing anything: what was taken, where it went, "
    "and who controls it today. Each answer rests on a document that somebody can be asked about, and each document "
    "has a date. Put them in order before the hearing; the gaps are the work that is left.</p>"
)


@dataclass
class Tree:
    """What was made, as the rest needs it."""

    courses: list[CoursePage]
    readings: dict[int, list[int]]  # course → activities
    lesson: Page
    quiz: Quiz


def make_tree(scale, say) -> Tree:
    """Home, catalogue, courses with units, lessons and activities; searchable."""
    index = _make_front()
    say(f"{scale.courses} courses …")
    courses = _pages(CoursePage, [index], scale.courses, _course)
    _describe(courses)
    units = _pages(UnitPage, courses, UNITS, lambda number: UnitPage())
    say(f"{len(units) * LESSONS} lessons …")
    lessons = _pages(LessonPage, units, LESSONS, _lesson)
    readings = _make_readings(courses, lessons)
    say("search index …")
    _index()
    quiz = _make_quiz(CoursePage.objects.get(pk=courses[0].pk), lessons[1], scale.questions)
    return Tree(list(CoursePage.objects.order_by("pk")), readings, lessons[0], quiz)


def _make_front():
    locale = Locale.objects.get_or_create(language_code="en")[0]
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="home-en", statement="We teach.", locale=locale)
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    return home.add_child(instance=CourseIndexPage(title="Courses", slug="courses", locale=locale))


def _pages(model, parents, each, make):
    """`each` live pages below every parent: rows of pages in bulk, then of what the model adds to them."""
    kind, now = ContentType.objects.get_for_model(model), timezone.now()
    pages = []
    for parent in parents:
        for step in range(1, each + 1):
            slug, title = f"{model.__name__.lower()}-{step}", _title(model, len(pages))
            pages.append(
                Page(
                    path=Page._get_path(parent.path, parent.depth + 1, step),
                    depth=parent.depth + 1,
                    title=title,
                    draft_title=title,
                    slug=slug,
                    url_path=f"{parent.url_path}{slug}/",
                    locale_id=parent.locale_id,
                    content_type=kind,
                    first_published_at=now,
                    last_published_at=now,
                )
            )
    Page.objects.bulk_create(pages, batch_size=1_000)
    Page.objects.filter(pk__in=[parent.pk for parent in parents[:1]]).update(numchild=each)
    if len(parents) > 1:
        Page.objects.filter(depth=parents[0].depth, pk__gte=parents[0].pk).update(numchild=each)
    extend(model, pages, [make(number) for number in range(len(pages))])
    return pages


def _title(model, number):
    if model is not CoursePage:
        return f"{model._meta.verbose_name.capitalize()} {number + 1}"
    words = (DEEDS[number % 7], THINGS[number % 9], PLACES[number // 9 % 7])
    return f"{' '.join(words)}: part {number + 1}"


def _course(number):
    outcomes = [{"type": "outcome", "value": "Trace what was taken.", "id": str(uuid.uuid4())}]
    return CoursePage(
        summary="What was taken, where it went, and who controls it today.",
        introduction=PARAGRAPH * 3,
        outcomes=json.dumps(outcomes),
        workload_hours=6,
        source_locale=Locale.objects.get(language_code="en") if number == 0 else Locale.get_default(),
    )


def _lesson(number):
    blocks = [{"type": "prose", "value": PARAGRAPH * 12, "id": str(uuid.uuid4())}]
    blocks.append({"type": "read", "value": {"required": True}, "id": str(uuid.uuid4())})
    return LessonPage(minutes=20, body=json.dumps(blocks), summary="Three questions before signing.")


def _describe(courses):
    """Themes, audience and priorities, so that facets have something to count."""
    links = [
        (CoursePage.themes.through, "theme_id", Theme.objects.all()),
        (CoursePage.audience.through, "profession_id", Profession.objects.filter(parent=None)),
        (CoursePage.priorities.through, "priority_id", Priority.objects.all()),
    ]
    for through, column, values in links:
        keys = cycle(values.order_by("pk").values_list("pk", flat=True))
        write(
            through,
            (
                through(coursepage_id=course.pk, **{column: key})
                for course, key in zip(courses, keys, strict=False)
            ),
        )


def _make_readings(courses, lessons):
    """A "mark as read" activity and its placement for every lesson; the activities of each course by its id."""
    kind = ContentType.objects.get_for_model(ReadActivity)
    each = UNITS * LESSONS
    course_of = [courses[number // each].pk for number in range(len(lessons))]
    activities = [
        Activity(kind="read", content_type=kind, title=lesson.title, course_id=course)
        for lesson, course in zip(lessons, course_of, strict=True)
    ]
    Activity._base_manager.bulk_create(activities, batch_size=1_000)
    extend(ReadActivity, activities, [ReadActivity() for _activity in activities])
    now = timezone.now()
    bodies = LessonPage.objects.order_by("pk").values_list("pk", "body")
    blocks = {
        pk: next(block.id for block in body if block.block_type == "read") for pk, body in bodies.iterator()
    }
    placements = (
        LessonActivity(
            lesson_id=lesson.pk, activity_id=activity.pk, block_id=blocks[lesson.pk], required_since=now
        )
        for lesson, activity in zip(lessons, activities, strict=True)
    )
    write(LessonActivity, placements)
    found = {}
    for activity, course in zip(activities, course_of, strict=True):
        found.setdefault(course, []).append(activity.pk)
    return found


def _index():
    """Make the courses findable, as publishing would have."""
    index = get_search_backend().get_index_for_model(CoursePage)
    for batch in batches(CoursePage.objects.order_by("pk"), 200):
        index.add_items(CoursePage, batch)


def _make_quiz(course, page, questions):
    """A quiz of single choices, published, at the end of a lesson."""
    quiz = Quiz.begin(title="Final quiz", course=course)
    quiz.save()
    bank = QuestionBank.objects.create(name="Benchmark", course=course)
    keys = "abcd"
    for number in range(questions):
        options = [{"key": key, "correct": key == "a"} for key in keys]
        question = Question.objects.create(
            bank=bank, kind="single", name=f"Question {number + 1}", options=options
        )
        words = {
            key: {"text": f"Answer {key}: freeze the account first.", "feedback": "Read again."}
            for key in keys
        }
        QuestionText.objects.create(
            question=question,
            language="en",
            stem="<p>What comes first?</p>",
            feedback=PARAGRAPH,
            options=words,
        )
        QuizItem.objects.create(quiz=quiz, question=question, sort_order=number)
    freeze_quiz(quiz)
    lesson, block = LessonPage.objects.get(pk=page.pk), uuid.uuid4()
    placed = {"type": "activity", "value": {"activity": quiz.pk, "required": True}, "id": str(block)}
    LessonPage.objects.filter(pk=page.pk).update(body=json.dumps([*lesson.body.get_prep_value(), placed]))
    LessonActivity.objects.create(
        lesson=lesson, activity=quiz, block_id=block, sort_order=9, required_since=timezone.now()
    )
    return quiz
