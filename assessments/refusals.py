"""Why a quiz cannot be taken now, or an answer not be saved: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuizRefusal(models.TextChoices):
    """The reasons a quiz action can be refused."""

    NOT_PUBLISHED = "not_published", _("This quiz is not ready yet. Ask your tutor or come back later.")
    NOT_OPEN = "not_open", _("This quiz has not opened yet.")
    CLOSED = "closed", _("This quiz has closed.")
    NO_ATTEMPTS_LEFT = "no_attempts_left", _("You have used all your attempts.")
    HANDED_IN = "handed_in", _("This attempt has been handed in; its answers can no longer be changed.")


class QuizRefused(Exception):
    """Raised when a quiz cannot be begun, answered or handed in; carries the reason."""

    def __init__(self, refusal: QuizRefusal):
        super().__init__(refusal.label)
        self.refusal = refusal
