"""What a question said before and says now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import Question, QuestionText, QuestionVersion
from assessments.models.lines import question_lines
from courses.comparison import compare_lines


def as_question(version: QuestionVersion) -> Question:
    """A frozen version as a question, to read and to draw."""
    content = version.content
    question = Question(
        kind=content["kind"],
        options=content["options"],
        settings=content.get("settings", {}),
        name=version.question.name,
        image_id=version.image_id,
        lesson_id=version.lesson_id,
        rubric_version_id=version.rubric_version_id,
    )
    question.bank = version.question.bank
    question.texts.set([as_text(language, words) for language, words in content["texts"].items()])
    return question


def as_text(language: str, words: dict) -> QuestionText:
    """The words of a language, as content keeps them, as a row that is not saved."""
    usual = ("stem", "feedback", "hint", "options")
    extra = {name: value for name, value in words.items() if name not in usual}
    said = {name: words[name] for name in usual if name in words}
    return QuestionText(language=language, extra=extra, **said)


def lines_of(question: Question) -> list[tuple[str, str]]:
    """What it says, line by line."""
    return [(_("Kind"), question.get_kind_display()), *question_lines(question)]


def changes_of(question: Question, draft: Question) -> list:
    """What differs between what is approved and the draft; nothing where nothing was approved yet."""
    if not question.live or not question.has_unpublished_changes:
        return []
    return compare_lines(lines_of(question), lines_of(draft))


@dataclass(frozen=True)
class VersionRow:
    """A version and what it changed."""

    version: QuestionVersion
    changes: list


def versions_of(question: Question) -> list[VersionRow]:
    """Every frozen version, newest first, with what changed since the one before."""
    rows, before = [], None
    for version in question.versions.select_related(
        "question__bank__course", "lesson", "rubric_version"
    ).order_by("number"):
        lines = lines_of(as_question(version))
        rows.append(VersionRow(version, compare_lines(before, lines) if before else []))
        before = lines
    return rows[::-1]


def languages_of(draft: Question, locales) -> list[dict]:
    """The languages of content, and what each still lacks."""
    found = []
    for locale in locales:
        code = locale.language_code
        found.append(
            {
                "code": code,
                "name": locale.get_display_name(),
                "is_source": code == draft.source_language,
                "is_worded": draft.wording(code) is not None,
                "problems": draft.problems(code) if draft.wording(code) else [],
            }
        )
    return found
