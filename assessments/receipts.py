"""The receipt of an attempt: one number that stands for everything that was handed in."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from assessments.models import Answer, AttemptItem
from learning.models import Attempt


def receipt_of(attempt: Attempt, items: Iterable[AttemptItem], answers: Mapping[int, Answer]) -> str:
    """SHA-256 of the questions of an attempt with their answers and the times these were saved, as hexadecimal."""
    handed_in = [
        [item.question_version_id, answers[item.pk].response, answers[item.pk].saved_at.isoformat()]
        if item.pk in answers
        else [item.question_version_id, None, None]
        for item in items
    ]
    value = json.dumps([attempt.pk, handed_in], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(value.encode()).hexdigest()


def in_groups(receipt: str, size: int = 4, shown: int = 32) -> str:
    """The receipt as people read it out: its first half in groups of four capitals; enough to tell any two apart."""
    code = receipt[:shown].upper()
    return " ".join(code[start : start + size] for start in range(0, len(code), size))
