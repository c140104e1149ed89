"""Writing interactive activities. What is saved here is a draft: learners meet it once its course is published."""

from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.access import can_publish
from courses.models import CoursePage
from courses.services.versions import append_course_version
from foundation.audit import services as audit
from h5p.models import Content, ContentVersion
from h5p.services.contents import copy_content, lock, make_current
from learning.interactive.placed import content_in, placed, under_way, with_drafts
from learning.models import H5PActivity, H5PWords


class DraftRefused(Exception):
    """It cannot be changed now; the message says why."""


class SavedMeanwhile(DraftRefused):
    """Somebody saved the activity after the form was opened."""

    def __init__(self, person):
        super().__init__(
            _(
                "%(person)s has saved this activity since you opened it. Nothing of yours was saved and nothing you "
                "typed is lost: open the activity in another tab to see what was changed, then save again."
            )
            % {"person": person or _("The system")}
        )


@dataclass(frozen=True)
class Wording:
    """What is played in a language, and its text alternative. Without content the language has none of its own."""

    language: str
    content: Content | None
    text_alternative: str = ""


def draft_refusal(activity: H5PActivity) -> str | None:
    """Why the activity cannot be changed now, or None if it can."""
    if activity.locking_change_set:
        return _(
            "This activity is being reviewed and cannot be changed. To go on, withdraw it from review first."
        )
    return None


def held_activity(activity: H5PActivity) -> H5PActivity:
    """The activity as last saved, held until the transaction ends. Raises DraftRefused."""
    H5PActivity.objects.select_for_update(of=["self"]).get(pk=activity.pk)
    activity = H5PActivity.objects.select_related("latest_revision", "course").get(pk=activity.pk)
    if refusal := draft_refusal(activity):
        raise DraftRefused(refusal)
    return activity.get_latest_revision_as_object()


@transaction.atomic
def save_activity(
    activity: H5PActivity, *, user: User, base: int | None = None, wording: Wording | None = None, **values
) -> None:
    """Save rules and, with `wording`, what is played in a language. `base` is the revision the form was filled from.

    Newly chosen content is taken in the version that is live, or its newest where none is. Raises DraftRefused.
    """
    draft = held_activity(activity)
    if base is not None and draft.latest_revision_id != base:
        raise SavedMeanwhile(draft.latest_revision.user)
    for name, value in values.items():
        setattr(draft, name, value)
    if wording:
        put_wording(draft, wording)
    draft.save_revision(user=user, clean=False, log_action=True)


def put_wording(draft: H5PActivity, wording: Wording) -> None:
    """Replace what is played in a language; the same content keeps its version."""
    rows = list(draft.words.all())
    before = next((row for row in rows if row.language == wording.language), None)
    others = [row for row in rows if row is not before]
    if wording.content is None:
        draft.words.set(others)
        return
    row = before or H5PWords(language=wording.language)
    if row.content_id != wording.content.pk:
        row.content = wording.content
        row.version = wording.content.current or wording.content.newest
    row.text_alternative = wording.text_alternative
    draft.words.set([*others, row])


@transaction.atomic
def take_version(activity: H5PActivity, version: ContentVersion, *, user: User | None) -> bool:
    """Let the draft of the activity go live with this version wherever it has the content; whether that changed it."""
    draft = held_activity(activity)
    rows = list(draft.words.all())
    changed = [row for row in rows if row.content_id == version.content_id and row.version_id != version.pk]
    for row in changed:
        row.version = version
    if changed:
        draft.words.set(rows)
        draft.save_revision(user=user, clean=False, log_action=True)
    return bool(changed)


@transaction.atomic
def copy_for_language(activity: H5PActivity, language: str, *, user: User) -> Content:
    """Make content for another language that begins as that of the source language is, and choose it."""
    draft = held_activity(activity)
    source = draft.words_in(draft.source_language)
    version = source and (source.version or source.content.current or source.content.newest)
    if version is None:
        raise DraftRefused(_("Choose content in the language of the course first."))
    title = f"{version.title} ({language})"[:255]
    made = copy_content(version, title=title, by=user, language=language, is_draft=True)
    said = next((row.text_alternative for row in draft.words.all() if row.language == language), "")
    put_wording(draft, Wording(language, made, said))
    draft.save_revision(user=user, clean=False, log_action=True)
    return made


def take_into_drafts(version: ContentVersion, *, by: User | None) -> None:
    """Let drafts that are not under review go live with what has just been published."""
    for activity in with_drafts().order_by("pk"):
        if version.content_id in content_in(activity.latest_revision) and not activity.locking_change_set:
            with suppress(DraftRefused):  # it went to its reviewers just now
                take_version(activity, version, user=by)


def in_place_refusal(content: Content, user: User) -> str | None:
    """Why this person cannot publish a version of content that learners meet already without a review, or None."""
    if not can_publish(user):
        return _("A new version goes live with its course, after a review.")
    for one in placed([content.pk]):
        if one.is_live and (one.activity.locking_change_set or one.activity.has_draft):
            return _("“%(activity)s” has other changes that wait. Publish or withdraw them first.") % {
                "activity": one.activity.title
            }
    return None


@transaction.atomic
def publish_in_place(version: ContentVersion, *, by: User, reason: str) -> None:
    """Publish a version where learners meet the content already, and nothing else: the small correction.

    For those who may publish without a review. Attempts under way begin anew with it. Raises DraftRefused.
    """
    content = lock(version.content)
    if refusal := in_place_refusal(content, by):
        raise DraftRefused(refusal)
    concerned = under_way(content)
    before = content.current.number if content.current else None
    live = [one.activity for one in placed([content.pk]) if one.is_live]
    make_current(version, by=by)
    for activity in sorted(live, key=lambda activity: activity.pk):
        publish_activity(activity, version, by)
    for course in CoursePage.objects.filter(pk__in={activity.course_id for activity in live}).order_by("pk"):
        append_course_version(course, user=by)
    audit.record(
        by,
        "learning.publish_content_in_place",
        content,
        reason=reason,
        before={"version": before},
        after={"version": version.number, "learners under way": concerned},
    )


def publish_activity(activity: H5PActivity, version: ContentVersion, by: User) -> None:
    """Bring the one change of an activity live."""
    take_version(activity, version, user=by)
    activity.refresh_from_db()
    revision = activity.latest_revision
    if revision and revision.pk != activity.live_revision_id:
        revision.published_jointly = True
        revision.publish(user=by, skip_permission_checks=True)


def underway_sentence(count: int) -> str:
    """How many learners a new version would meet in the middle."""
    if not count:
        return _("Nobody is in the middle of it now.")
    return ngettext(
        "%(count)s learner is in the middle of it and would begin anew.",
        "%(count)s learners are in the middle of it and would begin anew.",
        count,
    ) % {"count": count}
