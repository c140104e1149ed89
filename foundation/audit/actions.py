"""What actions are called for people to read. Apps name theirs; what has no name shows its code."""

from django.utils.text import capfirst

_labels: dict[str, object] = {}


def register_action(action: str, label) -> None:
    """Give an action such as "enrolments.withdraw" a (lazily translated) name."""
    _labels[action] = label


def action_label(action: str) -> str:
    """The name of an action, or its code made readable."""
    if action in _labels:
        return str(_labels[action])
    app, _dot, verb = action.partition(".")
    return f"{capfirst(app)}: {verb.replace('_', ' ').replace('.', ' ')}" if verb else capfirst(app)
