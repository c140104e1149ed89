"""Setting what is scored, and by which rules."""

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from accounts.models import User
from foundation.audit import services as audit
from programmes.models import Call, Criterion, Score, SelectionRules
from programmes.selection.refusals import SelectionRefusal, SelectionRefused
from programmes.selection.services.holding import hold_selection

MEASURES = ("points", "weight")


def criteria_in_use(call: Call) -> bool:
    """Whether anybody has scored by them."""
    return Score.objects.filter(criterion__call=call).exclude(points=None).exists()


@transaction.atomic
def save_criterion(criterion: Criterion, *, by: User, reason: str = "") -> Criterion:
    """Add or change a criterion. Once scores were given only its words change."""
    hold_selection(criterion.call)
    before = Criterion.objects.filter(pk=criterion.pk).first()
    measures_differently = before is None or any(
        getattr(before, name) != getattr(criterion, name) for name in MEASURES
    )
    if measures_differently and criteria_in_use(criterion.call):
        raise SelectionRefused(SelectionRefusal.CRITERIA_IN_USE)
    criterion.full_clean()
    criterion.save()
    audit.record(
        by,
        "programmes.save_criterion",
        criterion,
        reason=reason,
        before=_described(before),
        after=_described(criterion),
    )
    return criterion


@transaction.atomic
def retire_criterion(criterion: Criterion, *, by: User, reason: str) -> None:
    """Score it no more. Safe to repeat."""
    hold_selection(criterion.call)
    if criterion.retired_at:
        return
    if criteria_in_use(criterion.call):
        raise SelectionRefused(SelectionRefusal.CRITERIA_IN_USE)
    criterion.retired_at = timezone.now()
    criterion.save(update_fields=["retired_at"])
    audit.record(by, "programmes.retire_criterion", criterion, reason=reason)


@transaction.atomic
def save_rules(rules: SelectionRules, *, by: User, reason: str) -> SelectionRules:
    """Change the rules of a call's selection."""
    before = model_to_dict(hold_selection(rules.call))
    rules.full_clean()
    rules.save()
    audit.record(
        by, "programmes.save_selection_rules", rules, reason=reason, before=before, after=model_to_dict(rules)
    )
    return rules


@transaction.atomic
def copy_criteria(source: Call, target: Call, *, by: User) -> int:
    """Take criteria and rules of another call over into one that has none; how many were copied."""
    rules = hold_selection(target)
    if target.criteria.exists():
        return 0
    copies = [
        Criterion(
            call=target,
            **{
                name: getattr(one, name)
                for name in ("name", "names", "guidance", "guidances", "position", "points", "weight")
            },
        )
        for one in source.criteria.in_force()
    ]
    Criterion.objects.bulk_create(copies)
    if earlier := SelectionRules.objects.filter(call=source).first():
        for field in ("assessors_per_application", "wide_spread", "days_to_answer", "grace_minutes"):
            setattr(rules, field, getattr(earlier, field))
        rules.days_before_reminder = earlier.days_before_reminder
        rules.begins_on_conditions = earlier.begins_on_conditions
        rules.save()
    audit.record(by, "programmes.copy_criteria", target, after={"from": source.code, "criteria": len(copies)})
    return len(copies)


def _described(criterion):
    if criterion is None:
        return None
    return model_to_dict(
        criterion, ["name", "names", "guidance", "guidances", "position", "points", "weight"]
    )
