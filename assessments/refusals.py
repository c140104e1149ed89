"""Why a quiz cannot be taken now, or an answer not be saved: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuizRefusal(models.TextChoices):
    """The reasons a quiz action can be refused."""

    NOT_PUBLISHED = "not_published", _("This quiz is not ready yet. Ask your tutor or come back later.")
    NOT_OPEN = "not_open", _("This quiz has not opened yet.")
    CLOSED = "closed", _("This quiz has closed.")
    NO_ATTEMPTS_LEFT = "no_attempts_left", _("You have used all your attempts.")
    TOO_SOON = "too_soon", _("You can try again later: there is a time to wait between attempts.")
    WRONG_PASSWORD = (
        "wrong_password",
        _("This is not the password of the quiz. Ask whoever supervises it, and mind capital letters."),
    )
    HANDED_IN = "handed_in", _("This attempt has been handed in; its answers can no longer be changed.")
    TIME_OVER = "time_over", _("The time is over. What you had saved before has been kept.")
    PAGE_LEFT = (
        "page_left",
        _("This quiz goes only forwards: answers on a page you left can no longer be changed."),
    )
    CHECKED = (
        "checked",
        _("You have checked this question; its answer stands. Begin a new attempt to try again."),
    )


class QuizRefused(Exception):
    """Raised when a quiz cannot be begun, answered or handed in; carries the reason."""

    def __init__(self, refusal: QuizRefusal):
        super().__init__(refusal.label)
        self.refusal = refusal
