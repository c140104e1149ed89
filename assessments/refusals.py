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
    NO_MORE_FILES = "no_more_files", _("No more files can be added here. Remove one first.")
    CHECKED = (
        "checked",
        _("You have checked this question; its answer stands. Begin a new attempt to try again."),
    )


class QuizRefused(Exception):
    """Raised when a quiz cannot be begun, answered or handed in; carries the reason."""

    def __init__(self, refusal: QuizRefusal):
        super().__init__(refusal.label)
        self.refusal = refusal


class MarkRefusal(models.TextChoices):
    """The reasons an answer cannot be marked as asked."""

    NOT_HANDED_IN = (
        "not_handed_in",
        _("This attempt has not been handed in yet; it can be marked afterwards."),
    )
    OWN_WORK = "own_work", _("This is your own work. Somebody else has to mark it.")
    DROPPED = (
        "dropped",
        _("A regrade has dropped this question: it counts for nobody, so there is nothing to mark."),
    )
    OUT_OF_RANGE = "out_of_range", _("A mark lies between nothing and all the points of the question.")
    REASON_NEEDED = (
        "reason_needed",
        _("The learner may have seen this score. Say why it changes: the reason is kept with the mark."),
    )
    LEVELS_MISSING = "levels_missing", _("Choose a level for every criterion before you finish.")
    MARKED_MEANWHILE = (
        "marked_meanwhile",
        _("Somebody has marked this answer since you opened it. Nothing was overwritten."),
    )


class MarkRefused(Exception):
    """Raised when an answer cannot be marked as asked; carries the reason, and the mark that is in the way."""

    def __init__(self, refusal: MarkRefusal, mark=None):
        super().__init__(refusal.label)
        self.refusal = refusal
        self.mark = mark


class RegradeRefusal(models.TextChoices):
    """The reasons a quiz cannot be graded anew as asked."""

    NOTHING_CHOSEN = "nothing_chosen", _("Choose at least one question and what is to become of it.")
    NO_EDITION = "no_edition", _("Choose at least one edition.")
    UNDER_WAY = (
        "under_way",
        _("Another regrade of this quiz is under way. Let it finish first; if it was stopped, continue it."),
    )
    STALE = (
        "stale",
        _(
            "Marks, attempts or keys have changed since you looked. Look at the preview again before applying it."
        ),
    )
    NO_NEW_VERSION = (
        "no_new_version",
        _("A question has no newer version of the same kind. Correct it, publish it, and come back."),
    )
    NOTHING_LEFT = (
        "nothing_left",
        _("An attempt would be left without any question that counts. Keep at least one."),
    )


class RegradeRefused(Exception):
    """Raised when a quiz cannot be graded anew; carries the reason."""

    def __init__(self, refusal: RegradeRefusal):
        super().__init__(refusal.label)
        self.refusal = refusal
