"""Questions that were read, as rows: drafts in a bank, with as many queries for a hundred as for one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.core.files.base import ContentFile
from taggit.models import Tag
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from assessments.exchange.parts import rich_texts
from assessments.exchange.preview import batches, states
from assessments.exchange.references import Reference, attributes_of, references, renamed
from assessments.exchange.values import ReadCategory, ReadQuestion
from assessments.models import (
    CasePart,
    Question,
    QuestionBank,
    QuestionCategory,
    QuestionTag,
    QuestionText,
)
from cms.models import LmsDocument, LmsImage
from courses.models import LessonPage

USUAL_WORDS = {"stem", "feedback", "hint", "options"}


@dataclass
class Outcome:
    """What came in and what was there already."""

    created: list[Question] = field(default_factory=list)
    pictures: list[LmsImage] = field(default_factory=list)
    there: int = 0


class Saver:
    """Saves questions in a bank. Lives as long as one import; knows the categories, tags and pictures met so far."""

    def __init__(self, bank: QuestionBank, *, user: User | None):
        self.bank, self.user = bank, user
        self.seen: set[UUID] = set()
        self.cases: list[tuple[Question, ReadQuestion]] = []
        self.keys: dict[str, UUID] = {}
        self.paths = self.categories_there()
        self.outcome = Outcome()

    def save(self, items: Iterable[ReadQuestion | ReadCategory]) -> Outcome:
        """Save everything; what is there already stays as it is."""
        for batch in batches(items):
            for item in batch:
                if isinstance(item, ReadCategory):
                    self.category(item.path)
            self.save_batch([item for item in batch if isinstance(item, ReadQuestion)])
        self.save_parts()
        return self.outcome

    def save_batch(self, reads):
        """Save some questions."""
        new = []
        for read, (key, there) in zip(reads, states(self.bank, reads, self.seen), strict=True):
            if read.origin:
                self.keys[read.origin.key] = key
            if there:
                self.outcome.there += 1
            else:
                new.append((read, key))
        names = self.names([read for read, _key in new])
        lessons = self.lessons([read for read, _key in new])
        rows = [self.question(read, key, names, lessons) for read, key in new]
        Question.objects.bulk_create(rows)
        pairs = [(question, read) for question, (read, _key) in zip(rows, new, strict=True)]
        QuestionText.objects.bulk_create(
            text for question, read in pairs for text in texts_of(question, read.content, names)
        )
        self.tag(pairs)
        self.cases += [(question, read) for question, read in pairs if read.origin and read.origin.parts]
        for question, read in pairs:
            if question.image_id or any(references(read.content)):
                ReferenceIndex.create_or_update_for_object(question)
        self.outcome.created += rows

    def question(self, read, key, names, lessons):
        """The row of a question, not saved."""
        origin = read.origin
        return Question(
            bank=self.bank,
            key=key,
            kind=read.content["kind"],
            name=read.name,
            category=self.category(read.category),
            difficulty=origin.difficulty if origin else None,
            outcome=origin.outcome if origin else "",
            id_number="" if origin is None and key == uuid_or_none(read.id_number) else read.id_number,
            options=read.content["options"],
            settings=read.content["settings"],
            image_id=names.get(("image", f"file:{origin.image}")) if origin and origin.image else None,
            lesson_id=lessons.get(origin.lesson) if origin and origin.lesson else None,
            live=False,
            has_unpublished_changes=True,
        )

    def categories_there(self):
        """The categories of the bank by their path."""
        rows = {row.pk: row for row in QuestionCategory.objects.filter(bank=self.bank)}

        def path(row):
            return (*(path(rows[row.parent_id]) if row.parent_id else ()), row.name)

        return {path(row): row for row in rows.values()}

    def category(self, path: tuple[str, ...]) -> QuestionCategory | None:
        """The category at a path, made with those around it where it is not there; None at the top of the bank."""
        if not path:
            return None
        if path not in self.paths:
            parent = self.category(path[:-1])
            place = {"bank": self.bank, "parent": parent, "name": path[-1]}
            self.paths[path] = QuestionCategory.objects.get_or_create(**place)[0]
        return self.paths[path]

    def tag(self, pairs):
        """Give the questions their tags."""
        wanted = {name for _question, read in pairs for name in read.tags}
        if not wanted:
            return
        tags = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
        for name in sorted(wanted - tags.keys()):
            tags[name] = Tag.objects.get_or_create(name=name)[0]
        QuestionTag.objects.bulk_create(
            QuestionTag(content_object=question, tag=tags[name])
            for question, read in pairs
            for name in read.tags
        )

    def names(self, reads) -> dict[Reference, int]:
        """What the questions point at, by what the file calls it, with the id it has here."""
        wanted = {reference for read in reads for reference in references(read.content)}
        wanted |= {
            ("image", f"file:{read.origin.image}") for read in reads if read.origin and read.origin.image
        }
        if not wanted:
            return {}
        found = self.pictures({name for kind, name in wanted if kind == "image"}, reads)
        found |= pages_here({name for kind, name in wanted if kind == "page"})
        hashes = [name.removeprefix("document:") for kind, name in wanted if kind == "document"]
        documents = LmsDocument.objects.filter(file_hash__in=hashes).values_list("file_hash", "pk")
        return found | {("document", f"document:{sha1}"): pk for sha1, pk in documents}

    def pictures(self, names, reads):
        """The pictures by their name in the file: those the site has, and the others from the file."""
        hashes = {name.removeprefix("file:") for name in names}
        here = dict(LmsImage.objects.filter(file_hash__in=hashes).values_list("file_hash", "pk"))
        alts = dict(alternative_texts(reads))
        for file in {file.sha1: file for read in reads for file in read.files}.values():
            if file.sha1 in hashes - here.keys():
                alt = alts.get(f"file:{file.sha1}", "")
                image = LmsImage(
                    title=(alt or file.name)[:255],
                    description=alt[:255],
                    file=ContentFile(file.data, name=file.name),
                    file_size=len(file.data),
                    file_hash=file.sha1,
                    uploaded_by_user=self.user,
                )
                image.save()
                self.outcome.pictures.append(image)
                here[file.sha1] = image.pk
        return {("image", f"file:{sha1}"): pk for sha1, pk in here.items()}

    def lessons(self, reads) -> dict[tuple[str, str], int]:
        """The lessons that teach the questions, where they are lessons of the bank's course, or the bank is shared."""
        wanted = {read.origin.lesson for read in reads if read.origin and read.origin.lesson}
        if not wanted:
            return {}
        lessons = LessonPage.objects.filter(translation_key__in={key for key, _language in wanted})
        if self.bank.course:
            lessons = lessons.descendant_of(self.bank.course)
        rows = lessons.values_list("translation_key", "locale__language_code", "pk")
        return {(str(key), language): pk for key, language, pk in rows}

    def save_parts(self):
        """Give cases their questions, of those that are in the bank."""
        keys = {self.keys.get(part.key, part.key) for _case, read in self.cases for part in read.origin.parts}
        if not keys:
            return
        here = dict(Question.objects.filter(bank=self.bank, key__in=keys).values_list("key", "pk"))
        CasePart.objects.bulk_create(
            CasePart(case=case, question_id=pk, points=Decimal(part.points), sort_order=order)
            for case, read in self.cases
            for order, part in enumerate(read.origin.parts)
            if (pk := here.get(UUID(str(self.keys.get(part.key, part.key)))))
        )


def texts_of(question: Question, content: dict, names: dict[Reference, int]):
    """The words of a question as rows, those of the language it was written in first."""
    content = renamed(content, lambda reference: str(names[reference]) if reference in names else None)
    languages = sorted(content["texts"], key=lambda language: language != content["source"])
    for language in languages:
        words = content["texts"][language]
        yield QuestionText(
            question=question,
            language=language,
            extra={name: said for name, said in words.items() if name not in USUAL_WORDS},
            **{name: words[name] for name in USUAL_WORDS},
        )


def pages_here(names: set[str]) -> dict[Reference, int]:
    """The pages by the name that holds anywhere."""
    keys = {name.removeprefix("page:").split("/")[0] for name in names}
    rows = Page.objects.filter(translation_key__in=keys).values_list(
        "translation_key", "locale__language_code", "pk"
    )
    return {("page", f"page:{key}/{language}"): pk for key, language, pk in rows}


def alternative_texts(reads):
    """The alternative text each picture is shown with, by its name in the file."""
    for read in reads:
        for html in rich_texts(read.content):
            for tag in html.split("<embed")[1:]:
                attributes = attributes_of(tag.split(">")[0])
                yield attributes.get("id", ""), attributes.get("alt", "")


def uuid_or_none(text: str) -> UUID | None:
    """The text as a key, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
