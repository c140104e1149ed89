"""What the browser sends when questions are answered. The service reads it by the kind of each question.

A question's fields are `item-7` (several values) or `item-7-part`; `was-7` is the answer as the page showed it.
"""

import re
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.services import AnswerSave

FIELD = re.compile(r"item-(\d{1,18})(?:-([\w.-]{1,60}))?")
WAS = re.compile(r"was-(\d{1,18})")
ANCHOR = re.compile(r"question-\d{1,4}")
GO_TO = re.compile(r"page-(\d{1,4})-(question-\d{1,4})")
DO_WITH = re.compile(r"(flag|unflag|check|add)-(\d{1,18})")
REMOVE = re.compile(r"remove-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
FILE = re.compile(r"item-(\d{1,18})-file")


class PasswordForm(forms.Form):
    """What has to be typed before a quiz begins, where its edition asks for it."""

    password = forms.CharField(
        label=_("Password of the quiz"),
        max_length=60,
        help_text=_("Whoever supervises the quiz tells you."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True)
class PageAction:
    """What a button of a page of questions does, after its answers were saved.

    `page` is the page to show then, `anchor` where on it; `item_id` the question meant.
    """

    name: str
    page: int = 0
    anchor: str = ""
    item_id: int = 0
    on: bool = False
    key: str = ""

    @classmethod
    def posted(cls, data) -> "PageAction":
        """Read from a form: `go` is a word, or a word with a number: "next", "page-2-question-9", "flag-7"."""
        here, go = page_number(data, default=0), data.get("go", "review")
        if found := GO_TO.fullmatch(go):
            return cls("go", max(int(found[1]) - 1, 0), found[2])
        if found := DO_WITH.fullmatch(go):
            item_id = int(found[2])
            anchor = data.get(f"anchor-{item_id}", "")
            anchor = anchor if ANCHOR.fullmatch(anchor) else ""
            return cls(found[1].removeprefix("un"), here, anchor, item_id, on=not found[1].startswith("un"))
        if found := REMOVE.fullmatch(go):
            return cls("remove", here, key=found[1])
        return cls(go, here + {"next": 1, "previous": -1}.get(go, 0))


def page_number(data, default: int | None = None) -> int | None:
    """The page asked for, counted from 0; addresses count from 1."""
    number = _whole(data.get("page"))
    return default if number is None else max(number - 1, 0)


def posted_fields(data) -> dict[int, dict[str, list[str]]]:
    """What was sent for each question: the ends of the names of its fields, with their values."""
    items: dict[int, dict[str, list[str]]] = {}
    for name in data:
        if found := FIELD.fullmatch(name):
            items.setdefault(int(found[1]), {})[found[2] or ""] = data.getlist(name)
        elif found := WAS.fullmatch(name):
            items.setdefault(int(found[1]), {})
    return items


def posted_files(files) -> dict[int, list]:
    """The files that came with a page, by question."""
    return {int(found[1]): files.getlist(name) for name in files if (found := FILE.fullmatch(name))}


def posted_answer(data, item_id: int) -> AnswerSave:
    """The answer to one question, sent by a script as it is given."""
    return AnswerSave(
        posted=posted_fields(data).get(item_id, {}),
        base=_whole(data.get("base")),
        key=data.get("key", ""),
        seconds=_whole(data.get("seconds")) or 0,
    )


def changed_answers(data) -> dict[int, AnswerSave]:
    """The answers of a whole page, each with what the page showed, so that what was not touched here stays.

    It may have been answered meanwhile in another tab or on another device.
    """
    return {
        item_id: AnswerSave(posted=posted, was=data.get(f"was-{item_id}"))
        for item_id, posted in sorted(posted_fields(data).items())
    }


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
