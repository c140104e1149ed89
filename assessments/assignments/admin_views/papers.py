"""A paper as markers read it: its text, its files, what else it resembles; and the files themselves."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.auth import require_admin_access

from accounts.models import User
from assessments.assignments import access
from assessments.assignments.admin_views.screens import screen
from assessments.assignments.extraction import PARTS, words_of_file
from assessments.assignments.queue import QueueRow, rows_of
from assessments.assignments.rules import word_count
from assessments.assignments.sending import send
from assessments.assignments.similarity import passages, read_words
from assessments.file_types import FILE_TYPES
from assessments.models import Similarity, Submission, SubmissionFile

# What a browser shows without running anything of it.
SHOWN_INLINE = {"pdf": "frame", "png": "image", "jpg": "image"}
READ_AS_TEXT = {"txt", *PARTS}


@dataclass(frozen=True)
class FileShown:
    """A file to read beside the rubric."""

    file: SubmissionFile
    name: str
    url: str
    view_url: str
    kind: str
    text: str


@dataclass(frozen=True)
class Resemblance:
    """Another submission that shares passages."""

    who: str
    share: Decimal
    url: str


@dataclass(frozen=True)
class Paper:
    """What there is to read."""

    text: str
    words: int
    files: list[FileShown]
    similar: list[Resemblance]


def paper_of(submission: Submission, row: QueueRow) -> Paper:
    """The paper with its files; names of files that could give somebody away are the code's."""
    files = [_shown(file, row, number) for number, file in enumerate(submission.files.all(), start=1)]
    return Paper(submission.text, word_count(submission.text), files, similar_to(submission, row))


def shown_name(file: SubmissionFile, row: QueueRow, number: int) -> str:
    """The name a file has for a marker."""
    if row.names_are_shown:
        return file.name
    return f"{row.submission.code}-{number}{PurePath(file.name).suffix.lower()}"


def _shown(file, row, number):
    place = [row.submission.pk, file.pk]
    kind = SHOWN_INLINE.get(file.kind, "")
    text = ""
    if file.kind in READ_AS_TEXT:
        try:
            with default_storage.open(file.file.name) as content:
                text = words_of_file(content, file.kind) or ""
        except FileNotFoundError:
            text = ""
    return FileShown(
        file=file,
        name=shown_name(file, row, number),
        url=reverse("assignment_marking:file", args=place),
        view_url=reverse("assignment_marking:view_file", args=place) if kind else "",
        kind=kind,
        text=text,
    )


def similar_to(submission: Submission, row: QueueRow) -> list[Resemblance]:
    """Other submissions that share passages, the most alike first."""
    pairs = Similarity.objects.filter(Q(first=submission) | Q(second=submission)).order_by("-share")[:20]
    shares = {
        pair.second_id if pair.first_id == submission.pk else pair.first_id: pair.share for pair in pairs
    }
    if not shares:
        return []
    papers = Submission.objects.filter(pk__in=shares).select_related("edition__course")
    rows = rows_of(papers, row.reader)
    found = [
        Resemblance(
            named_for(row.reader, one),
            shares[one.submission.pk],
            reverse("assignment_marking:similar", args=[submission.pk, one.submission.pk]),
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: one.share, reverse=True)


def named_for(user: User, row: QueueRow) -> str:
    """Whose paper it is; the code alone where it comes from an edition in which this person marks nothing."""
    return row.who if access.can_mark(user, row.submission.edition) else row.submission.code


def _file(request, submission_id, file_id):
    """A file of a submission the person may mark, and the name it has for them."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    files = list(submission.files.all())
    [row] = rows_of(Submission.objects.filter(pk=submission.pk), request.user)
    for number, file in enumerate(files, start=1):
        if file.pk == file_id:
            return file, shown_name(file, row, number)
    raise Http404


@require_admin_access
def file(request, submission_id, file_id):
    """A file to save."""
    found, name = _file(request, submission_id, file_id)
    return send(found, name=name)


@require_admin_access
@xframe_options_sameorigin
def view_file(request, submission_id, file_id):
    """A PDF or a picture, to read beside the rubric; nothing else is ever shown from here."""
    found, name = _file(request, submission_id, file_id)
    if found.kind not in SHOWN_INLINE:
        raise Http404
    try:
        content = default_storage.open(found.file.name)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, filename=name, content_type=FILE_TYPES[found.kind].media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@require_admin_access
def returned_file(request, submission_id, file_id):
    """An annotated file of a marking the person may see."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    return send(get_object_or_404(access.returned_files(submission, request.user), pk=file_id))


@require_admin_access
def similar(request, submission_id, other_id):
    """Two papers and the passages they share, side by side."""
    submission = access.get_submission_to_mark_or_404(request.user, submission_id)
    pair = get_object_or_404(
        Similarity,
        first=min(submission_id, other_id),
        second=max(submission_id, other_id),
    )
    papers = Submission.objects.filter(pk__in=[submission_id, other_id]).select_related("edition__course")
    both = {one.submission.pk: one for one in rows_of(papers, request.user)}
    here, there = both[submission_id], both[other_id]
    words = {pk: read_words_of(one.submission) for pk, one in both.items()}
    return screen(
        request,
        "similar",
        _("Passages in common"),
        (reverse("assignment_marking:mark", args=[submission.pk]), here.who),
        icon="copy",
        here=here.who,
        there=named_for(request.user, there),
        share=pair.share,
        passages=passages(words[submission_id].text, words[other_id].text),
        not_read=words[submission_id].not_read or words[other_id].not_read,
    )


def read_words_of(submission: Submission):
    """The words as they were compared; read again where they are gone."""
    return getattr(submission, "words", None) or read_words(submission)
