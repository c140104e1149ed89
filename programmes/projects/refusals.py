"""Why a project cannot take its next step: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectRefusal(models.TextChoices):
    """The reasons."""

    NO_PROJECT = "no_project", _("This module is no thesis or project.")
    NO_TOPIC = "no_topic", _("Write a topic and an outline of some sentences.")
    TOPICS_CLOSED = (
        "topics_closed",
        _("The day until which topics could be proposed is over. Write to the coordinator."),
    )
    APPROVED = "approved", _("The topic is approved and no longer changed here. Write to your supervisor.")
    NOT_APPROVED = "not_approved", _("The topic has to be approved first.")
    NO_REASON = "no_reason", _("Say why. One short sentence is enough.")
    OWN = "own", _("Nobody supervises or examines their own project.")
    TOO_LATE = (
        "too_late",
        _(
            "The time to hand in is over, to the second. Write to the coordinator; nothing that is here is lost."
        ),
    )
    BEING_EXAMINED = (
        "being_examined",
        _("An examiner has read the work already. Nothing newer is taken; write to the coordinator."),
    )
    NO_ITEM = (
        "no_item",
        _(
            "The gradebook of this module needs exactly one item that is graded by hand. Set it up, then decide."
        ),
    )
    NOT_HANDED_IN = "not_handed_in", _("Nothing has been handed in yet.")
    TWO_EXAMINERS = "two_examiners", _("Name two examiners, two different people.")
    EXAMINED = "examined", _("An examiner has handed in a report already. Examiners are changed no more.")
    NO_REPORT = "no_report", _("Give a result and write a report before you hand in.")
    REPORT_IN = "report_in", _("Your report is handed in and no longer changed.")
    REPORTS_MISSING = "reports_missing", _("Both examiners have to hand in their reports first.")
    DIFFERENCE = (
        "difference",
        _("The examiners are further apart than the rules allow. Write how the result was agreed."),
    )
    CLASH = (
        "clash",
        _("One of the examiners or the supervisor has another viva at that time. Choose another one."),
    )
    DECIDED = "decided", _("The result has been decided.")
    NO_CORRECTIONS = "no_corrections", _("No corrections are asked for.")


class ProjectRefused(Exception):
    """Raised when a project cannot take a step; carries the reason."""

    def __init__(self, refusal: ProjectRefusal):
        super().__init__(str(refusal.label))
        self.refusal = refusal
