"""What the screens of one programme edition share: the way here, and keeping a change with its entry in the log."""

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.admin_views.asking import crumbs
from foundation.audit import services as audit
from programmes.models import ProgrammeEdition


def edition_crumbs(programme_edition: ProgrammeEdition, last: str = "", *steps) -> list[dict[str, str]]:
    """The way here through the list of editions and this one's overview."""
    editions = (reverse("programme_editions:index"), _("Programmes"))
    if not last:
        return crumbs(editions, last=str(programme_edition))
    own = (reverse("programme_editions:overview", args=[programme_edition.pk]), str(programme_edition))
    return crumbs(editions, own, *steps, last=last)


def described(row: models.Model) -> dict:
    """The row as the audit log keeps it."""
    fields = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    many = {field.name: sorted(map(str, getattr(row, field.name).all())) for field in row._meta.many_to_many}
    return fields | many


@transaction.atomic
def save_part(programme_edition: ProgrammeEdition, form, *, by: User) -> models.Model:
    """Save a part of the edition (a phase, a module, a gate …) and record what changed in the edition's history."""
    model = type(form.instance)
    stored = model._default_manager.filter(pk=form.instance.pk).first()
    before = described(stored) if stored else {}
    row = form.save()
    after = described(model._default_manager.get(pk=row.pk))
    changed = {field: value for field, value in after.items() if before.get(field) != value}
    if changed:
        audit.record(
            by,
            f"programmes.{'change' if stored else 'add'}_{model._meta.model_name}",
            programme_edition,
            before={field: before.get(field) for field in changed},
            after={"of": str(row)} | changed,
        )
    return row


@transaction.atomic
def remove_part(programme_edition: ProgrammeEdition, row: models.Model, *, by: User, reason: str) -> None:
    """Take a part away that nobody has used. ProtectedError where somebody has."""
    action, before = f"programmes.remove_{row._meta.model_name}", described(row)
    row.delete()
    audit.record(by, action, programme_edition, reason=reason, before=before)
