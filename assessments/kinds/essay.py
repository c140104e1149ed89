"""A text, files, or both, marked by a person."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import UNKEEPABLE, ZERO, Kind, listed, mapped
from assessments.kinds.spelling import WIDE

LONGEST = 100_000
# Longer than any id of a row.
LONGEST_ID = 18


def count_words(text: str) -> int:
    """How many words a text has; a script written without spaces counts its characters in twos.

    A sign that stands alone, as a French colon does, is no word.
    """
    spaced = sum(any(map(str.isalnum, part)) for part in WIDE.sub(" ", text).split())
    return spaced + (len(WIDE.findall(text)) + 1) // 2


class Essay(Kind):
    """Nobody but a person can say what it is worth."""

    name = "essay"
    label = gettext_lazy("Essay")
    description = gettext_lazy("A text or files, marked by a person.")
    is_manual = True
    empty = dict

    def clean(self, content, response):
        """Text and the ids of files; whether files are the learner's own is for the service to say."""
        given = mapped(response)
        text = given.get("text", "")
        text = re.sub(r"\r\n?", "\n", UNKEEPABLE.sub("", text))[:LONGEST] if isinstance(text, str) else ""
        files = {_id(pk) for pk in listed(given.get("files", ()))} - {0}
        untouched = not text.strip() or text.strip() in _templates(content)
        cleaned = {"text": "" if untouched else text, "files": sorted(files)}
        return cleaned if cleaned["text"] or cleaned["files"] else {}

    def from_post(self, content, posted):
        """A text and the files kept so far."""
        text = next(iter(posted.get("text", ())), "")
        return self.clean(content, {"text": text, "files": posted.get("files", ())})

    def score(self, content, response):
        """None once something was written; nothing for nothing."""
        return None if self.is_answered(response) else ZERO

    def right_response(self, content, language):
        """There is none."""
        return {}

    def words_wanted(self, content):
        """None: an essay has no options."""
        return []

    def structure_problems(self, content):
        """It must ask for something, and its limits must fit together."""
        rules = content.get("settings", {})
        least, most = rules.get("min_words") or 0, rules.get("max_words") or 0
        problems = []
        if rules.get("text", "required") == "none" and not rules.get("files"):
            problems.append(_("It asks for neither a text nor files."))
        if most and least > most:
            problems.append(_("The fewest words are more than the most words."))
        if (rules.get("files_required") or 0) > (rules.get("files") or 0):
            problems.append(_("It requires more files than it allows."))
        return problems

    def limits_missed(self, content: dict, response: dict) -> list[str]:
        """What an answer lacks under the question's rules, as sentences. It is saved all the same."""
        rules = content.get("settings", {})
        words, files = count_words(response.get("text", "")), len(response.get("files", ()))
        said = []
        if rules.get("text", "required") == "required" and not words:
            said.append(_("It asks for a text."))
        if (least := rules.get("min_words") or 0) and words < least:
            said.append(
                _("Words: %(words)s. At least %(least)s are asked for.") % {"words": words, "least": least}
            )
        if (most := rules.get("max_words") or 0) and words > most:
            said.append(_("Words: %(words)s. At most %(most)s are allowed.") % {"words": words, "most": most})
        if (wanted := rules.get("files_required") or 0) and files < wanted:
            said.append(
                _("Files: %(files)s. At least %(wanted)s are asked for.") % {"files": files, "wanted": wanted}
            )
        return said

    def response_text(self, content, words, response):
        """The text as typed, and how many files came with it."""
        files = len(response.get("files", ()))
        said = [response.get("text", "")]
        if files:
            said.append(_("(files: %(count)s)") % {"count": files})
        return " ".join(part for part in said if part)


def _id(value) -> int:
    """The id of a row, or 0 for what cannot be one."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**LONGEST_ID else ""
    is_id = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= LONGEST_ID
    return int(value) if is_id else 0


def _templates(content):
    """What is written for learners to begin from; by itself it is no answer."""
    texts = content.get("texts", {}).values()
    return {words["template"].replace("\r\n", "\n").strip() for words in texts if words.get("template")}
