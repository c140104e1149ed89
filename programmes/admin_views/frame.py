"""What the screens of one programme edition share: the way here, and keeping a change with its entry in the log."""

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.admin_views.asking import crumbs
from foundation.audit import services as audit
from foundation.audit.changes import changes, described
from programmes.models import ProgrammeEdition


def edition_crumbs(programme_edition: ProgrammeEdition, last: str = "", *steps) -> list[dict[str, str]]:
    """The way here through the list of editions and this one's overview."""
    editions = (reverse("programme_editions:index"), _("Programmes"))
    if not last:
        return crumbs(editions, last=str(programme_edition))
    own = (reverse("programme_editions:overview", args=[programme_edition.pk]), str(programme_edition))
    return crumbs(editions, own, *steps, last=last)


@transaction.atomic
def save_part(programme_edition: ProgrammeEdition, form, *, by: User) -> models.Model:
    """Save a part of the edition (a phase, a module, a gate …) and record what changed in the edition's history."""
    model = type(form.instance)
    stored = model._default_manager.filter(pk=form.instance.pk).first()
    before = described(stored) if stored else {}
    row = form.save()
    before, after = changes(before, described(model._default_manager.get(pk=row.pk)))
    if after:
        audit.record(
            by,
            f"programmes.{'change' if stored else 'add'}_{model._meta.model_name}",
            programme_edition,
            before=before,
            after={"of": str(row)} | after,
        )
    return row


@transaction.atomic
def remove_part(programme_edition: ProgrammeEdition, row: models.Model, *, by: User, reason: str) -> None:
    """Take a part away that nobody has used. ProtectedError where somebody has."""
    action, before = f"programmes.remove_{row._meta.model_name}", described(row)
    row.delete()
    audit.record(by, action, programme_edition, reason=reason, before=before)
