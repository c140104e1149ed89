"""Holding rows until the transaction ends: the edition first, then the call's rules, then what hangs off them.

All of them before the first entry of the audit log, which keeps everybody else out until the transaction ends.
"""

from django.db.models import QuerySet

from programmes.models import Application, Call, ProgrammeEdition, SelectionRules


def hold_edition(programme_edition: ProgrammeEdition) -> ProgrammeEdition:
    """Hold the edition, so that places are counted by one at a time."""
    return ProgrammeEdition.objects.select_for_update().get(pk=programme_edition.pk)


def hold_selection(call: Call) -> SelectionRules:
    """Hold the rules of the call's selection, made with the usual ones when it has none yet."""
    SelectionRules.objects.get_or_create(call=call)
    return SelectionRules.objects.select_for_update().get(call=call)


def hold_applications(applications: QuerySet[Application]) -> None:
    """Hold these applications, in the order everybody takes them."""
    list(applications.select_for_update(of=["self"]).order_by("pk").values_list("pk"))
