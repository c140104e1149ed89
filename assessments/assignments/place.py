"""Where an assignment stands for a learner: its lesson, its words in their language, the way back."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Assignment, AssignmentFile, AssignmentText
from courses.models import LessonActivity
from courses.titles import title_in
from enrolments.models import Enrolment


@dataclass(frozen=True)
class Place:
    """An assignment as its page names it."""

    title: str
    wording: AssignmentText | None
    lesson_id: int | None
    crumbs: tuple[dict[str, str], ...]
    attachments: list[AssignmentFile]


def place_of(enrolment: Enrolment, assignment: Assignment, language: str) -> Place:
    """Title, words and crumbs in a language."""
    edition = enrolment.edition
    if assignment.course_id == edition.course_id:
        assignment.course = edition.course
    placement = (
        LessonActivity.objects.placed()
        .filter(activity=assignment, lesson__live=True, lesson__path__startswith=edition.course.path)
        .select_related("lesson")
        .first()
    )
    lesson_title = title_in(placement.lesson, language) if placement else ""
    wording = assignment.wording(language)
    title = (wording and wording.title) or lesson_title or assignment.title
    crumbs = [
        {"title": _("My learning"), "url": reverse("learning:my_learning")},
        {
            "title": title_in(edition.course, language),
            "url": reverse("learning:outline", args=[edition.code]),
        },
    ]
    if placement:
        url = reverse("learning:lesson", args=[edition.code, placement.lesson_id])
        crumbs.append({"title": lesson_title, "url": url})
    files = assignment.attachments.select_related("document").filter(language__in=["", language])
    return Place(title, wording, placement and placement.lesson_id, tuple(crumbs), list(files))
