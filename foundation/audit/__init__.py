"""Who did what? One append-only, hash-chained log of what staff and the system changed.

`from foundation import audit; audit.record(actor, "enrolments.withdraw", enrolment, reason="…")`
"""

from django.utils.module_loading import import_string


def __getattr__(name):
    """Offer `record` from here, imported on first use: models must not be while Django loads its apps."""
    if name == "record":
        return import_string("foundation.audit.services.record")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
