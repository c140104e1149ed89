"""What stands on the receipt of an application, and the one number that stands for all of it."""

import hashlib
import json

from programmes.models import Application


def content_of(application: Application) -> dict:
    """Everything that was submitted: files by their hashes, answers by one."""
    documents = application.documents.select_related("current", "wanted").filter(current__isnull=False)
    answers = application.answers.select_related("question", "option")
    given = [
        [answer.question.key, answer.text, answer.option.name if answer.option else ""] for answer in answers
    ]
    return {
        "name": application.full_name,
        "files": [
            {
                "document": document.wanted.label,
                "name": document.current.name,
                "size": document.current.size,
                "pages": document.current.pages,
                "sha256": document.current.sha256,
            }
            for document in documents
        ],
        "answers": {"number": len(given), "sha256": digest(given)},
        "referees": [referee.name for referee in application.referees.standing()],
    }


def digest(value) -> str:
    """SHA-256 of a plain value, as hexadecimal."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
