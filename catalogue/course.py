"""A course page for one person at one moment: dates, the way in, outline and languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page

from accounts.models import User
from catalogue.invitation import Invitation, invitation
from catalogue.offers import Offer, offers_of
from catalogue.visibility import is_restricted
from courses.models import CoursePage, LessonPage, UnitPage
from learning.classroom import outline_units
from learning.progress import Progress, progress


@dataclass(frozen=True)
class CourseShown:
    """What is added to the words of a course page for its reader."""

    offers: Sequence[Offer]
    invitation: Invitation
    progress: Progress | None
    units: Sequence[dict]
    is_restricted: bool

    @property
    def best(self) -> Offer | None:
        """The edition that the button is about."""
        return self.offers[0] if self.offers else None

    @property
    def others(self) -> Sequence[Offer]:
        """The editions besides."""
        return self.offers[1:]

    @property
    def minutes(self) -> int:
        """The minutes of all lessons."""
        return sum(lesson["minutes"] for unit in self.units for lesson in unit["lessons"])


def course_shown(page: CoursePage, user: User, language: str) -> CourseShown:
    """Work out the page for a person who may see it."""
    course = page.canonical
    offers = offers_of([course.pk], user)[course.pk]
    own = offers[0].enrolment if offers else None
    standing = progress(own, language) if own else None
    return CourseShown(
        offers=offers,
        invitation=invitation(offers, user, standing),
        progress=standing,
        units=outline_units(standing) if standing else outline_of(page),
        is_restricted=is_restricted(course),
    )


def outline_of(page: CoursePage) -> list[dict]:
    """Published units and lessons in the language of the page, as titles: reading them is for who is enrolled."""
    units = UnitPage.objects.live().child_of(page).order_by("path")
    lessons = LessonPage.objects.live().descendant_of(page).order_by("path").defer_streamfields()
    found = {
        unit.path: {"number": number, "title": unit.title, "lessons": []}
        for number, unit in enumerate(units, start=1)
    }
    for lesson in lessons:
        parent = lesson.path[: -Page.steplen]
        if parent in found:
            found[parent]["lessons"].append({"title": lesson.title, "minutes": lesson.minutes})
    return list(found.values())
