"""What the classroom shows of one lesson: its page in the best language, its blocks with the learner's states."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from courses.models import LessonPage
from learning.interactive.shown import InteractiveShown, interactive_shown
from learning.progress import ActivityState, LessonState, Progress, State

STATES = {State.DONE: "done", State.STARTED: "open", State.TO_DO: "open"}


@dataclass(frozen=True)
class Part:
    """A block of the lesson, or an activity placed in it with the learner's state."""

    block: object | None
    activity: ActivityState | None
    interactive: InteractiveShown | None = None


@dataclass(frozen=True)
class LessonShown:
    """A lesson as one learner sees it."""

    page: LessonPage
    state: LessonState
    language: str
    direction: str
    is_translated: bool
    parts: tuple[Part, ...]
    previous: LessonState | None
    next: LessonState | None

    @property
    def has_interactive(self) -> bool:
        """Whether anything in it is played in a frame."""
        return any(part.interactive for part in self.parts)


def lesson_shown(progress: Progress, state: LessonState, language: str) -> LessonShown:
    """The lesson in a language, or in its source language where it has not been translated."""
    page, shown_in = _page_in(state.pk, language)
    around = list(progress.lessons)
    position = around.index(state)
    return LessonShown(
        page=page,
        state=state,
        language=shown_in,
        direction="rtl" if get_language_info(shown_in)["bidi"] else "ltr",
        is_translated=shown_in == language,
        parts=_parts(page, state, interactive_shown(progress.enrolment, state.activities, language)),
        previous=around[position - 1] if position else None,
        next=around[position + 1] if position + 1 < len(around) else None,
    )


def _page_in(pk, language):
    pages = LessonPage.objects.live().select_related("locale")
    canonical = pages.get(pk=pk)
    if canonical.locale.language_code == language:
        return canonical, language
    translated = pages.filter(
        translation_key=canonical.translation_key, locale__language_code=language, alias_of=None
    ).first()
    page = translated or canonical
    return page, page.locale.language_code


def _parts(page, state, interactive):
    """Placement comes from the canonical lesson: a block shows its activity, what no block shows stands at the end."""
    by_block = {
        str(activity.placement.block_id): Part(None, activity, interactive.get(activity.activity.pk))
        for activity in state.activities
    }
    parts = []
    for block in page.body:
        if block.block_type not in ("activity", "read"):
            parts.append(Part(block, None))
        elif block.id in by_block:
            parts.append(by_block.pop(block.id))
    return (*parts, *by_block.values())


def course_crumbs(progress: Progress, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way here through My learning and the course; each further step is a title and a URL, the last without one."""
    course = reverse("learning:outline", args=[progress.enrolment.edition.code]) if steps else ""
    trail = [(_("My learning"), reverse("learning:my_learning")), (progress.course_title, course), *steps]
    return [{"title": title, "url": url} for title, url in trail]


def outline_units(progress: Progress, here: int | None = None) -> list[dict]:
    """The outline component's units: each lesson with its link, its state and what there is to note."""
    code = progress.enrolment.edition.code
    next_lesson = None if progress.completed_at else progress.next_lesson
    units = []
    for number, unit in enumerate(progress.units, start=1):
        lessons = [
            {
                "title": lesson.title,
                "minutes": lesson.minutes,
                "href": reverse("learning:lesson", args=[code, lesson.pk]),
                "state": "current" if next_lesson and lesson.pk == next_lesson.pk else STATES[lesson.state],
                "here": lesson.pk == here,
                "note": _("added since you started")
                if any(s.added_later and not s.is_done for s in lesson.required)
                else "",
            }
            for lesson in unit.lessons
        ]
        units.append({"number": number, "title": unit.title, "lessons": lessons})
    return units
