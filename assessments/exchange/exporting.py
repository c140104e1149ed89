"""Questions of a bank as they leave it: as last saved, and what they point at named so that it holds anywhere."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page

from assessments.exchange.content import plain_number
from assessments.exchange.moodlexml.writing import write_moodlexml
from assessments.exchange.preview import batches
from assessments.exchange.references import Reference, references, renamed
from assessments.exchange.values import Origin, ReadFile, ReadPart, ReadQuestion
from assessments.models import Question, QuestionBank, QuestionCategory, QuestionKind
from cms.models import LmsDocument, LmsImage

RELATED = ("bank__course__source_locale", "latest_revision", "lesson__locale", "image")


def export_questions(bank: QuestionBank, questions: QuerySet[Question]) -> Iterator[str]:
    """The questions as a Moodle XML file, in pieces; `questions` are of this bank."""
    addresses: dict[str, str] = {}
    found = leaving(bank, questions, addresses)
    return write_moodlexml(found, bank=bank.name, addresses=addresses)


def leaving(
    bank: QuestionBank, questions: QuerySet[Question], addresses: dict[str, str]
) -> Iterator[ReadQuestion]:
    """The questions as values, category by category. Where their links lead is added to `addresses`."""
    paths = category_paths(bank)
    rows = questions.select_related(*RELATED).prefetch_related(
        "texts", "parts__question", "tagged_questions__tag"
    )
    ordered = sorted(
        questions.values_list("pk", "category_id"), key=lambda row: (paths.get(row[1], ()), row[0])
    )
    for batch in batches(pk for pk, _category in ordered):
        found = rows.in_bulk(batch)
        drafts = [draft_of(found[pk]) for pk in batch if pk in found]
        names, pictures = names_of(drafts, addresses)
        for draft in drafts:
            yield leaving_question(draft, paths.get(draft.category_id, ()), names, pictures)


def draft_of(question: Question) -> Question:
    """The question as last saved."""
    if question.latest_revision is None:
        return question
    return question.with_content_json(question.latest_revision.content)


def category_paths(bank: QuestionBank) -> dict[int | None, tuple[str, ...]]:
    """The path of each category of the bank."""
    rows = {row.pk: row for row in QuestionCategory.objects.filter(bank=bank)}

    def path(row):
        return (*(path(rows[row.parent_id]) if row.parent_id else ()), row.name)

    return {pk: path(row) for pk, row in rows.items()}


def leaving_question(
    question: Question,
    path: tuple[str, ...],
    names: dict[Reference, str],
    pictures: dict[str, LmsImage],
) -> ReadQuestion:
    """One question as a value."""
    content = renamed(question.content, names.get)
    image = names.get(("image", str(question.image_id)), "").removeprefix("file:")
    shown = {name.removeprefix("file:") for kind, name in references(content) if kind == "image"}
    files = [file for sha1 in sorted(shown | {image} - {""}) if (file := picture_file(sha1, pictures))]
    lesson = question.lesson
    is_case = question.kind == QuestionKind.CASE
    return ReadQuestion(
        line=0,
        name=question.name,
        content=content,
        category=path,
        tags=tuple(sorted(item.tag.name for item in question.tagged_questions.all())),
        id_number=question.id_number,
        files=tuple(files),
        origin=Origin(
            key=str(question.key),
            difficulty=question.difficulty,
            outcome=question.outcome,
            lesson=(str(lesson.translation_key), lesson.locale.language_code) if lesson else None,
            image=image,
            parts=tuple(
                ReadPart(str(part.question.key), plain_number(part.points))
                for part in (question.parts.all() if is_case else ())
            ),
        ),
    )


def names_of(
    questions: Iterable[Question], addresses: dict[str, str]
) -> tuple[dict[Reference, str], dict[str, LmsImage]]:
    """What the questions point at by the name that holds anywhere, and the pictures by their SHA-1."""
    wanted = {reference for question in questions for reference in references(question.content)}
    wanted |= {("image", str(question.image_id)) for question in questions if question.image_id}
    ids = {kind: [pk for of, pk in wanted if of == kind and pk.isdigit()] for kind, _pk in wanted}
    names, pictures = {}, {}
    for image in LmsImage.objects.filter(pk__in=ids.get("image", ())):
        if sha1 := image.file_hash or sha1_of(image.file):
            names["image", str(image.pk)] = f"file:{sha1}"
            pictures[sha1] = image
    for page in Page.objects.filter(pk__in=ids.get("page", ())).select_related("locale"):
        name = f"page:{page.translation_key}/{page.locale.language_code}"
        names["page", str(page.pk)] = name
        addresses[name] = page.full_url or ""
    for document in LmsDocument.objects.filter(pk__in=ids.get("document", ())):
        if sha1 := document.file_hash or sha1_of(document.file):
            names["document", str(document.pk)] = name = f"document:{sha1}"
            addresses[name] = f"{settings.SITE_URL}{document.url}"
    return names, pictures


def picture_file(sha1: str, pictures: dict[str, LmsImage]) -> ReadFile | None:
    """The bytes of a picture, or None where they are gone."""
    image = pictures[sha1]
    try:
        with image.file.open() as file:
            data = file.read()
    except OSError:
        return None
    return ReadFile(f"{sha1[:12]}{PurePath(image.file.name).suffix.lower()}", data, sha1)


def sha1_of(field) -> str:
    """The SHA-1 of a stored file; empty where it is gone."""
    try:
        with field.open() as file:
            return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
    except OSError:
        return ""
