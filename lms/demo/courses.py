"""Builds the demo's courses from their content files, as a trainer would, and has them reviewed and published."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from wagtail.models import Locale

from accounts.models import Role, User
from accounts.services import grant_role
from assessments.models import Question, QuestionBank, QuestionText, Quiz, QuizItem
from certificates.models import AwardType, CourseAward
from cms.models import PersonPage
from courses.models import (
    CompletionRule,
    CourseIndexPage,
    CoursePage,
    CourseRole,
    CourseTeamMember,
    LessonPage,
    UnitPage,
)
from courses.services.change_sets import approve, submit
from courses.services.creation import adopt_course
from lms.demo.bodies import block_id, body
from lms.demo.clock import at
from lms.demo.tree import CONTENT, LANGUAGES, load
from portfolio.models import ExpectedResult, Priority, Profession, SustainableGoal, Theme

# The courses were planned under one framework and are reported under the next.
CURRENT_PRIORITY = {
    "trafficking-in-persons": 2,
    "tracing-criminal-assets": 2,
    "electronic-evidence": 4,
    "prison-radicalisation-prevention": 1,
    "environmental-crime": 2,
}
# Before anybody enrolled: nothing was added since they started.
FIRST_PUBLISHED = datetime(2025, 1, 8, 9, tzinfo=ZoneInfo("Europe/Rome"))
COURSES = [
    "trafficking-in-persons",
    "tracing-criminal-assets",
    "electronic-evidence",
    "prison-radicalisation-prevention",
    "environmental-crime",
]


def make_courses(
    catalogue: CourseIndexPage, people: dict[str, User], award_type: AwardType, say
) -> list[CoursePage]:
    """Every course of the demo, built once and published through a review."""
    courses = []
    for slug in COURSES:
        course = CoursePage.objects.child_of(catalogue).filter(slug=slug).first()
        if course is None:
            say(f"  course: {slug}")
            with at(FIRST_PUBLISHED):
                course = _make_course(catalogue, load("en", slug), people, award_type)
        courses.append(course)
    return courses


def _make_course(catalogue, words, people, award_type):
    # As in a new request: what a person may do is read once and kept on the object.
    author = User.objects.get(pk=people["trainer"].pk)
    course = CoursePage(
        slug=words["slug"], live=False, owner=author, source_locale=catalogue.locale, **_texts(words)
    )
    course.level = words["level"]
    catalogue.add_child(instance=course)
    _describe(course, words)
    adopt_course(course, author)
    grant_role(
        CourseRole(person=people["reviewer"], role=Role.REVIEWER, course=course, reason="Subject expert"),
        by=None,
    )
    CourseAward.objects.get_or_create(course=course, defaults={"award_type": award_type})
    quizzes = _make_quizzes(course, author)
    for unit_words in words["units"]:
        _make_unit(course, unit_words, quizzes, author)
    course.save_revision(user=author)
    change_set = submit(course, author, summary="First version of the course.")
    reviewer = User.objects.get(pk=people["reviewer"].pk)
    approve(change_set, reviewer, comment="Clear, exact and well sourced.")
    course = CoursePage.objects.get(pk=course.pk)
    for language in LANGUAGES[1:]:
        if (CONTENT / language / f"{course.slug}.yaml").exists():
            _translate(course, language, quizzes, {"trainer": author, "reviewer": reviewer})
    return course


def _texts(words):
    outcomes = [
        {"type": "outcome", "value": outcome, "id": block_id(f"{words['slug']}/outcomes/{number}")}
        for number, outcome in enumerate(words["outcomes"])
    ]
    return {
        "title": words["title"],
        "summary": words["summary"],
        "introduction": words["introduction"],
        "outcomes": json.dumps(outcomes),
        "workload_hours": words["workload_hours"],
        "award_kind": words["award"],
    }


def _describe(course, words):
    """What reports and the catalogue need to know."""
    framework, priority = words["priority"].split("/")
    course.audience = Profession.objects.filter(slug__in=words["audience"])
    course.themes = Theme.objects.filter(slug__in=words["themes"])
    course.sdgs = SustainableGoal.objects.filter(number__in=words["sdgs"])
    current = Priority.objects.filter(framework__slug="2023-2026", number=CURRENT_PRIORITY[course.slug])
    course.priorities = [*Priority.objects.filter(framework__slug=framework, number=priority), *current]
    for order, (slug, duty) in enumerate((("elena-ferri", "Author"), ("tomas-aguilar", "Reviewer"))):
        person = PersonPage.objects.get(slug=slug, locale=course.locale)
        course.team_members.add(CourseTeamMember(person=person, duty=duty, sort_order=order))
    results = [result.split("/")[1].split(".") for result in words.get("expected_results", [])]
    course.expected_results = [
        ExpectedResult.objects.get(priority__framework__slug=framework, priority__number=first, number=second)
        for first, second in results
    ]
    course.save()


def _make_unit(course, words, quizzes, author):
    unit = UnitPage(
        title=words["title"], slug=words["slug"], summary=words["summary"], live=False, owner=author
    )
    course.add_child(instance=unit)
    unit.save_revision(user=author)
    for lesson_words in words["lessons"]:
        lesson = LessonPage(
            title=lesson_words["title"],
            slug=lesson_words["slug"],
            minutes=lesson_words["minutes"],
            body=body(lesson_words["body"], seed=f"{course.slug}/{lesson_words['slug']}", quizzes=quizzes),
            live=False,
            owner=author,
        )
        unit.add_child(instance=lesson)
        lesson.save_revision(user=author)


def _translate(course, language, quizzes, people):
    """The whole course in another language: copied, worded, published by review like any change."""
    locale = Locale.objects.get(language_code=language)
    words = load(language, course.slug)
    copy = course.copy_for_translation(locale)
    _save_draft(copy, people, **_texts(words))
    for unit, unit_words in zip(UnitPage.objects.child_of(course), words["units"], strict=True):
        _save_draft(
            unit.copy_for_translation(locale),
            people,
            title=unit_words["title"],
            summary=unit_words["summary"],
        )
        for lesson, lesson_words in zip(
            LessonPage.objects.child_of(unit), unit_words["lessons"], strict=True
        ):
            seed = f"{course.slug}/{lesson.slug}"
            _save_draft(
                lesson.copy_for_translation(locale),
                people,
                title=lesson_words["title"],
                body=body(lesson_words["body"], seed=seed, quizzes=quizzes),
            )
    change_set = submit(
        course, people["trainer"], summary=f"Translation: {locale.get_display_name()}.", locale=locale
    )
    approve(change_set, people["reviewer"], comment="Checked against the terms of the conventions.")


def _save_draft(page, people, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=people["trainer"])


def _make_quizzes(course, author) -> dict[str, Quiz]:
    """The quizzes of a course as drafts, with the words of every language the course is written in."""
    sources = {
        language: load(language, course.slug)
        for language in LANGUAGES
        if (CONTENT / language / f"{course.slug}.yaml").exists()
    }
    bank, _created = QuestionBank.objects.get_or_create(name=course.title, defaults={"course": course})
    quizzes = {}
    for number, words in enumerate(sources["en"]["quizzes"]):
        quiz = Quiz(
            title=words["title"],
            course=course,
            completion_rule=CompletionRule.PASSED,
            pass_mark=words["pass_mark"],
            attempts_allowed=words["attempts_allowed"],
            live=False,
        )
        for order, _question in enumerate(words["questions"]):
            wordings = {
                language: source["quizzes"][number]["questions"][order]
                for language, source in sources.items()
            }
            question = _make_question(bank, f"{words['title']} {order + 1}", wordings, author)
            quiz.items.add(QuizItem(question=question, sort_order=order))
        quiz.save()
        quiz.save_revision(user=author)
        quizzes[words["slug"]] = quiz
    return quizzes


def _make_question(bank, name, wordings, author) -> Question:
    source = wordings["en"]
    question = Question(
        bank=bank,
        kind=source["kind"],
        name=name[:150],
        options=[
            {"key": str(option["key"]), "correct": bool(option["correct"])} for option in source["options"]
        ],
        live=False,
    )
    for language, words in wordings.items():
        question.texts.add(
            QuestionText(
                language=language,
                stem=words["stem"],
                feedback=words.get("feedback", ""),
                options={
                    str(option["key"]): {"text": option["text"], "feedback": option.get("feedback", "")}
                    for option in words["options"]
                },
            )
        )
    question.save()
    question.save_revision(user=author)
    return question
