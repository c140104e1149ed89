"""Submitting a course for review, and what becomes of it. Wagtail's workflow runs underneath."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Workflow, WorkflowTask

from accounts.models import User
from courses import emails
from courses.models import (
    ChangeSet,
    ChangeSetItem,
    CoursePage,
    CourseReviewTask,
    CourseVersion,
    ReviewComment,
)
from courses.problems import problems_after
from courses.publishing import PublishRefused, problems_of_change_set
from courses.services.changes import Change, changed_content
from courses.services.versions import append_course_version
from foundation import audit

WORKFLOW_NAME = "Course review"


class SubmitRefused(Exception):
    """It cannot be submitted now; the message says why."""


class DecisionRefused(Exception):
    """This person cannot decide on this change set now; the message says why."""


def course_workflow() -> Workflow:
    """The workflow of change sets, made when it is first needed; administrators may add steps to it."""
    workflow = Workflow.objects.filter(
        workflow_tasks__task__coursereviewtask__isnull=False, active=True
    ).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        task, _created = CourseReviewTask.objects.get_or_create(name=WORKFLOW_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    return workflow


@transaction.atomic
def submit(
    course: CoursePage,
    user: User,
    *,
    summary: str,
    only_page: Page | None = None,
    locale: Locale | None = None,
    restored_from: CourseVersion | None = None,
) -> ChangeSet:
    """Send every change of the course, or one page alone, to its reviewers. What was returned is sent again."""
    course = CoursePage.objects.select_for_update().get(pk=course.canonical.pk)
    changes = changed_content(course, only_page=only_page, locale=locale)
    refuse_submission(changes)
    returned = returned_change_set(course, only_page)
    change_set = returned or ChangeSet(course=course, only_page=only_page, live=False)
    if returned:
        returned.returned_at = None
        returned.items.all().delete()
    change_set.summary, change_set.submitted_by, change_set.submitted_at = summary, user, timezone.now()
    change_set.restored_from = restored_from
    change_set.save()
    pin(change_set, changes, user)
    if problems := problems_of_change_set(change_set):
        raise PublishRefused(problems)
    change_set.save_revision(user=user, clean=False)
    start_or_resume(change_set, user, again=returned is not None)
    audit.record(user, "courses.submit", change_set, reason=summary)
    emails.submitted(change_set)
    return change_set


def refuse_submission(changes: list[Change]) -> None:
    """Say why there is nothing to submit, or raise nothing."""
    if not changes:
        raise SubmitRefused(_("Nothing has changed since it was last published."))
    for change in changes:
        if change.content.locking_change_set:
            raise SubmitRefused(
                _("“%(title)s” is being reviewed already. Wait for the answer, or withdraw it first.")
                % {"title": change.title}
            )


def returned_change_set(course: CoursePage, only_page: Page | None) -> ChangeSet | None:
    """The change set that a reviewer gave back and that this submission answers."""
    returned = ChangeSet.objects.open().exclude(returned_at=None)
    return returned.filter(course=course, only_page=only_page).first()


def pin(change_set: ChangeSet, changes: list[Change], user: User) -> None:
    """Keep the very revisions that were submitted: what is approved is what was read."""
    for order, change in enumerate(changes):
        ChangeSetItem.objects.create(
            change_set=change_set,
            page=change.page,
            activity=change.activity,
            revision=change.content.get_latest_revision()
            or change.content.save_revision(user=user, clean=False),
            live_before_id=change.content.live_revision_id if change.content.live else None,
            sort_order=order,
        )


def start_or_resume(change_set: ChangeSet, user: User, *, again: bool) -> None:
    """Put it before the reviewers on Wagtail's workflow."""
    state = change_set.current_workflow_state if again else None
    if state:
        state.resume(user)
    else:
        # Wagtail would write to whoever "requested" it, past the outbox; `submitted_by` says who did.
        course_workflow().start(change_set, None)


def decision_refusal(change_set: ChangeSet, user: User) -> str | None:
    """Why this person cannot approve or return it now, or None if they can."""
    task = change_set.current_workflow_task
    if task is None or change_set.published_at or change_set.withdrawn_at:
        return _("This change set is not waiting for a decision any more.")
    if user == change_set.submitted_by:
        return _("You submitted this yourself. Somebody else has to review it.")
    if not task.user_decides(change_set, user):
        return _("You are not a reviewer of this course.")
    return None


@transaction.atomic
def approve(
    change_set: ChangeSet, user: User, *, comment: str = "", go_live_at: datetime | None = None
) -> None:
    """Publish everything in it together, now or at a set time; or raise and publish nothing."""
    change_set = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if refusal := decision_refusal(change_set, user):
        raise DecisionRefused(refusal)
    task_state = change_set.current_workflow_task_state
    change_set.approved_at, change_set.approved_by = timezone.now(), user
    change_set.go_live_at = go_live_at
    change_set.save()
    change_set.save_revision(user=user, clean=False)
    task_state.approve(user=user, comment=comment)
    audit.record(user, "courses.approve", change_set, reason=comment, after={"at": str(go_live_at or "now")})
    emails.approved(change_set, by=user, comment=comment, go_live_at=go_live_at)


@transaction.atomic
def return_to_author(change_set: ChangeSet, user: User, *, comment: str) -> None:
    """Give it back with what should change. Its pages can be edited again; the drafts stay as they are."""
    change_set = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if refusal := decision_refusal(change_set, user):
        raise DecisionRefused(refusal)
    change_set.returned_at = timezone.now()
    change_set.save(update_fields=["returned_at"])
    change_set.current_workflow_task_state.reject(user=user, comment=comment)
    audit.record(user, "courses.return", change_set, reason=comment)
    emails.returned(change_set, by=user, comment=comment)


@transaction.atomic
def withdraw(change_set: ChangeSet, user: User) -> None:
    """Take it back from review, or from its schedule, so that work can go on. Safe to repeat."""
    change_set = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if change_set.withdrawn_at or change_set.published_at:
        return
    if state := change_set.current_workflow_state:
        state.cancel(user=user)
    change_set.revisions.update(approved_go_live_at=None)
    ChangeSet.objects.filter(pk=change_set.pk).update(withdrawn_at=timezone.now())
    audit.record(user, "courses.withdraw", change_set)


def comment_on(
    change_set: ChangeSet, user: User, text: str, item: ChangeSetItem | None = None
) -> ReviewComment:
    """Say something about a change set or one page of it; the other side hears of it by e-mail."""
    comment = ReviewComment.objects.create(change_set=change_set, item=item, author=user, text=text)
    emails.commented(comment)
    return comment


@transaction.atomic
def publish_items(change_set: ChangeSet) -> CourseVersion:
    """Bring every item live in one transaction and append one version. Asked by `published`, after the checks."""
    user = change_set.approved_by or change_set.submitted_by
    items = change_set.items.select_related("page", "activity", "revision")
    for item in sorted(items, key=lambda item: (item.activity_id is None, item.sort_order)):
        item.revision.published_jointly = True
        item.revision.publish(user=user, skip_permission_checks=True)
    ChangeSet.objects.filter(pk=change_set.pk).update(published_at=timezone.now())
    version = append_course_version(change_set.course, user=user, change_set=change_set)
    emails.published(change_set)
    return version


@transaction.atomic
def publish_course(
    course: CoursePage, user: User | None, *, reason: str = "", locale: Locale | None = None
) -> CourseVersion:
    """Publish every draft of the course together without a review, or raise PublishRefused. For administrators."""
    course = CoursePage.objects.select_for_update().get(pk=course.canonical.pk)
    changes = changed_content(course, locale=locale)
    for change in changes:
        if change.content.locking_change_set:
            raise SubmitRefused(
                _("“%(title)s” is being reviewed. Decide on it first.") % {"title": change.title}
            )
    revisions = [
        change.content.get_latest_revision() or change.content.save_revision(user=user, clean=False)
        for change in changes
    ]
    refuse_incomplete(course, changes, revisions)
    for change, revision in sorted(
        zip(changes, revisions, strict=True), key=lambda pair: pair[0].activity is None
    ):
        revision.published_jointly = True
        revision.publish(user=user, skip_permission_checks=True)
        change.content.refresh_from_db()
    version = append_course_version(course, user=user)
    audit.record(user, "courses.publish_course", course, reason=reason, after={"version": version.number})
    return version


def refuse_incomplete(course, changes, revisions) -> None:
    """Raise with everything that is missing in the languages these changes touch."""
    by_page = {c.page.pk: r for c, r in zip(changes, revisions, strict=True) if c.page}
    problems = []
    for translation in CoursePage.objects.filter(translation_key=course.translation_key):
        if any(change.page and change.page.path.startswith(translation.path) for change in changes):
            problems += problems_after(translation, by_page)
    if problems:
        raise PublishRefused(problems)


def report_refused_schedule(content, revision, problems) -> None:
    """A schedule came due and something was missing: nothing went live, the authors are told, it is not tried again."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    course = content.course
    if isinstance(content, ChangeSet):
        ChangeSet.objects.filter(pk=content.pk).update(refused_at=timezone.now())
    audit.record(None, "courses.refuse_schedule", content, after={"problems": [p.sentence for p in problems]})
    emails.schedule_refused(content, course, problems, revision)
