"""Holding rows until the transaction ends: the edition first, then the call's rules, then what hangs off them."""

from programmes.models import Call, ProgrammeEdition, SelectionRules


def hold_edition(programme_edition: ProgrammeEdition) -> ProgrammeEdition:
    """Hold the edition, so that places are counted by one at a time."""
    return ProgrammeEdition.objects.select_for_update().get(pk=programme_edition.pk)


def hold_selection(call: Call) -> SelectionRules:
    """Hold the rules of the call's selection, made with the usual ones when it has none yet."""
    SelectionRules.objects.get_or_create(call=call)
    return SelectionRules.objects.select_for_update().get(call=call)
