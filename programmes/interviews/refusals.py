"""Why an interview cannot be booked, moved or cancelled: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InterviewRefusal(models.TextChoices):
    """The reasons."""

    NOT_INVITED = "not_invited", _("You are not invited to an interview for this call.")
    SLOT_GONE = "slot_gone", _("This time is not offered any more. Choose another one.")
    SLOT_FULL = "slot_full", _("Somebody else has just taken this time. Choose another one.")
    SLOT_PAST = "slot_past", _("This time is over. Choose another one.")
    TOO_SOON = (
        "too_soon",
        _("The interview has begun or is over. If you could not come, write to the coordinator."),
    )
    DONE = "done", _("Your interview has been held.")
    DECIDED = (
        "decided",
        _("The decision on your application has been sent, so there is no interview any more."),
    )
    NOT_YET = "not_yet", _("The interview has not begun yet.")


class InterviewRefused(Exception):
    """Raised when something cannot be done; carries the reason."""

    def __init__(self, refusal: InterviewRefusal):
        super().__init__(refusal.label)
        self.refusal = refusal
