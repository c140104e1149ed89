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
