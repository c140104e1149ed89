"""Interactive activities as a lesson shows them: where the frame leads, what stands beside it, what was reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from enrolments.models import Enrolment
from h5p.player import on_frame_host
from learning.interactive.playing import version_of
from learning.interactive.results import Result
from learning.interactive.tokens import PLAY
from learning.models import H5PActivity, H5PAttempt, H5PWords
from learning.progress import ActivityState


@dataclass(frozen=True)
class InteractiveShown:
    """One interactive activity in a lesson. `result` is of the last attempt that has one; without `src` none plays."""

    src: str
    title: str
    alternative: str
    result: Result | None = field(default=None)


def interactive_shown(
    enrolment: Enrolment, states: Sequence[ActivityState], language: str
) -> dict[int, InteractiveShown]:
    """Those among these activities, by their ids, in a number of queries that does not grow with them."""
    activities = [state.activity for state in states if isinstance(state.activity, H5PActivity)]
    if not activities:
        return {}
    course = enrolment.edition.course
    source = (course.source_locale or course.locale).language_code
    words = words_by_activity(activities, language, source)
    results = last_results(enrolment, activities)
    return {
        activity.pk: shown(
            enrolment, activity, words.get(activity.pk), language, source, results.get(activity.pk)
        )
        for activity in activities
    }


def words_by_activity(activities: Sequence[H5PActivity], language: str, source: str) -> dict[int, H5PWords]:
    """The row of each activity that is played in a language, else that of the source language."""
    rows = H5PWords.objects.filter(activity__in=activities, language__in={language, source})
    rows = rows.select_related("version", "content__current").defer(
        "version__params", "content__current__params"
    )
    return {row.activity_id: row for row in sorted(rows, key=lambda row: row.language == language)}


def last_results(enrolment: Enrolment, activities: Sequence[H5PActivity]) -> dict[int, Result]:
    """The last result at each activity."""
    needs_pass = {activity.pk: activity.needs_pass for activity in activities}
    rows = H5PAttempt.objects.filter(attempt__enrolment=enrolment, attempt__activity__in=activities)
    rows = rows.filter(attempt__finished_at__isnull=False).select_related("attempt")
    return {
        row.attempt.activity_id: Result(
            row.attempt, row.raw, row.maximum, needs_pass=needs_pass[row.attempt.activity_id]
        )
        for row in rows.order_by("attempt__number")
    }


def shown(enrolment, activity, words, language, source, result):
    """One of them."""
    # The activity's own title is in the source language.
    is_translated = words is not None and words.language != source
    token = PLAY.make(enrolment.pk, activity.pk, language)
    return InteractiveShown(
        src=on_frame_host(reverse("interactive:play", args=[token])) if version_of(words) else "",
        title=words.content.title if is_translated else activity.title,
        alternative=(words and words.text_alternative) or activity.text_alternative,
        result=result,
    )
