"""What people are told about the courses they write and review."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, SiteRole, User
from courses.models import ChangeSet, CourseRole
from foundation import outbox
from foundation.outbox.kinds import register_kind

register_kind("courses.review", _("Courses you write or review: submitted, commented, approved, returned"))


def submitted(change_set):
    """Tell the reviewers that something waits for them."""
    for person in reviewers(change_set):
        tell(person, change_set, "submitted", key=f"{change_set.submitted_at.isoformat()}")


def approved(change_set, *, by, comment, go_live_at):
    """Tell the author that it was approved."""
    context = {"by": by, "comment": comment, "go_live_at": go_live_at}
    tell(change_set.submitted_by, change_set, "approved", key="", **context)


def returned(change_set, *, by, comment):
    """Tell the author what should change."""
    key = f"{change_set.returned_at.isoformat()}"
    tell(change_set.submitted_by, change_set, "returned", key=key, by=by, comment=comment)


def published(change_set):
    """Tell the author that a scheduled change set went live; an immediate one was told by its approval."""
    if change_set.go_live_at:
        tell(change_set.submitted_by, change_set, "published", key="")


def commented(comment):
    """Tell the author, or those who reviewed it, about a comment."""
    change_set = comment.change_set
    people = {change_set.submitted_by} | {
        other.author for other in change_set.comments.select_related("author")
    }
    for person in people - {comment.author}:
        tell(person, change_set, "commented", key=str(comment.pk), by=comment.author, comment=comment.text)


def schedule_refused(content, course, problems, revision):
    """Tell the authors, and who approved it, that nothing went live and why."""
    people = set(authors(course))
    if isinstance(content, ChangeSet):
        people |= {content.submitted_by, content.approved_by} - {None}
    for person in people:
        outbox.send(
            kind="courses.review",
            to=person,
            template="courses/email/schedule_refused",
            context={
                "title": str(content),
                "problems": [p.sentence for p in problems],
                "link": link_to_course(course),
            },
            key=f"courses.schedule_refused:{revision.pk}:{person.pk}",
        )


def tell(person, change_set, event, *, key, **context):
    """Write one message about a change set."""
    context = {"title": str(change_set), "change_set": change_set, "link": link_to(change_set)} | context
    outbox.send(
        kind="courses.review",
        to=person,
        template=f"courses/email/{event}",
        context=context,
        key=f"courses.{event}:{change_set.pk}:{person.pk}:{key}",
    )


def link_to(change_set):
    """The whole address of a review."""
    return settings.SITE_URL + reverse("courses:change_set", args=[change_set.pk])


def link_to_course(course):
    """The whole address of a course's outline."""
    return settings.SITE_URL + reverse("courses:outline", args=[course.pk])


def reviewers(change_set):
    """Reviewers of the course or of the site, without the submitter."""
    course = CourseRole.objects.current().on(change_set.course).filter(role=Role.REVIEWER).values("person")
    site = SiteRole.objects.current().filter(role=Role.REVIEWER).values("person")
    people = User.objects.filter(Q(pk__in=course) | Q(pk__in=site), is_active=True)
    return people.exclude(pk=change_set.submitted_by_id)


def authors(course):
    """Those who write the course."""
    held = CourseRole.objects.current().on(course).filter(role=Role.AUTHOR)
    return User.objects.filter(pk__in=held.values("person"), is_active=True)
