"""Which kinds of activity there are. The app that owns a kind registers it, in `apps.py` or `wagtail_hooks.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from courses.models import Activity


@dataclass(frozen=True)
class Kind:
    """One kind of activity as the chooser offers it."""

    name: str
    model: type[Activity]
    label: str
    description: str = ""
    icon: str = "tasks"
    begin: Callable[..., Activity] | None = None


_kinds: dict[str, Kind] = {}


def register(kind, model, *, label=None, description="", icon="tasks", begin=None) -> None:
    """Offer a kind in the chooser. `begin(course=…, title=…)` returns an unsaved one; by default it is the model."""
    _kinds[kind] = Kind(kind, model, label or model._meta.verbose_name, description, icon, begin or model)


def kinds() -> list[Kind]:
    """The kinds an author may create, in the order they were registered."""
    return list(_kinds.values())


def kind_of(name: str) -> Kind:
    """The kind of this name."""
    return _kinds[name]
