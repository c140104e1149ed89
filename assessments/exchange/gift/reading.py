"""From blocks to questions."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.exchange.content import name_of
from assessments.exchange.decoding import Source, letters
from assessments.exchange.gift.answers import answered
from assessments.exchange.gift.blocks import CATEGORY, Block, blocks, shown
from assessments.exchange.gift.texts import FORMS, Texts
from assessments.exchange.limits import MAX_QUESTIONS, MAX_TAGS_OF_QUESTION, MAX_TEXT
from assessments.exchange.paths import category_path
from assessments.exchange.values import Item, NotUnderstood, ReadCategory, ReadQuestion, Skipped, Unreadable

TITLE = re.compile(r"::(.*?)::", re.DOTALL)
FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
NOTED = re.compile(r"\[(id|tag):((?:\\\]|[^\]]){1,200})\]")


def read_gift(file: Source, *, language: str) -> Iterator[Item]:
    """What a GIFT file holds, in its order; texts are in the language given. Raises Unreadable."""
    category = ()
    for count, block in enumerate(blocks(letters(file, declares=False)), start=1):
        if count > MAX_QUESTIONS:
            raise Unreadable(
                block.line, _("The file holds more than %(count)s questions.") % {"count": MAX_QUESTIONS}
            )
        if block.text.startswith(CATEGORY):
            category = category_path(shown(block.text.split("\n")[0].removeprefix(CATEGORY)))
            if category:
                yield ReadCategory(block.line, category)
            continue
        yield read_block(block, language, category)


def read_block(block: Block, language: str, category: tuple[str, ...]) -> ReadQuestion | Skipped:
    """One block as a question, or why it is none."""
    title, rest = titled(block.text)
    name = name_of(shown(title), shown(rest.split("{")[0][:1000]))
    if block.refusal:
        return Skipped(block.line, name, block.refusal)
    try:
        texts, stem, answers = taken_apart(rest, language)
        read = answered(stem, answers, texts)
    except NotUnderstood as problem:
        return Skipped(block.line, name, str(problem))
    id_number, tags = noted(block.comments)
    return ReadQuestion(
        line=block.line,
        name=name_of(shown(title), read["texts"][language]["stem"]),
        content=read,
        category=category,
        tags=tags,
        id_number=id_number,
        notes=tuple(dict.fromkeys(texts.notes)),
    )


def titled(text: str) -> tuple[str, str]:
    """The title between ::, if there is one, and the rest."""
    found = TITLE.match(text)
    return (found.group(1), text[found.end() :]) if found else ("", text)


def taken_apart(text: str, language: str) -> tuple[Texts, str, str]:
    """How its texts are written, its stem with a blank where answers stand inside it, and its answers."""
    if len(text) > MAX_TEXT:
        raise NotUnderstood(_("It is too long."))
    texts = Texts(language)
    if form := FORM.match(text):
        texts.form, text = FORMS[form.group(1)], text[form.end() :]
    before, brace, rest = text.partition("{")
    if not brace:
        raise NotUnderstood(_("It has no answers in { }: a description is shown, not answered."))
    answers, closing, after = rest.partition("}")
    if not closing:
        raise NotUnderstood(_("Its answers begin with { and never end with }."))
    if "{" in answers:
        raise NotUnderstood(_("A { inside its answers must be written \\{."))
    if "{" in after or "}" in after:
        raise NotUnderstood(_("It has more than one set of answers in { }."))
    if not after.strip():
        return texts, before, answers
    return texts, f"{before}_____{after}", answers


def noted(comments: str) -> tuple[str, tuple[str, ...]]:
    """The id number and tags that the comments of a question name."""
    id_number, tags = "", []
    for what, said in NOTED.findall(comments):
        said = shown(said).replace("\\]", "]").strip()
        if what == "id":
            id_number = said[:100]
        elif said:
            tags.append(said.lower()[:100])
    return id_number, tuple(dict.fromkeys(tags))[:MAX_TAGS_OF_QUESTION]
