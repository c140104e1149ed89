"""What a view may show to a person. What they may not know of is the same 404 as what was never there."""

from django.http import Http404

from accounts.models import User
from catalogue.visibility import visible_courses
from courses.models import CoursePage


def check_course(user: User, course: CoursePage) -> None:
    """Raise 404 unless this course, in whichever language, exists for this person."""
    if not visible_courses(user).filter(translation_key=course.translation_key).exists():
        raise Http404
