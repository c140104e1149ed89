"""Why something in a programme cannot be done: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Refusal(models.TextChoices):
    """The reasons a place, a phase or an elective can be refused."""

    CANCELLED = "cancelled", gettext_lazy("This edition has been cancelled. Nobody can be admitted to it.")
    ENDED = "ended", gettext_lazy("This edition is over. Choose a later one.")
    NO_PHASE = (
        "no_phase",
        gettext_lazy("This edition has no phases yet. Add its first phase and modules first."),
    )
    NOT_OFFERED = (
        "not_offered",
        gettext_lazy(
            "This edition is not offered in this mode. Choose another mode, or add it to the edition."
        ),
    )
    FULL = (
        "full",
        gettext_lazy(
            "All places in this mode are taken or offered. Raise its number of places, or choose the other mode."
        ),
    )
    NOT_A_STUDENT = (
        "not_a_student",
        gettext_lazy("This person holds no place in the programme any more. Admit the person again first."),
    )
    OTHER_EDITION = "other_edition", gettext_lazy("This belongs to another edition of the programme.")
    NOT_REACHED = (
        "not_reached",
        gettext_lazy("The phase before has not been entered. Phases are entered one after another."),
    )
    GATE_SHUT = (
        "gate_shut",
        gettext_lazy("The gate of this phase is not passed. See what is left, or waive it with a reason."),
    )
    MODULE = "module", gettext_lazy("A module of the phase gives no place.")
    NOT_ELECTIVE = "not_elective", gettext_lazy("This module is compulsory: it is not chosen.")
    PHASE_NOT_OPEN = (
        "phase_not_open",
        gettext_lazy("You have not entered this phase yet. Its electives can be chosen once you have."),
    )
    CHOICE_CLOSED = (
        "choice_closed",
        gettext_lazy("The days for choosing electives are over. Ask the coordinator."),
    )
    ENOUGH = (
        "enough",
        gettext_lazy("You have chosen as many electives as this phase asks for. Leave one first."),
    )
    BEGUN = (
        "begun",
        gettext_lazy("You have worked in this module already. Ask the coordinator to take you out of it."),
    )
    IN_USE = (
        "in_use",
        gettext_lazy("It is in use: students, modules or conditions hang on it. Take those away first."),
    )
    NO_REASON = "no_reason", gettext_lazy("Say why. One short sentence is enough.")
    NO_GATE = "no_gate", gettext_lazy("This phase has no gate: nothing stands in the way.")
    NO_DECISION = "no_decision", gettext_lazy("This gate does not ask for a decision.")


class ProgrammeRefused(Exception):
    """Raised when something cannot be done; carries the reason, and what it is about."""

    def __init__(self, refusal: Refusal, about: str = "", why: str = ""):
        self.refusal = refusal
        words = f"{refusal.label} {why}".strip()
        super().__init__(_("%(about)s: %(words)s") % {"about": about, "words": words} if about else words)
