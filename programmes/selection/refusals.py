"""Why something of a selection cannot be done: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SelectionRefusal(models.TextChoices):
    """The reasons."""

    NOT_SUBMITTED = "not_submitted", _("This application is not submitted, or was withdrawn.")
    NO_ROLE = "no_role", _("This person is no assessor of this edition. Give the role first.")
    IS_REFEREE = (
        "is_referee",
        _(
            "This person is a referee of the applicant and cannot assess the application. Choose somebody else."
        ),
    )
    IS_APPLICANT = "is_applicant", _("Nobody assesses their own application. Choose somebody else.")
    HAD_CONFLICT = (
        "had_conflict",
        _("This person has declared a conflict of interest with this application. Choose somebody else."),
    )
    ENDED = "ended", _("This application is no longer yours to assess.")
    NOT_DECLARED = (
        "not_declared",
        _("Declare first that you have no conflict of interest with this applicant."),
    )
    HANDED_IN = (
        "handed_in",
        _("These scores are handed in and stand. The coordinator can open them again, with a reason."),
    )
    NOT_HANDED_IN = "not_handed_in", _("These scores are not handed in; the assessor can still change them.")
    OTHER_TAB = (
        "other_tab",
        _(
            "These scores were saved in another window meanwhile. Open the page anew; nothing was overwritten."
        ),
    )
    TOO_MANY_POINTS = "too_many_points", _("More points than this criterion has, or fewer than none.")
    MISSING_POINTS = "missing_points", _("Give points on every criterion before you hand in.")
    CRITERIA_IN_USE = (
        "criteria_in_use",
        _(
            "Scores were given already: criteria, points and weights stand. The words of the guidance can still change."
        ),
    )
    NO_CRITERIA = "no_criteria", _("Add the criteria first: there is nothing to score yet.")
    DECIDED_MEANWHILE = (
        "decided_meanwhile",
        _("Somebody else has decided on this application meanwhile. Nothing was overwritten."),
    )
    FROZEN = "frozen", _("The letter has gone out: this decision stands.")
    OWN = "own", _("Nobody decides on their own application. Another member of the committee has to.")
    NO_CONDITIONS = "no_conditions", _("Say which conditions have to be met, and by when.")
    NO_MODE = "no_mode", _("The edition is not offered in this mode. Choose another one.")
    CANCELLED = "cancelled", _("This edition has been cancelled. Nobody can be admitted to it.")
    NO_PLACES = "no_places", _("More people would be offered a place than there are places.")
    NO_LETTERS = "no_letters", _("There is no decision whose letter has not gone out.")
    LETTERS_CHANGED = (
        "letters_changed",
        _("Decisions or words have changed since you looked. Look at the letters again, then send them."),
    )
    ANSWERED = (
        "answered",
        _("This place was declined. Write to the coordinator if you have changed your mind."),
    )
    TOO_LATE = "too_late", _("The time to answer is over; the place has been offered to somebody else.")
    OFFER_ENDED = "offer_ended", _("This place is not offered any more.")
    ALREADY_STUDENT = "already_student", _("The person is a student already; withdraw the student instead.")


class SelectionRefused(Exception):
    """Raised when something cannot be done; carries the reason."""

    def __init__(self, refusal: SelectionRefusal, sentence: str = ""):
        super().__init__(sentence or refusal.label)
        self.refusal = refusal


class PlacesExceeded(SelectionRefused):
    """More people admitted than there are places."""

    def __init__(self, mode: str, admitted: int, free: int):
        sentence = _(
            "%(mode)s: %(admitted)s people would be offered a place, and %(free)s places are free. "
            "Put some on the waiting list, or raise the number of places."
        ) % {"mode": mode, "admitted": admitted, "free": free}
        super().__init__(SelectionRefusal.NO_PLACES, sentence)
