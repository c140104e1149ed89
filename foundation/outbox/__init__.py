"""How does a message leave? One row per message, in the person's language, sent once.

`from foundation import outbox; outbox.send(kind="enrolments.confirmed", to=person, template=…, key=…)`
"""

from django.utils.module_loading import import_string

from foundation.outbox.kinds import register_kind

__all__ = ["register_kind"]


def __getattr__(name):
    """Offer `send` from here, imported on first use: models must not be while Django loads its apps."""
    if name == "send":
        return import_string("foundation.outbox.services.send")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
