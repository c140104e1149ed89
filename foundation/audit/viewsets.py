"""Wagtail's screens for adding and changing a row, which write in the log what they did."""

from django.db import models, transaction
from wagtail.admin.views.generic import CreateView, EditView

from foundation.audit import services
from foundation.audit.changes import changes, described


class Recording:
    """How a screen's rows are called in the log, and what is kept of them."""

    noun = ""  # where it is not the model's name: the log says "<app>.add_<noun>", "<app>.change_<noun>"

    def described(self, row: models.Model) -> dict:
        """The row as the log keeps it; with its parts, where a screen has any."""
        return described(row)

    def record(self, verb: str, row: models.Model, **values) -> None:
        """Write it down, with the reason where the form asks for one."""
        meta = self.model._meta
        action = f"{meta.app_label}.{verb}_{self.noun or meta.model_name}"
        reason = self.form.cleaned_data.get("reason", "")
        services.record(self.request.user, action, row, reason=reason, **values)


class RecordedAdd(Recording, CreateView):
    """Adds a row and records it."""

    @transaction.atomic
    def save_instance(self):
        """Save and record."""
        row = self.form.save()
        self.record("add", row, after=self.described(row))
        return row


class RecordedEdit(Recording, EditView):
    """Changes a row and records what changed in it, if anything did."""

    @transaction.atomic
    def save_instance(self):
        """Hold the row as it is stored, save and record what changed."""
        rows = self.model._default_manager
        before = self.described(rows.select_for_update(of=["self"]).get(pk=self.object.pk))
        row = self.form.save()
        before, after = changes(before, self.described(rows.get(pk=row.pk)))
        if after:
            self.record("change", row, before=before, after=after)
        return row
