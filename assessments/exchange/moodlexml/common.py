"""The words every kind of question has."""

from django.utils.translation import gettext as _

from assessments.exchange.moodlexml.nodes import Node
from assessments.exchange.moodlexml.texts import Texts
from assessments.exchange.values import NotUnderstood


def common(node: Node, texts: Texts, stem: str | None = None) -> dict:
    """Question, feedback and hint; `stem` where the question was read already."""
    hints = [hint for hint in map(texts.rich, node.all("hint")) if hint]
    if len(hints) > 1:
        texts.notes.append(_("Its %(count)s hints come in as one.") % {"count": len(hints)})
    stem = texts.rich(node.first("questiontext")) if stem is None else stem
    if not stem:
        raise NotUnderstood(_("It has no question text."))
    return {"stem": stem, "feedback": texts.rich(node.first("generalfeedback")), "hint": "".join(hints)}
