"""The files of essays: added while the attempt is open, checked by their content, taken back with the date."""

from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from assessments import kinds
from assessments.assignments.storing import HashedFile
from assessments.file_types import check_upload
from assessments.models import Answer, AnswerFile, AttemptItem, QuestionKind
from assessments.paper.wording import words_in
from assessments.refusals import QuizRefusal, QuizRefused
from assessments.services.taking import hold_open_attempt, require_changeable
from learning.models import Attempt

MEGABYTE = 1024 * 1024
MOST_MB = 10


@transaction.atomic
def add_file(attempt: Attempt, item_id: int, upload: UploadedFile, *, language: str) -> AnswerFile:
    """Keep a file with the answer to an essay.

    Raises UploadRefused for a file that is not taken, QuizRefused where nothing can be saved or no more files fit.
    """
    item = _hold_essay(attempt, item_id)
    rules = item.question_version.content.get("settings", {})
    if item.files.filter(removed_at=None).count() >= (rules.get("files") or 0):
        raise QuizRefused(QuizRefusal.NO_MORE_FILES)
    size = (rules.get("file_mb") or MOST_MB) * MEGABYTE
    checked = check_upload(upload, allowed=rules.get("file_types") or (), max_bytes=size)
    hashed = HashedFile(upload)
    file = AnswerFile(
        item=item,
        key=uuid4(),
        name=checked.name,
        size=checked.size,
        content_type=checked.type.media_type,
    )
    file.file.save("", hashed, save=False)
    file.sha256 = hashed.digest.hexdigest()
    file.save()
    _set_files(item, language)
    return file


@transaction.atomic
def remove_file(attempt: Attempt, key: UUID, *, language: str) -> None:
    """Take a file back; it stays with the date, and is handed in no more. Safe to repeat. Raises QuizRefused."""
    file = AnswerFile.objects.filter(item__quiz_attempt=attempt.pk, key=key, removed_at=None).first()
    if file is None:
        return
    item = _hold_essay(attempt, file.item_id)
    item.files.filter(pk=file.pk, removed_at=None).update(removed_at=timezone.now())
    _set_files(item, language)


def _hold_essay(attempt, item_id) -> AttemptItem:
    """An essay of the attempt, which is held. Raises QuizRefused where nothing can be saved."""
    quiz_attempt = hold_open_attempt(attempt)
    item = quiz_attempt.items.select_related("question_version", "answer").filter(pk=item_id).first()
    if item is None or item.question_version.content["kind"] != QuestionKind.ESSAY:
        raise QuizRefused(QuizRefusal.NO_MORE_FILES)
    require_changeable(quiz_attempt, item, getattr(item, "answer", None))
    return item


def _set_files(item, language):
    """Let the answer say which files it holds. Its number stays: no text was changed by anybody."""
    content = item.question_version.content
    answer = getattr(item, "answer", None) or Answer(
        item=item, quiz_attempt_id=item.quiz_attempt_id, sequence=0
    )
    files = list(item.files.filter(removed_at=None).order_by("pk").values_list("pk", flat=True))
    text = answer.response.get("text", "") if answer.pk else ""
    answer.response = kinds.get("essay").clean(content, {"text": text, "files": files})
    answer.language = answer.language or words_in(content, language)[1]
    answer.saved_at = timezone.now()
    answer.save()
