"""Why a session cannot be held so: values for code, sentences for people. Warnings hinder nothing."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The reasons a session can be refused. Where a clash is meant, the problem names what it clashes with."""

    NO_TITLE = "no_title", _("Give the session a title.")
    NO_PLACE = "no_place", _("Say where it is held: choose a room, give an online link, or both.")
    BAD_LENGTH = "bad_length", _("A session lasts at least one minute and at most a day.")
    NO_ZONE = "no_zone", _("This time zone does not exist. Choose one from the list.")
    NO_SUCH_TIME = (
        "no_such_time",
        _("On that day clocks are set forward and leap over this time. Choose an earlier or a later time."),
    )
    EDITION_CANCELLED = (
        "edition_cancelled",
        _("This edition has been cancelled. It holds no sessions any more."),
    )
    OTHER_COHORT = "other_cohort", _("This cohort belongs to another edition.")
    NO_SUCH_COHORT = (
        "no_such_cohort",
        _("This session is one of a cohort, and this edition has none of that name. Make the cohort first."),
    )
    COHORT_CLOSED = "cohort_closed", _("This cohort has been dissolved. Choose another one.")
    ROOM_CLOSED = "room_closed", _("This room is no longer in use. Choose another one.")
    LECTURER_CLOSED = "lecturer_closed", _("The account of this lecturer is closed. Choose somebody else.")
    ALREADY_THERE = "already_there", _("This edition has a session of this title at this time already.")
    ROOM_TAKEN = "room_taken", _("The room is taken at that time.")
    LECTURER_TAKEN = "lecturer_taken", _("The lecturer teaches elsewhere at that time.")
    CANCELLED = "cancelled", _("This session has been cancelled. Schedule a new one instead.")
    CHANGED_MEANWHILE = (
        "changed_meanwhile",
        _(
            "Somebody else has changed this session while this page was open. Open it anew to see how it stands."
        ),
    )
    NO_REASON = "no_reason", _("Say why. One short sentence is enough.")
    NO_DAYS = "no_days", _("No day fits this pattern. Check the days of the week and the dates.")
    TOO_MANY_DAYS = "too_many_days", _("A series spans at most 400 days. Choose an earlier last day.")


class Concern(models.TextChoices):
    """What somebody should know who holds the session all the same."""

    LEARNERS_TWICE = "learners_twice", _("Learners are expected in another session at that time.")
    FEW_PLACES = "few_places", _("More people are expected than may come.")
    FEW_SEATS = "few_seats", _("The room has fewer seats than people are expected.")
    OUTSIDE_EDITION = "outside_edition", _("It lies outside the dates of the edition.")
    LECTURER_BEHIND = "lecturer_behind", _("Its lecturer stays behind. Name one for the new date.")


@dataclass(frozen=True)
class Problem:
    """One reason, with the day it is about and a sentence that names who or what is in the way.

    - named: the same with the name of a session that not everybody may know of; for who manages `edition_id`
    """

    reason: Refusal | Concern
    sentence: str
    on: datetime.date | None = None
    named: str = ""
    edition_id: int | None = None


class TimetableRefused(Exception):
    """Raised when the timetable cannot be changed so; carries every problem, not only the first."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)

    @property
    def refusals(self) -> list[Refusal]:
        """The reasons, for code."""
        return [problem.reason for problem in self.problems]


def refused(refusal: Refusal) -> TimetableRefused:
    """The exception for one reason that needs no further words."""
    return TimetableRefused([Problem(refusal, str(refusal.label))])
