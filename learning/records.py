"""Whether learners' records hang on pages and activities that somebody wants to delete or move."""

from django.utils.translation import ngettext

from enrolments.models import Enrolment
from learning.models import Attempt, Completion, TutorThread


def records_on(pages, activities) -> list[str]:
    """What is recorded about learners here, in sentences; none if nobody has learnt with it."""
    enrolled = (
        Enrolment.objects.filter(edition__course__in=pages.values("pk")).values("person").distinct().count()
    )
    if enrolled:
        text = ngettext(
            "%(count)d person is enrolled in it.", "%(count)d people are enrolled in it.", enrolled
        )
        return [text % {"count": enrolled}]
    of_these = activities.values("pk")
    people = {
        *Completion.objects.filter(activity__in=of_these).values_list("enrolment__person", flat=True),
        *Attempt.objects.filter(activity__in=of_these).values_list("enrolment__person", flat=True),
        *TutorThread.objects.filter(lesson__in=pages.values("pk")).values_list(
            "enrolment__person", flat=True
        ),
    }
    if not people:
        return []
    text = ngettext(
        "%(count)d learner has records on it.", "%(count)d learners have records on it.", len(people)
    )
    return [text % {"count": len(people)}]
