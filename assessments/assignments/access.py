"""Whose assignment, whose submission, who marks. "Not yours" and "not there" are both 404."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role
from accounts.models import Role, User
from assessments.assignments.marks import visible_markings
from assessments.assignments.rules import rules_of
from assessments.models import (
    Assignment,
    AssignmentFile,
    Marking,
    ReturnedFile,
    Rubric,
    Submission,
    SubmissionFile,
    SubmissionMember,
)
from courses.access import can_author, can_create_course, can_see, can_translate, courses_for
from courses.models import CoursePage
from courses.models.roles import roles_by_course
from enrolments.access import roles_by_edition
from enrolments.models import CohortMember, Edition, Enrolment
from learning.access import get_activity_or_404

MARKERS = (Role.MARKER, Role.TUTOR, Role.COORDINATOR)
RELEASERS = (Role.TUTOR, Role.COORDINATOR)
EVERYWHERE = (Role.COORDINATOR, Role.ADMINISTRATOR)


def get_assignment_or_404(user: User, edition_code: str, activity_id: int) -> tuple[Enrolment, Assignment]:
    """The person's enrolment and an assignment that stands in a lesson of its course."""
    enrolment, activity = get_activity_or_404(user, edition_code, activity_id)
    if not isinstance(activity, Assignment):
        raise Http404
    return enrolment, activity


def get_attachment_or_404(user: User, edition_code: str, activity_id: int, file_id: int) -> AssignmentFile:
    """A file that comes with the instructions of an assignment the person may read."""
    _enrolment, assignment = get_assignment_or_404(user, edition_code, activity_id)
    return get_object_or_404(assignment.attachments.select_related("document"), pk=file_id)


def get_member_or_404(user: User, edition_code: str, submission_id: int) -> SubmissionMember:
    """The person's own part in a submission, in an enrolment that holds a place."""
    enrolments = Enrolment.objects.active().of(user)
    member = get_object_or_404(
        SubmissionMember.objects.select_related(
            "submission__assignment__course__source_locale",
            "submission__saved_by",
            "submission__handed_in_by",
            "submission__version__assignment_version__rubric_version",
            "attempt__enrolment__edition__course__source_locale",
            "attempt__enrolment__person",
        ),
        submission=submission_id,
        attempt__enrolment__in=enrolments,
        attempt__enrolment__edition__code=edition_code,
        attempt__enrolment__edition__cancelled_at=None,
    )
    submission = member.submission
    if submission.handed_in_at is None and submission.cohort_id:
        in_group = CohortMember.objects.current().filter(
            cohort=submission.cohort_id, enrolment=member.attempt.enrolment_id
        )
        if not in_group.exists():
            raise Http404
    return member


def get_own_file_or_404(user: User, edition_code: str, submission_id: int, file_id: int) -> SubmissionFile:
    """A file of a submission the person has a part in."""
    member = get_member_or_404(user, edition_code, submission_id)
    return get_object_or_404(member.submission.files, pk=file_id)


def get_returned_file_or_404(user: User, edition_code: str, submission_id: int, file_id: int) -> ReturnedFile:
    """A file a marker gave back, once the mark it belongs to is released."""
    member = get_member_or_404(user, edition_code, submission_id)
    told = member.released_marks.last()
    if told is None:
        raise Http404
    return get_object_or_404(ReturnedFile, pk=file_id, marking__in=told.markings.all())


def _holds(user: User, edition: Edition, roles) -> bool:
    by_course = roles_by_course(user).get(edition.course.translation_key, set())
    by_edition = roles_by_edition(user).get(edition.pk, set())
    return not by_course.union(by_edition).isdisjoint(roles)


def can_mark(user: User, edition: Edition) -> bool:
    """Whether the person may mark what is handed in in this edition."""
    return user.is_active and (has_site_role(user, *EVERYWHERE) or _holds(user, edition, MARKERS))


def can_release(user: User, edition: Edition) -> bool:
    """Whether the person may release marks, reopen submissions and change marks of others in this edition."""
    return user.is_active and (has_site_role(user, *EVERYWHERE) or _holds(user, edition, RELEASERS))


def editions_to_mark(user: User):
    """The editions in which this person may mark."""
    editions = Edition.objects.filter(cancelled_at=None)
    if has_site_role(user, *EVERYWHERE):
        return editions
    by_course = [key for key, held in roles_by_course(user).items() if held.intersection(MARKERS)]
    by_edition = [pk for pk, held in roles_by_edition(user).items() if held.intersection(MARKERS)]
    return editions.filter(Q(course__translation_key__in=by_course) | Q(pk__in=by_edition))


def marks_anywhere(user: User) -> bool:
    """Whether the person marks in any edition: asked on every page by a menu, so it looks at roles alone."""
    held = set().union(*roles_by_course(user).values(), *roles_by_edition(user).values())
    return user.is_active and (has_site_role(user, *EVERYWHERE) or not held.isdisjoint(MARKERS))


def works_on_courses(user: User) -> bool:
    """Whether the person works on any course, by roles alone."""
    return user.is_active and (
        has_site_role(user, Role.AUTHOR, Role.REVIEWER, Role.ADMINISTRATOR) or bool(roles_by_course(user))
    )


def get_marked_edition_or_404(user: User, assignment_id: int, edition_id: int, right=can_mark):
    """An assignment and an edition of its course, if the person holds the right there."""
    edition = get_object_or_404(Edition.objects.select_related("course__source_locale"), pk=edition_id)
    assignment = get_object_or_404(Assignment, pk=assignment_id, course=edition.course_id)
    if not right(user, edition):
        raise Http404
    assignment.course = edition.course
    return assignment, edition


def get_submission_to_mark_or_404(user: User, submission_id: int, right=can_mark) -> Submission:
    """Something others handed in, if the person holds the right in its edition."""
    own = SubmissionMember.objects.filter(attempt__enrolment__person=user).values("submission")
    submission = get_object_or_404(
        Submission.objects.handed_in()
        .exclude(pk__in=own)
        .select_related(
            "assignment__course__source_locale",
            "edition__course",
            "version__assignment_version__rubric_version",
            "cohort",
            "followed_by",
            "reopening",
            "follows__reopening",
            "handed_in_by",
        ),
        pk=submission_id,
    )
    if not right(user, submission.edition):
        raise Http404
    return submission


def get_marking_or_404(user: User, marking_id: int) -> Marking:
    """A finished marking of a submission the person may mark."""
    marking = get_object_or_404(Marking.objects.exclude(finished_at=None), pk=marking_id)
    marking.submission = get_submission_to_mark_or_404(user, marking.submission_id)
    return marking


def visible_assignments(user: User):
    """The assignments of the courses this person works on."""
    return Assignment.objects.filter(course__in=courses_for(user))


def get_authored_assignment_or_404(user: User, assignment_id: int, right=can_see) -> Assignment:
    """The assignment, if the person holds the right on its course."""
    found = (
        Assignment.objects.select_related("course__source_locale", "latest_revision")
        .filter(pk=assignment_id)
        .first()
    )
    if found is None or not right(user, found.course):
        raise Http404
    return found


def usable_rubrics(course: CoursePage | None):
    """The rubrics that may be chosen in a course: its own and those of every course; without one the latter."""
    return Rubric.objects.filter(Q(course=course) | Q(course=None), retired_at=None)


def visible_rubrics(user: User):
    """The rubrics of the courses this person works on, and those of every course."""
    return Rubric.objects.filter(Q(course__in=courses_for(user)) | Q(course=None))


def can_write_rubric(user: User, rubric: Rubric) -> bool:
    """Whether the person may change a rubric: that of a course by its authors, others by whoever begins courses."""
    return can_author(user, rubric.course) if rubric.course else can_create_course(user)


def can_translate_rubric(user: User, rubric: Rubric) -> bool:
    """Whether the person may word a rubric in other languages."""
    return can_write_rubric(user, rubric) or bool(rubric.course and can_translate(user, rubric.course))


def get_rubric_or_404(user: User, rubric_id: int, right=None) -> Rubric:
    """A rubric the person may see, if the right is theirs too."""
    rubric = get_object_or_404(visible_rubrics(user).select_related("course__source_locale"), pk=rubric_id)
    if right and not right(user, rubric):
        raise Http404
    return rubric


def returned_files(submission: Submission, user: User):
    """The annotated files of the markings of a submission that this person may see."""
    seen = visible_markings(rules_of(submission.version), submission.markings.all(), user)
    return ReturnedFile.objects.filter(marking__in=seen).select_related("marking__submission")
