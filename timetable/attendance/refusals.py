"""Why a mark cannot be taken: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The reasons attendance is not recorded."""

    CANCELLED = "cancelled", _("This session has been cancelled. No attendance is taken for it.")
    TOO_EARLY = (
        "too_early",
        _("The register of this session is not open yet. It opens shortly before it begins."),
    )
    NOT_EXPECTED = "not_expected", _("This person is not enrolled in the edition of this session.")
    NO_MINUTES = (
        "no_minutes",
        _("Say how many minutes late somebody came: at least one, less than the session."),
    )
    NO_REASON = "no_reason", _("Say why. One short sentence is enough.")
    CHANGED_MEANWHILE = (
        "changed_meanwhile",
        _(
            "Somebody else has changed this mark while this page was open. Look at it again before you change it."
        ),
    )
    SETTLED = (
        "settled",
        _("The session ended more than a day ago: what is recorded is corrected with a reason."),
    )
    SAME = "same", _("This is what the register says already.")
    OTHER_KEY = "other_key", _("This save belongs to another register. Open the register anew.")
    CHECK_IN_EARLY = (
        "check_in_early",
        _("Check-in has not begun yet. Scan the code when the session is about to begin."),
    )
    CHECK_IN_OVER = (
        "check_in_over",
        _("Check-in for this session is over. Ask whoever teaches it to mark you."),
    )
    UNDER_REVIEW = (
        "under_review",
        _("This activity is being reviewed and cannot be changed. To go on, withdraw it from review first."),
    )
    STALE_CODE = (
        "stale_code",
        _("This code is no longer valid: it changes every minute. Scan the one that is shown now."),
    )
    NOT_YOURS = (
        "not_yours",
        _("You are not expected in this session. Check whether it is yours in your timetable."),
    )
    MARKED_ALREADY = (
        "marked_already",
        _("Your attendance is in the register already, as something else. Ask whoever teaches the session."),
    )


class AttendanceRefused(Exception):
    """Raised when a mark is not taken; `str()` says why."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.label)
        self.refusal = refusal
