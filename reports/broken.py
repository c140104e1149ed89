"""Published courses that have come to lack something. Looking takes long, so it is done by the clock and remembered."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from courses.models import CoursePage
from courses.problems import broken_courses

KEY = "reports.broken_courses"
# Few enough to be looked at while somebody waits, on the first day of a new site.
FEW = 30


@dataclass(frozen=True)
class BrokenCourses:
    """What was found, by the key that all languages of a course share, and when."""

    problems: dict
    looked_at: datetime


def look_for_broken_courses() -> BrokenCourses:
    """Look at every live course and remember for a day what was found."""
    problems = {}
    for course, found in broken_courses():
        problems[course.translation_key] = problems.get(course.translation_key, 0) + len(found)
    result = BrokenCourses(problems, timezone.now())
    cache.set(KEY, result, timeout=24 * 60 * 60)
    return result


def known_broken_courses() -> BrokenCourses | None:
    """What was found when the site was last looked through, or None while nobody has."""
    known = cache.get(KEY)
    if known is None and CoursePage.objects.live().count() <= FEW:
        return look_for_broken_courses()
    return known
