"""Which activities play which content: as they are live, and as they were last saved."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Revision

from h5p.models import Content
from learning.models import H5PActivity, H5PAttempt, H5PWords


@dataclass(frozen=True)
class Placed:
    """Content in an activity."""

    content_id: int
    activity: H5PActivity
    is_live: bool


def placed(pks: Iterable[int]) -> list[Placed]:
    """Every activity that has one of these, live or in its draft: two queries for any number."""
    pks = set(pks)
    live = H5PWords.objects.filter(content__in=pks, activity__live=True).select_related("activity__course")
    found = {
        (words.content_id, words.activity_id): Placed(words.content_id, words.activity, True)
        for words in live
    }
    for activity in with_drafts():
        for pk in content_in(activity.latest_revision) & pks:
            found.setdefault((pk, activity.pk), Placed(pk, activity, False))
    return list(found.values())


def with_drafts():
    """The activities that have something unpublished."""
    waiting = H5PActivity.objects.filter(Q(live=False) | Q(has_unpublished_changes=True))
    return waiting.exclude(latest_revision=None).select_related("latest_revision", "course")


def content_in(revision: Revision) -> set[int]:
    """The content that an activity had when it was saved."""
    return {words["content"] for words in revision.content.get("words", ())}


def was_ever_placed(content: Content) -> bool:
    """Whether any state of any activity has it: an earlier one may be brought back."""
    revisions = Revision.objects.filter(content_type=ContentType.objects.get_for_model(H5PActivity))
    return any(content.pk in content_in(revision) for revision in revisions.only("content").iterator(200))


def under_way(content: Content) -> int:
    """How many learners are in the middle of an attempt at it."""
    attempts = H5PAttempt.objects.filter(version__content=content, attempt__finished_at=None)
    return attempts.values("attempt__enrolment__person").distinct().count()
