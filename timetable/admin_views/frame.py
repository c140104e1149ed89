"""What the screens of the timetable have in common: the way here, and how refusals and concerns stand on a form."""

import hashlib

from django.urls import reverse
from django.utils.translation import gettext as _

from enrolments.admin_views.asking import crumbs, screen
from timetable import access
from timetable.concerns import warnings_of
from timetable.refusals import Refusal

MOST_CONCERNS = 12
FIELD_OF = {
    Refusal.NO_TITLE: "title",
    Refusal.NO_PLACE: "room",
    Refusal.BAD_LENGTH: "ends",
    Refusal.NO_ZONE: "time_zone",
    Refusal.NO_SUCH_TIME: "starts",
    Refusal.COHORT_CLOSED: "cohort",
    Refusal.OTHER_COHORT: "cohort",
    Refusal.ROOM_CLOSED: "room",
    Refusal.LECTURER_CLOSED: "lecturers",
    Refusal.ROOM_TAKEN: "room",
    Refusal.LECTURER_TAKEN: "lecturers",
}


def trail(*steps, last):
    """The way here through the sessions."""
    return crumbs((reverse("sessions:index"), _("Sessions")), *steps, last=last)


def timetable_screen(request, template, *, title, steps=(), icon="calendar-alt", form=None, **context):
    """One screen of the timetable."""
    return screen(
        request,
        f"timetable/staff/{template}",
        title=title,
        icon=icon,
        trail=trail(*steps, last=title),
        form=form,
        **context,
    )


def note_refusal(form, refused, user):
    """Put every reason where it can be put right; reasons of several days stand above the form."""
    [problems] = access.said_to(user, [refused.problems])
    single = len({problem.on for problem in problems}) == 1
    for problem in problems:
        field = FIELD_OF.get(problem.reason) if single else None
        form.add_error(field if field in form.fields else None, problem.sentence)


def concerns_of(plans, ignoring=()):
    """The sentences somebody should read before, each once, and a mark that says which they were."""
    found = [concern for some in warnings_of(plans, ignoring=ignoring) for concern in some]
    days = {}
    for concern in found:
        days.setdefault(concern.sentence, []).append(concern.on)
    told = [{"sentence": sentence, "days": when[:MOST_CONCERNS]} for sentence, when in days.items()]
    digest = hashlib.sha256(repr(sorted(days.items())).encode()).hexdigest()[:16]
    return told, digest
