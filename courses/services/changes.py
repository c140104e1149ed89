"""What of a course waits to go live."""

from dataclasses import dataclass

from django.db.models import Model, Q
from wagtail.models import Locale, Page

from courses.models import Activity, CoursePage, LessonPage
from courses.problems import latest_draft, placed_activities


@dataclass(frozen=True)
class Change:
    """One page or activity that differs from what learners see."""

    content: Model
    page: Page | None = None
    activity: Activity | None = None

    @property
    def title(self) -> str:
        """What it is called now."""
        return self.page.draft_title if self.page else self.activity.title

    @property
    def is_new(self) -> bool:
        """Whether learners have never seen it, or cannot see it now."""
        return not self.content.live


def changed_content(
    course: CoursePage, *, only_page: Page | None = None, locale: Locale | None = None
) -> list[Change]:
    """Changed pages in the order of the course, then the activities their lessons place; in one language or all."""
    pages = [only_page.specific] if only_page else changed_pages(course, locale)
    changes = [Change(page, page=page) for page in pages if only_page or waits(page)]
    return changes + [Change(a, activity=a) for a in changed_activities(course, pages, only_page)]


def changed_pages(course: CoursePage, locale: Locale | None):
    """Every page of the course with something unpublished, the source language first."""
    translations = CoursePage.objects.filter(translation_key=course.translation_key)
    if locale:
        translations = translations.filter(locale=locale)
    found = []
    for translation in sorted(translations, key=lambda page: page.pk != course.pk):
        tree = translation.get_descendants(inclusive=True).filter(alias_of=None)
        found += tree.filter(Q(live=False) | Q(has_unpublished_changes=True)).specific()
    return found


def waits(page: Page) -> bool:
    """Whether a page has something learners do not see yet."""
    return not page.live or page.has_unpublished_changes


def changed_activities(course: CoursePage, pages, only_page: Page | None) -> list[Activity]:
    """Activities with drafts that the course's lessons place, as these were last saved; each once."""
    lessons = (
        [p for p in pages if isinstance(p, LessonPage)]
        if only_page
        else LessonPage.objects.descendant_of(course)
    )
    found = {}
    for lesson in lessons:
        if lesson.locale_id != course.locale_id:
            continue
        for activity in placed_activities(latest_draft(lesson)):
            if activity.course_id == course.pk and activity.specific.has_draft:
                found.setdefault(activity.pk, activity.specific)
    return list(found.values())
