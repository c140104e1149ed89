"""Laying down how an edition reckons."""

from django.db import transaction
from django.db.models.deletion import ProtectedError
from django.forms import BaseInlineFormSet, ModelForm

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import AcademicRules, ProgrammeEdition
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.services.copying import again


@transaction.atomic
def set_rules(edition: ProgrammeEdition, rules: ModelForm, classes: BaseInlineFormSet, *, by: User) -> None:
    """Keep the rules and the classes of degree of both forms; decisions taken stay as they are.

    Raises RecordRefused where a class that a board has given would be taken away.
    """
    before = described(edition)
    rules.instance.programme_edition = edition
    rules.save()
    try:
        classes.save()
    except ProtectedError as problem:
        raise RecordRefused(RecordRefusal.CLASS_GIVEN) from problem
    audit.record(by, "programmes.set_rules", edition, before=before, after=described(edition))


def copy_rules(old: ProgrammeEdition, new: ProgrammeEdition) -> None:
    """Reckon in the new edition as in the old one; what the new one lays down already stays."""
    rules = AcademicRules.objects.filter(programme_edition=old).first()
    if rules and not AcademicRules.objects.filter(programme_edition=new).exists():
        again(rules, programme_edition=new).save()
    if not new.classification_rules.exists():
        for rule in old.classification_rules.all():
            again(rule, programme_edition=new).save()


def described(edition: ProgrammeEdition) -> dict:
    """The rules as the audit log keeps them."""
    rules = AcademicRules.objects.filter(programme_edition=edition).values(
        "resits_count", "most_attempts", "decimals", "days_to_decide", "diploma__name"
    )
    classes = edition.classification_rules.values_list(
        "name", "least_average", "least_credits", "least_attendance", "most_resits"
    )
    return {"rules": rules.first() or {}, "classes": [[str(one) for one in row] for row in classes]}
