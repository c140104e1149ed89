"""Why a person cannot get a place: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The reasons an enrolment can be refused."""

    CANCELLED = "cancelled", _("This edition has been cancelled. Look in the catalogue for another one.")
    NOT_YET = "not_yet", _("Enrolment has not opened yet.")
    CLOSED = "closed", _("Enrolment has closed. Look in the catalogue for another edition.")
    ENDED = "ended", _("This edition is over. Look in the catalogue for another one.")
    FULL = "full", _("All places are taken. Ask the coordinator, or choose another edition.")
    STAFF_ONLY = (
        "staff_only",
        _("Places in this edition are given by the organizers. Contact the coordinator."),
    )
    WRONG_KEY = (
        "wrong_key",
        _("This is not the key of this edition. Check it in the message you received; capitals count."),
    )


class EnrolmentRefused(Exception):
    """Raised when a place cannot be given; carries the reason."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.label)
        self.refusal = refusal


class DatesRefused(Exception):
    """Raised when the dates of an edition were changed by somebody else while they stood on a screen."""

    def __init__(self):
        super().__init__(
            _(
                "Somebody else has changed dates of this edition while this page was open. What you see below is what "
                "you typed. Save again to keep it, or open the page anew to see what the others typed."
            )
        )


class AccommodationRefusal(models.TextChoices):
    """The reasons more time, more attempts or another date cannot be granted."""

    NOTHING = "nothing", _("Grant at least one thing: more time, more attempts or another date.")
    NO_REASON = "no_reason", _("Say why. One short sentence is enough.")
    ONE_GRANTEE = "one_grantee", _("Choose either a person or a cohort.")
    OTHER_EDITION = "other_edition", _("This person or cohort belongs to another edition.")
    OTHER_COURSE = "other_course", _("This activity belongs to another course.")
    NOT_HERE = "not_here", _("This person holds no place here any more. Enrol the person again first.")
    COHORT_CLOSED = "cohort_closed", _("This cohort has been dissolved. Choose another one.")
    OUT_OF_ORDER = (
        "out_of_order",
        _(
            "The dates would be out of order: it opens first, then it is due, then it closes. Move the others too."
        ),
    )


class AccommodationRefused(Exception):
    """Raised when something cannot be granted; carries the reason."""

    def __init__(self, refusal: AccommodationRefusal):
        super().__init__(refusal.label)
        self.refusal = refusal


class CohortRefusal(models.TextChoices):
    """The reasons a cohort cannot be made or changed."""

    NO_NAME = "no_name", _("Give the cohort a name.")
    NAME_TAKEN = "name_taken", _("Another cohort of this edition has this name. Choose a different one.")
    CLOSED = "closed", _("This cohort has been dissolved. Choose another one.")
    OTHER_EDITION = "other_edition", _("This person learns in another edition.")
    NOT_HERE = "not_here", _("This person holds no place here any more. Enrol the person again first.")
    IN_ANOTHER_GROUP = (
        "in_another_group",
        _("This person is in another work group. Take them out of it first, or move them."),
    )
    STILL_GRANTED = (
        "still_granted",
        _("This cohort has accommodations that hold. End them first, so that each end has its reason."),
    )
    TOO_MANY_GROUPS = (
        "too_many_groups",
        _("There are fewer people without a work group than groups. Choose a smaller number."),
    )
    NOBODY_LEFT = "nobody_left", _("Everybody here is in a work group already.")


class CohortRefused(Exception):
    """Raised when a cohort cannot be made or changed; carries the reason, and whom it is about."""

    def __init__(self, refusal: CohortRefusal, person: str = ""):
        super().__init__(f"{person}: {refusal.label}" if person else refusal.label)
        self.refusal = refusal
