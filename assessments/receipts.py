"""The receipt of an attempt: one number that stands for everything that was handed in."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from assessments.models import Answer, AnswerFile, AttemptItem, QuestionKind
from courses.models import ActivityVersion
from learning.models import Attempt


def receipt_of(
    attempt: Attempt,
    items: Iterable[AttemptItem],
    answers: Mapping[int, Answer],
    hashes: Mapping[int, list[str]] | None = None,
) -> str:
    """SHA-256 of the questions of an attempt with their answers, times and the hashes of files, as hexadecimal."""
    handed_in = [
        [
            item.question_version_id,
            answers[item.pk].response,
            answers[item.pk].saved_at.isoformat(),
            *(hashes or {}).get(item.pk, ()),
        ]
        if item.pk in answers
        else [item.question_version_id, None, None]
        for item in items
    ]
    value = json.dumps([attempt.pk, handed_in], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(value.encode()).hexdigest()


def hashes_of_files(items: Iterable[AttemptItem]) -> dict[int, list[str]]:
    """The hashes of the files handed in with each essay."""
    essays = [item.pk for item in items if item.question_version.content["kind"] == QuestionKind.ESSAY]
    found: dict[int, list[str]] = {}
    kept = AnswerFile.objects.filter(item__in=essays, removed_at=None) if essays else ()
    for file in kept:
        found.setdefault(file.item_id, []).append(file.sha256)
    return found


def is_formal(version: ActivityVersion | None) -> bool:
    """Whether so much hangs on an attempt that its learner gets a receipt by e-mail: not on practice at leisure."""
    rules = version.settings if version else {}
    return not rules.get("practice") and bool(rules.get("time_limit") or rules.get("attempts_allowed"))


def in_groups(receipt: str, size: int = 4, shown: int = 32) -> str:
    """The receipt as people read it out: its first half in groups of four capitals; enough to tell any two apart."""
    code = receipt[:shown].upper()
    return " ".join(code[start : start + size] for start in range(0, len(code), size))
