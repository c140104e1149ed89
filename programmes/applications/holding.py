"""Holding an application until the transaction ends: first it, then its call, then anything counted."""

from programmes.models import Application, Call


def lock(application: Application) -> Application:
    """Hold the application, with its call as it is now."""
    held = Application.objects.select_for_update(of=["self"])
    return held.select_related("person", "call__programme_edition").get(pk=application.pk)


def lock_call(call: Call) -> Call:
    """Hold the call, so that receipts are numbered and windows moved by one at a time."""
    return Call.objects.select_for_update(of=["self"]).select_related("programme_edition").get(pk=call.pk)


def hold_window(call: Call) -> Call:
    """Hold the call as it is, while applications to it may be begun."""
    held = Call.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("programme_edition").get(pk=call.pk)
