"""What keeps a course from going live, in sentences for its author. Looks at drafts; changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision

from courses.models import Activity, CoursePage, LessonPage, UnitPage

# An app above says what a course still lacks: hook(course) → sentences. `course` is the page as it would go live.
COURSE_PROBLEMS = "course_publish_problems"


@dataclass(frozen=True)
class Problem:
    """One thing that is missing, where, and a word for code."""

    page: Page | None
    sentence: str
    code: str
    activity: Activity | None = None

    @property
    def edit_url(self) -> str | None:
        """Where it is put right."""
        if self.activity:
            return AdminURLFinder().get_edit_url(self.activity.specific)
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if self.page else None


def publish_problems(course: CoursePage) -> list[Problem]:
    """What is missing if the course, in this language, went live now as last saved."""
    pages = list(course.get_descendants(inclusive=True).specific())
    waiting = [page for page in pages if not page.live or page.has_unpublished_changes]
    return problems_after(course, {page.pk: page.get_latest_revision() for page in waiting}, pages=pages)


def problems_after(
    course: CoursePage, revisions: dict[int, Revision | None], pages: Iterable[Page] | None = None
) -> list[Problem]:
    """What is missing in one language of a course once these revisions are live beside what is live already."""
    pages = list(pages or course.get_descendants(inclusive=True).specific())
    after = {page.path: found for page in pages if (found := as_published(page, revisions))}
    for page in after.values():
        if not isinstance(page, CoursePage):
            page.__dict__["course"] = course  # known here: spares each page asking for it
    problems = []
    for path, page in after.items():
        if path[: -Page.steplen] in after or isinstance(page, CoursePage):
            children = [other for other in after if other[: -Page.steplen] == path]
            problems += page_problems(page, has_children=bool(children))
    return problems


def as_published(page: Page, revisions: dict[int, Revision | None]) -> Page | None:
    """The page as it would stand: from its revision, as it is live, or not at all."""
    if page.pk not in revisions:
        return page if page.live else None
    revision = revisions[page.pk]
    return revision.as_object() if revision else page


def page_problems(page: Page, *, has_children: bool = True) -> list[Problem]:
    """What is missing on one page of a course."""
    if isinstance(page, CoursePage):
        return course_problems(page, has_children)
    if isinstance(page, UnitPage) and not has_children:
        sentence = _("The unit “%(unit)s” has no lesson. Add one, or delete the unit.") % {"unit": page.title}
        return [Problem(page, sentence, "empty_unit")]
    if isinstance(page, LessonPage):
        return lesson_problems(page)
    return []


def course_problems(course: CoursePage, has_units: bool) -> list[Problem]:
    """What is missing on the course's own page."""
    missing = []
    if not has_units:
        missing.append(
            (
                _("The course has no unit that would be live. Publish the whole course together."),
                "empty_course",
            )
        )
    if not course.summary:
        missing.append((_("The course has no summary: one plain sentence for the catalogue."), "no_summary"))
    if not len(course.outcomes):
        missing.append((_("The course does not say what learners will be able to do."), "no_outcomes"))
    if not course.workload_hours:
        missing.append((_("The course does not say how many hours it takes."), "no_workload"))
    problems = [Problem(course, sentence, code) for sentence, code in missing]
    if course.is_canonical:
        for ask in hooks.get_hooks(COURSE_PROBLEMS):
            problems += [Problem(course, str(sentence), "course") for sentence in ask(course) or ()]
    return problems


def lesson_problems(lesson: LessonPage) -> list[Problem]:
    """What is missing in a lesson: words, parts of its blocks, content of its activities."""
    name = {"lesson": lesson.title}
    if not len(lesson.body):
        return [Problem(lesson, _("The lesson “%(lesson)s” is empty.") % name, "empty_lesson")]
    problems = []
    for block in lesson.body:
        problems += incomplete_block(lesson, block)
    if lesson.canonical.pk == lesson.pk:
        for activity in placed_activities(lesson):
            problems += activity_problems(lesson, activity)
    return problems


def incomplete_block(lesson: LessonPage, block) -> list[Problem]:
    """What a block lacks; drafts may be saved with gaps."""
    try:
        block.block.clean(block.value)
    except ValidationError as error:
        parts = getattr(error, "block_errors", None) or {}
        if block.block_type == "figure" and "alt" in parts:
            sentence = _(
                "In “%(lesson)s” a figure has no alternative text: say what it shows for those who cannot see it."
            )
            return [Problem(lesson, sentence % {"lesson": lesson.title}, "figure_without_alt")]
        labels = [
            str(block.block.child_blocks[part].label) for part in parts if part in block.block.child_blocks
        ]
        sentence = _("In “%(lesson)s” the block “%(block)s” is incomplete: %(parts)s.") % {
            "lesson": lesson.title,
            "block": block.block.label,
            "parts": ", ".join(labels) or _("it is empty"),
        }
        return [Problem(lesson, sentence, "incomplete_block")]
    return []


def placed_activities(lesson: LessonPage) -> list[Activity]:
    """The activities a lesson's blocks place, in order."""
    return [
        block.value["activity"]
        for block in lesson.body
        if block.block_type == "activity" and block.value.get("activity")
    ]


def activity_problems(lesson: LessonPage | None, activity: Activity) -> list[Problem]:
    """What an activity lacks, as last saved."""
    if lesson and activity.course_id != lesson.course.canonical.pk:
        sentence = _(
            "“%(activity)s” in “%(lesson)s” belongs to another course. Choose or create one of this course."
        )
        sentence %= {"activity": activity.title, "lesson": lesson.title}
        return [Problem(lesson, sentence, "foreign_activity", activity)]
    draft = latest_draft(activity)
    return [Problem(lesson, str(sentence), "activity", activity) for sentence in draft.publish_problems()]


def latest_draft(content: Any) -> Any:
    """A page or activity of any kind, as last saved; what is live and unchanged is that already."""
    content = content.specific
    return (
        content
        if content.live and not content.has_unpublished_changes
        else content.get_latest_revision_as_object()
    )


def broken_courses() -> list[tuple[CoursePage, list[Problem]]]:
    """Live courses that have come to lack something, for the staff home. Judged as they are live, not by drafts."""
    found = ((course, problems_after(course, {})) for course in CoursePage.objects.live())
    return [(course, problems) for course, problems in found if problems]
