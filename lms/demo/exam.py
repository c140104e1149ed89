"""A written examination in the edition under way: taken, partly marked, with a question whose key turns out wrong."""

import json
import random
import uuid
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from assessments import kinds
from assessments.models import (
    AttemptItem,
    CasePart,
    ItemKind,
    Question,
    QuestionBank,
    QuestionKind,
    QuestionText,
    Quiz,
    QuizItem,
    QuizText,
)
from assessments.services import (
    AnswerSave,
    MarkGiven,
    attempt_refusal,
    begin_quiz,
    hand_in,
    mark_item,
    save_answers,
)
from courses.models import CompletionRule, CoursePage, LessonPage, UnitPage
from courses.services.change_sets import approve, submit
from enrolments.models import ActivitySchedule, Edition, Enrolment
from learning.models import Attempt
from lms.demo.bodies import block_id, body
from lms.demo.clock import at
from lms.demo.tree import load

EDITION = "assets-running"
# Of the essays handed in so many are marked; the others wait for the tutor.
MARKED_SHARE = 0.6


def make_exam(people: dict[str, User], editions: dict[str, Edition], say) -> None:
    """The examination, its dates, its attempts and marks. Skipped when it is there."""
    words = load("en", "exam")
    if Quiz.objects.filter(title=words["title"]).exists():
        return
    say("  examination with essays")
    course = CoursePage.objects.get(slug=words["course"], locale__language_code="en")
    edition = editions[EDITION]
    with at(timezone.now() - timedelta(days=8)):
        quiz = _make_quiz(course, words, people)
    _give_dates(edition, quiz)
    texts = _Texts(words)
    taken = [_take(enrolment, quiz, texts, people) for enrolment in _candidates(edition, people)]
    _mark([attempt for attempt in taken if attempt], texts, people)


def _make_quiz(course, words, people):
    """Built as a trainer would, sent to the reviewer and published with the lesson it stands in."""
    author = User.objects.get(pk=people["trainer"].pk)
    bank = QuestionBank.objects.get(course=course)
    quiz = Quiz(
        title=words["title"],
        course=course,
        completion_rule=CompletionRule.PASSED,
        pass_mark=Decimal(words["pass_mark"]),
        attempts_allowed=1,
        time_limit=words["time_limit"],
        questions_per_page=4,
        anonymous_marking=True,
        live=False,
    )
    quiz.texts.add(QuizText(language="en", title=words["title"], instructions=words["instructions"]))
    for place, item in enumerate(_places(words["sections"], bank, author)):
        item.sort_order = place
        quiz.items.add(item)
    quiz.save()
    quiz.save_revision(user=author)
    unit = UnitPage.objects.child_of(course).get(slug=words["unit"])
    lesson_words = words["lesson"]
    lesson = LessonPage(
        title=lesson_words["title"],
        slug=lesson_words["slug"],
        minutes=lesson_words["minutes"],
        body=_body(lesson_words, quiz),
        live=False,
        owner=author,
    )
    unit.add_child(instance=lesson)
    lesson.save_revision(user=author)
    change_set = submit(course, author, summary="A written examination for the taught editions.")
    reviewer = User.objects.get(pk=people["reviewer"].pk)
    approve(change_set, reviewer, comment="The case is close to practice. Good.")
    return Quiz.objects.get(pk=quiz.pk)


def _body(words, quiz):
    """The lesson's prose, then the examination, which nobody needs for completing the course."""
    prose = json.loads(body(words["body"], seed=words["slug"]))
    value = {"activity": quiz.pk, "required": False}
    placed = {"type": "activity", "value": value, "id": block_id(f"{words['slug']}/activity/exam")}
    return json.dumps([*prose, placed])


def _places(sections, bank, author):
    for section in sections:
        head = {"en": {"title": section["title"], "instructions": ""}}
        yield QuizItem(kind=ItemKind.SECTION, words=head, shuffle=section.get("shuffle", False))
        for words in section["questions"]:
            question = _make_question(bank, words, author)
            yield QuizItem(question=question, points=Decimal(words.get("points", "1")))


def _make_question(bank, words, author):
    question = Question(
        bank=bank,
        kind=words["kind"],
        name=words["name"],
        options=_options(words),
        settings=_settings(words),
        live=False,
    )
    question.texts.add(
        QuestionText(
            language="en",
            stem=words["stem"],
            feedback=words.get("feedback", ""),
            options=_words(words),
            extra={"notes_for_markers": words["notes"]} if "notes" in words else {},
        )
    )
    for place, part in enumerate(words.get("parts", ())):
        made = _make_question(bank, part, author)
        question.parts.add(CasePart(question=made, points=Decimal(part["points"]), sort_order=place))
    question.save()
    question.save_revision(user=author)
    return question


def _options(words):
    if words["kind"] == QuestionKind.GAPS:
        return [
            {
                "key": gap["key"],
                "mode": gap["mode"],
                "points": "1",
                "choices": [
                    {"key": choice["key"], "weight": choice.get("weight", "1")} for choice in gap["choices"]
                ],
            }
            for gap in words["gaps"]
        ]
    kept = ("key", "correct", "weight", "match", "value", "tolerance")
    return [{name: option[name] for name in kept if name in option} for option in words.get("options", ())]


def _settings(words):
    settings = dict(words.get("settings", {}))
    if "targets" in words:
        settings["targets"] = [target["key"] for target in words["targets"]]
    return settings


def _words(words):
    parts = [*words.get("options", ()), *words.get("targets", ())]
    parts += [choice for gap in words.get("gaps", ()) for choice in gap["choices"]]
    return {
        part["key"]: {"text": part["text"], "feedback": part.get("feedback", "")}
        for part in parts
        if "text" in part
    }


def _give_dates(edition, quiz):
    """Open since a week, to be taken within another; the personas can still try it."""
    zone = ZoneInfo(edition.time_zone)
    today = timezone.localdate()
    opens = datetime.combine(today - timedelta(days=7), time(8), tzinfo=zone)
    closes = datetime.combine(today + timedelta(days=14), time(23, 59), tzinfo=zone)
    ActivitySchedule.objects.update_or_create(
        edition=edition,
        activity=quiz,
        defaults={"opens_at": opens, "due_at": closes - timedelta(days=2), "closes_at": closes},
    )


def _candidates(edition, people):
    """Who sits the examination: the learners, and the judge among them."""
    judge = people["judge"]
    enrolments = Enrolment.objects.active().filter(edition=edition).select_related("person").order_by("pk")
    return [one for one in enrolments if one.person == judge or one.person.email.startswith("learner")]


class _Texts:
    """The words of the examination as answers need them: by the names of questions."""

    def __init__(self, words):
        self.questions = {}
        for section in words["sections"]:
            for question in section["questions"]:
                for one in (question, *question.get("parts", ())):
                    self.questions[one["name"]] = one
        self.essays = words["essays"]


def _take(enrolment, quiz, texts, people):
    """One attempt of a learner with a talent of their own, answered in order; None where it may not be begun."""
    chance = random.Random(f"{enrolment.person.email}/exam")
    is_judge = enrolment.person == people["judge"]
    talent = 0.85 if is_judge else chance.uniform(0.25, 0.95)
    now = min(
        timezone.now() - timedelta(hours=2),
        timezone.now() - timedelta(days=chance.uniform(1, 5)),
    )
    with at(now):
        if attempt_refusal(enrolment, quiz):
            return None
        quiz_attempt = begin_quiz(enrolment, quiz, language="en")
    attempt = quiz_attempt.attempt
    items = AttemptItem.objects.filter(quiz_attempt=quiz_attempt).select_related("question_version__question")
    for item in items.order_by("sort_order"):
        seconds = chance.randint(600, 1200) if _is_essay(item) else chance.randint(35, 200)
        now += timedelta(seconds=seconds)
        response = (
            _essay_of(texts, talent, chance, is_judge)
            if _is_essay(item)
            else _answer(item, texts, talent, chance)
        )
        save = AnswerSave(response, key=str(uuid.UUID(int=chance.getrandbits(128))), seconds=seconds)
        with at(now):
            save_answers(attempt, {item.pk: save}, language="en")
    with at(now + timedelta(minutes=2)):
        return hand_in(attempt)


def _is_essay(item):
    return item.question_version.content["kind"] == QuestionKind.ESSAY


def _essay_of(texts, talent, chance, is_judge):
    """A text that fits the talent; the judge's own is the second best, with something left to learn."""
    marked = [essay for essay in texts.essays if essay["quality"]]
    if is_judge:
        return {"text": texts.essays[1]["text"], "files": []}
    if chance.random() < 0.2:
        return {"text": texts.essays[-1]["text"], "files": []}
    nearest = min(marked, key=lambda essay: abs(Decimal(essay["quality"]) - Decimal(str(round(talent, 2)))))
    return {"text": nearest["text"], "files": []}


def _answer(item, texts, talent, chance):
    """Right with the learner's talent, else wrong in one of the ways people are wrong."""
    content = item.question_version.content
    words = texts.questions[item.question_version.question.name]
    if chance.random() < 0.04 * (1 - talent):
        return kinds.get(content["kind"]).nothing()
    if chance.random() < talent:
        return words.get("truth") or kinds.get(content["kind"]).right_response(content, "en")
    return WRONG[content["kind"]](content, words, chance)


def _wrong_choice(content, words, chance):
    truth = words.get("truth") or [option["key"] for option in content["options"] if option.get("correct")]
    wrong = words.get("tempting") or [
        option["key"] for option in content["options"] if option["key"] not in truth
    ]
    return [chance.choice(wrong)]


def _wrong_several(content, words, chance):
    keys = [option["key"] for option in content["options"]]
    return sorted(chance.sample(keys, chance.randint(1, 3)))


def _wrong_pairs(content, words, chance):
    targets = chance.sample(content["settings"]["targets"], len(content["options"]))
    return {item["key"]: target for item, target in zip(content["options"], targets, strict=True)}


def _wrong_order(content, words, chance):
    keys = [option["key"] for option in content["options"]]
    place = chance.randrange(len(keys) - 1)
    keys[place], keys[place + 1] = keys[place + 1], keys[place]
    return keys


def _wrong_gaps(content, words, chance):
    filled = dict(kinds.get("gaps").right_response(content, "en"))
    gap = chance.choice(words["gaps"])
    wrong = gap.get("wrong") or [choice["key"] for choice in gap["choices"] if choice.get("weight") == "0"]
    return filled | {gap["key"]: chance.choice(wrong)}


WRONG = {
    "single": _wrong_choice,
    "multiple": _wrong_several,
    "matching": _wrong_pairs,
    "ordering": _wrong_order,
    "gaps": _wrong_gaps,
    "short_answer": lambda content, words, chance: {"text": chance.choice(words["wrong"])},
    "numeric": lambda content, words, chance: {"value": chance.choice(words["wrong"]), "unit": ""},
}


def _mark(attempts: list[Attempt], texts, people):
    """The tutor has marked the judge's essay and most of the others; some wait, and so does the one nobody knows."""
    tutor, said = people["tutor"], {essay["text"].strip(): essay for essay in texts.essays}
    now = timezone.now()
    essays = AttemptItem.objects.filter(
        quiz_attempt__in=[attempt.pk for attempt in attempts], question_version__content__kind="essay"
    ).select_related("answer", "quiz_attempt__attempt__enrolment__person")
    for number, item in enumerate(essays.order_by("pk")):
        attempt = item.quiz_attempt.attempt
        essay = said.get(item.answer.response.get("text", "").strip()) if hasattr(item, "answer") else None
        is_judge = attempt.enrolment.person == people["judge"]
        if not essay or not essay["quality"] or not (is_judge or number % 5 < 5 * MARKED_SHARE):
            continue
        moment = min(attempt.finished_at + timedelta(hours=20), now - timedelta(minutes=5))
        with at(moment):
            mark_item(item, MarkGiven(Decimal(essay["quality"]), essay["comment"]), marker=tutor, seen=None)
