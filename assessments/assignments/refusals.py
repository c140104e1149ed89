"""Why something cannot be handed in, marked or released now: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The reasons an action on an assignment can be refused."""

    NOT_PUBLISHED = "not_published", _("This assignment is not ready yet. Ask your tutor or come back later.")
    NOT_OPEN = "not_open", _("This assignment has not opened yet.")
    CLOSED = "closed", _("This assignment has closed. If you had a reason to be late, ask for an extension.")
    HANDED_IN = "handed_in", _("This has been handed in and can no longer be changed.")
    NO_GROUP = "no_group", _("This is done in work groups and you are in none yet. Ask your tutor for one.")
    NOT_IN_GROUP = "not_in_group", _("You are no longer in the work group that writes this.")
    GROUP_HANDED_IN = (
        "group_handed_in",
        _("Your work group handed in before you joined it. Ask your tutor what to do."),
    )
    NOTHING = "nothing", _("There is nothing to hand in yet. Write a text or add a file first.")
    NO_TEXT = "no_text", _("The text is missing. Write it first.")
    NO_FILE = "no_file", _("A file is missing. Add it first.")
    TOO_MANY_FILES = "too_many_files", _("No more files are taken. Remove one to add another.")
    NO_FILES_TAKEN = "no_files_taken", _("This assignment takes no files.")

    NOT_HANDED_IN = "not_handed_in", _("This has not been handed in yet.")
    BEING_REVISED = (
        "being_revised",
        _("This has been reopened and is being worked on again. Mark what is handed in next."),
    )
    REPLACED = "replaced", _("A later submission has taken the place of this one. Mark that one.")
    OWN_WORK = "own_work", _("Nobody marks their own work.")
    TAKEN = "taken", _("Somebody else is marking this. Choose another from the list.")
    MARKED = "marked", _("This has all the marks it needs.")
    MARKED_BY_YOU = "marked_by_you", _("You have marked this already; another marker has to mark it too.")
    NOT_YOURS = "not_yours", _("This is not your mark to change.")
    FINISHED = "finished", _("This marking is finished. To change it, say why.")
    INCOMPLETE = "incomplete", _("Choose a level for every criterion before you finish.")
    NO_POINTS = "no_points", _("Give the points before you finish.")
    TOO_MANY_POINTS = "too_many_points", _("These are more points than the assignment is worth.")
    NOT_SETTLED = "not_settled", _("The mark is not settled yet, so there is nothing to release.")
    NO_REASON = "no_reason", _("Say why: the reason is kept with the record.")
    RELEASED = "released", _("The mark has been released. To change it, say why.")
    TO_OTHER_MARKER = "to_other_marker", _("The other marker has to confirm the agreed mark.")
    IN_THE_PAST = "in_the_past", _("Choose a date in the future.")


class AssignmentRefused(Exception):
    """Raised when something about an assignment cannot be done; carries the reason, `str()` says it."""

    def __init__(self, refusal: Refusal, sentence: str = ""):
        super().__init__(sentence or refusal.label)
        self.refusal = refusal


class NewerText(Exception):
    """Another device, or another member of the group, saved a newer text; `submission` holds it."""

    def __init__(self, submission):
        super().__init__(
            _("A newer text was saved meanwhile. Yours is kept below and has not been saved over it.")
        )
        self.submission = submission
