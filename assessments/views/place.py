"""Where a quiz stands: what every page of it shows around the questions."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.classroom import course_crumbs
from learning.progress import progress


def place(enrolment, activity):
    """The lesson the quiz stands in, its title and words in the learner's language, and the whole progress."""
    activity = activity.specific
    if activity.course_id == enrolment.edition.course_id:
        activity.course = enrolment.edition.course
    standing = progress(enrolment, get_language())
    lesson = next(
        (
            lesson
            for lesson in standing.lessons
            if any(state.activity.pk == activity.pk for state in lesson.activities)
        ),
        None,
    )
    lesson_url = reverse("learning:lesson", args=[enrolment.edition.code, lesson.pk]) if lesson else ""
    lesson_title = lesson.title if lesson else activity.title
    wording = activity.wording(get_language())
    return {
        "progress": standing,
        "lesson": lesson,
        "title": wording.title if wording and wording.title else lesson_title,
        "wording": wording,
        "crumbs": course_crumbs(standing, (lesson_title, lesson_url), (_("Quiz"), "")),
        "current_section": "learning",
    }
