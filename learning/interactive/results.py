"""What an attempt came to, in words: for the line below the player and for lists of attempts."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from learning.models import Attempt, H5PAttempt


@dataclass(frozen=True)
class Result:
    """One attempt's result as its player reported it."""

    attempt: Attempt
    raw: Decimal | None
    maximum: Decimal | None
    needs_pass: bool = False
    h5p_attempt: H5PAttempt | None = None

    @property
    def duration(self) -> str:
        """How long it took by the browser's count, in words."""
        return duration_words(self.h5p_attempt.seconds if self.h5p_attempt else None)

    @property
    def is_finished(self) -> bool:
        """Whether anything was reported."""
        return self.attempt.finished_at is not None

    @property
    def has_points(self) -> bool:
        """Whether it came to points."""
        return self.raw is not None and self.maximum is not None

    @property
    def points(self) -> str:
        """“3 of 4”; empty without points."""
        if self.raw is None or self.maximum is None:
            return ""
        return _("%(points)s of %(most)s") % {"points": plain(self.raw), "most": plain(self.maximum)}

    @property
    def passed(self) -> bool | None:
        """Whether it reached the pass mark; None where none is asked for, or nothing was reported."""
        return self.attempt.passed if self.needs_pass and self.is_finished else None

    @property
    def line(self) -> str:
        """The sentence below the player; empty while nothing was reported."""
        if not self.is_finished:
            return ""
        if not self.has_points and self.passed is False:
            return _("Not passed yet")
        if not self.has_points:
            return _("Result saved: you are through.")
        sentence = {
            None: _("Result saved: %(points)s."),
            True: _("Result saved: %(points)s. That is enough to pass."),
            False: _("Result saved: %(points)s. That is not enough to pass yet."),
        }[self.passed]
        return sentence % {"points": self.points}


def result_of(h5p_attempt: H5PAttempt) -> Result:
    """The result of an attempt whose activity is at hand."""
    attempt = h5p_attempt.attempt
    return Result(attempt, h5p_attempt.raw, h5p_attempt.maximum, needs_pass=attempt.activity.needs_pass)


def plain(number: Decimal) -> str:
    """A number of points without zeros that say nothing, as the reader's language writes it."""
    whole = number.to_integral_value()
    return number_format(whole if number == whole else number.normalize(), use_l10n=True)


def duration_words(seconds: int | None) -> str:
    """“3 min 20 s”; empty for None."""
    if seconds is None:
        return ""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if minutes:
        return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}
    return _("%(seconds)d s") % {"seconds": rest}
