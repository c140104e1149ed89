"""Why a case, a board or a result cannot be what was asked: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordRefusal(models.TextChoices):
    """The reasons."""

    NO_REASON = "no_reason", _("Say why. One short sentence is enough.")
    NO_MODULE = "no_module", _("Choose the module it is about.")
    NO_RESULT = "no_result", _("This module has no confirmed result yet. Wait for the examination board.")
    NOT_FAILED = (
        "not_failed",
        _("This module is passed. Only a module that is not passed can be taken again."),
    )
    ATTEMPTS_USED = "attempts_used", _("All attempts the rules of the programme allow have been used.")
    OPEN_ALREADY = "open_already", _("There is an open case of this kind already. Its decision comes first.")
    DECIDED = "decided", _("This has been decided already. A decision is never changed; open a new case.")
    NOT_GRANTED = "not_granted", _("A result can be recorded only for a case that was granted.")
    SETTLED = "settled", _("The result of this case has been confirmed. It is locked.")
    NO_DAY = "no_day", _("Say until when.")
    LEFT = "left", _("This student has left the programme.")
    CLOSED = "closed", _("This board is closed: its decisions are locked. Open a new board.")
    UNDECIDED = "undecided", _("Some points of the agenda are not decided yet.")
    EMPTY = "empty", _("There is nothing on the agenda. Prepare it first.")
    NO_CHAIR = "no_chair", _("Name who chairs the board first.")
    NO_SCORE = "no_score", _("A passed or failed module needs a result.")
    NO_CLASS = "no_class", _("Choose a class of degree, or do not award the degree.")
    CLASS_GIVEN = (
        "class_given",
        _("A board has given or considered this class of degree. Keep it, and change what it asks for."),
    )
    OTHERWISE = (
        "otherwise",
        _("This is not what the results and the rules give. Say in the note why it was decided."),
    )
    OWN = "own", _("Nobody decides about their own record. Ask somebody else.")
    ELSEWHERE = (
        "elsewhere",
        _(
            "Some points have been decided elsewhere meanwhile. Bring the agenda up to date, then close the board."
        ),
    )
    NO_DIPLOMA = "no_diploma", _("This edition gives no diploma yet. Choose one in its academic rules.")
    NOT_CONFIRMED = "not_confirmed", _("No board has awarded this degree yet.")


class RecordRefused(Exception):
    """Raised when something cannot be done to a record; carries the reason."""

    def __init__(self, refusal: RecordRefusal, detail: str = ""):
        super().__init__(f"{refusal.label} {detail}".strip())
        self.refusal = refusal
