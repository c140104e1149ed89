"""Why the gradebook refuses something, in sentences that name the rule and the way forward."""

from django.utils.translation import gettext_lazy as _


class GradebookRefused(Exception):
    """Something cannot be done now; `str()` says why, for people."""


class NotUnderstood(GradebookRefused):
    """What was typed is no result."""


class ReasonNeeded(GradebookRefused):
    """A record would change without anybody saying why."""

    def __init__(self):
        super().__init__(
            _(
                "This changes a result that is there already. Say why in the field “Reason”, then enter it again."
            )
        )


class OwnResult(GradebookRefused):
    """Somebody who teaches or manages an edition and learns in it too."""

    def __init__(self):
        super().__init__(_("Nobody marks their own work."))


class CellChanged(GradebookRefused):
    """Somebody else was there first; carries what counts now."""

    def __init__(self, entry):
        by = {"person": entry.by, "time": entry.at}
        super().__init__(
            _("%(person)s has entered something else meanwhile. Nothing was overwritten.")
            % {"person": by["person"]}
        )
        self.entry = entry


class NotInThisGradebook(GradebookRefused):
    """The item is left out, or belongs to another edition."""

    def __init__(self):
        super().__init__(_("This item no longer stands in the gradebook. Load the page again."))


class ChangedSincePreview(GradebookRefused):
    """What a preview showed is no longer so; carries how many cells."""

    def __init__(self, cells):
        super().__init__(
            _(
                "Some results have changed since the preview was made. Nothing was saved: look at the new preview."
            )
        )
        self.cells = cells
