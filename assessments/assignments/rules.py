"""The rules of an assignment as one value: from what is published now, or from what something was handed in under."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.file_types import types_in_words
from assessments.models import Accepts, Assignment, Disagreement
from courses.models import ActivityVersion

DAY = timedelta(days=1)
# Chinese, Japanese and Korean signs are counted one by one; everything else by words.
EAST_ASIAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{EAST_ASIAN}]|[^\W_{EAST_ASIAN}]+(?:['’-]\w+)*")
SETTINGS = (
    *("accepts", "min_words", "max_words", "max_files", "file_types", "max_megabytes", "by_group"),
    *("is_anonymous", "marker_count", "on_disagreement", "accepts_late", "late_days", "compares"),
)
DECIMALS = ("difference_limit", "max_points", "late_penalty")


@dataclass(frozen=True)
class Rules:
    """What may be handed in, how it is marked, what lateness costs."""

    accepts: str
    min_words: int | None
    max_words: int | None
    max_files: int
    file_types: tuple[str, ...]
    max_megabytes: int
    by_group: bool
    is_anonymous: bool
    marker_count: int
    on_disagreement: str
    accepts_late: bool
    late_days: int
    compares: bool
    difference_limit: Decimal
    max_points: Decimal
    late_penalty: Decimal

    @property
    def accepts_label(self) -> str:
        """What is handed in, in words."""
        return str(Accepts(self.accepts).label)

    @property
    def takes_text(self) -> bool:
        """Whether a text may be typed."""
        return self.accepts != Accepts.FILES

    @property
    def takes_files(self) -> bool:
        """Whether files may be sent."""
        return self.accepts != Accepts.TEXT

    @property
    def max_bytes(self) -> int:
        """The largest file taken."""
        return self.max_megabytes * 1024 * 1024

    @property
    def needs_third_marker(self) -> bool:
        """Whether a third marker decides where two differ too much."""
        return self.on_disagreement == Disagreement.THIRD

    @property
    def words_wanted(self) -> str:
        """How long the text should be, in words."""
        if self.min_words and self.max_words:
            words = {"fewest": number(self.min_words), "most": number(self.max_words)}
            return _("%(fewest)s to %(most)s words") % words
        if self.max_words:
            return ngettext("At most %(count)s word", "At most %(count)s words", self.max_words) % {
                "count": number(self.max_words)
            }
        if self.min_words:
            return ngettext("At least %(count)s word", "At least %(count)s words", self.min_words) % {
                "count": number(self.min_words)
            }
        return ""

    @property
    def files_wanted(self) -> str:
        """How many files of which type and size, in words."""
        words = {
            "count": self.max_files,
            "size": self.max_megabytes,
            "types": types_in_words(self.file_types),
        }
        return (
            ngettext(
                "%(count)s file of at most %(size)s MB: %(types)s",
                "Up to %(count)s files of at most %(size)s MB each: %(types)s",
                self.max_files,
            )
            % words
        )

    @property
    def late_rule(self) -> str:
        """What lateness costs, in words."""
        if not self.accepts_late:
            return _("Late work is not accepted.")
        words = {"penalty": share_in_words(self.late_penalty), "count": self.late_days}
        if self.late_penalty and self.late_days:
            return (
                ngettext(
                    "Late work is accepted for %(count)s day; %(penalty)s of the full mark is taken off.",
                    "Late work is accepted for %(count)s days; each day begun takes off %(penalty)s of the full mark.",
                    self.late_days,
                )
                % words
            )
        if self.late_penalty:
            return _("Late work is accepted; each day begun takes off %(penalty)s of the full mark.") % words
        if self.late_days:
            return (
                ngettext(
                    "Late work is accepted for %(count)s day and costs nothing.",
                    "Late work is accepted for %(count)s days and costs nothing.",
                    self.late_days,
                )
                % words
            )
        return _("Late work is accepted until the assignment closes and costs nothing.")

    def penalty(self, days: int) -> Decimal:
        """What so many days late take off, as a share of the full mark."""
        return min(self.late_penalty * days, Decimal(1))

    def accepted_until(self, due_at: datetime | None, closes_at: datetime | None) -> datetime | None:
        """The last moment at which it may be handed in, or None without an end."""
        ends = [closes_at]
        if due_at and not self.accepts_late:
            ends.append(due_at)
        if due_at and self.accepts_late and self.late_days:
            ends.append(due_at + self.late_days * DAY)
        return min((end for end in ends if end), default=None)


def settings_of(assignment: Assignment) -> dict:
    """The rules as a version keeps them."""
    settings = {name: getattr(assignment, name) for name in SETTINGS}
    return settings | {
        name: f"{Decimal(getattr(assignment, name)).normalize():f}" for name in (*DECIMALS, "pass_mark")
    }


def rules_of(version: ActivityVersion | None) -> Rules:
    """The rules of a published version; there has to be one."""
    return rules_in(version.settings)


def rules_in(settings: dict) -> Rules:
    """The rules in settings as a version keeps them."""
    plain = {name: settings[name] for name in SETTINGS} | {"file_types": tuple(settings["file_types"])}
    return Rules(**plain, **{name: Decimal(settings[name]) for name in DECIMALS})


def days_late(handed_in_at: datetime | None, due_at: datetime | None) -> int:
    """How many days after it was due have begun; 0 in time."""
    if handed_in_at is None or due_at is None or handed_in_at <= due_at:
        return 0
    return -((due_at - handed_in_at) // DAY)


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def number(value) -> str:
    """A number as the reader's language writes it."""
    return number_format(value, use_l10n=True, force_grouping=True)


def share_in_words(share: Decimal) -> str:
    """A share as people read it: 12.5 %."""
    return _("%(number)s %%") % {"number": number_format((share * 100).normalize(), use_l10n=True)}


def lateness_in_words(days: int, penalty: Decimal) -> str:
    """How late, and what it costs: 2 days late: −10 %."""
    if not days:
        return _("In time")
    late = ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    if not penalty:
        return late
    return _("%(late)s: −%(penalty)s") % {"late": late, "penalty": share_in_words(penalty)}
