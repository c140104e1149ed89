"""Which kinds of message there are and which a person may do without. Apps register theirs in emails.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of message, such as "enrolments.confirmed"."""

    name: str
    label: str
    essential: bool


_kinds: dict[str, Kind] = {}


def register_kind(name: str, label, *, essential: bool = True) -> None:
    """Name a kind of message; only kinds that are not essential can be opted out of."""
    _kinds[name] = Kind(name, label, essential)


def is_essential(name: str) -> bool:
    """Whether everybody gets this kind; kinds nobody registered are."""
    return name not in _kinds or _kinds[name].essential


def optional_kinds() -> list[Kind]:
    """Kinds a person may opt out of, for a page of preferences."""
    return [kind for _name, kind in sorted(_kinds.items()) if not kind.essential]
