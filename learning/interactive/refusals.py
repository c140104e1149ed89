"""Why something that a frame sent is not taken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportRefusal(TextChoices):
    """The rule that was broken, with its sentence."""

    OVER = "over", _("This attempt takes nothing more. Open the lesson again to go on.")
    NOTHING_TO_PLAY = "nothing_to_play", _("There is nothing to play here yet.")
    TOO_LARGE = "too_large", _("What was sent is larger than an activity may keep.")
    TOO_MUCH = "too_much", _("This attempt has kept as much as it may.")
    BAD_PART = "bad_part", _("The part that this is about is not named as parts are.")
    BAD_DATA = "bad_data", _("What was sent cannot be kept.")
    TOO_OFTEN = "too_often", _("Too much was sent in a short time. It will be sent again.")


class ReportRefused(Exception):
    """What a frame sent is not taken; `reason` says why."""

    def __init__(self, reason: ReportRefusal):
        super().__init__(reason.label)
        self.reason = reason
