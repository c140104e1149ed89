"""How a question of each kind is written."""

from assessments.authoring.desk import Desk
from assessments.authoring.kinds.arranged import MatchingEditor, OrderingEditor
from assessments.authoring.kinds.base import Editor
from assessments.authoring.kinds.choice import ChoiceEditor, TrueFalseEditor
from assessments.authoring.kinds.gaps import GapsEditor
from assessments.authoring.kinds.hotspot import HotspotEditor
from assessments.authoring.kinds.long import CaseEditor, EssayEditor
from assessments.authoring.kinds.typed import NumericEditor, ShortAnswerEditor
from assessments.models import Question, QuestionKind

__all__ = ["Editor", "editor_of"]

EDITORS: dict[str, type[Editor]] = {
    editor.kind: editor
    for editor in (
        ChoiceEditor,
        TrueFalseEditor,
        MatchingEditor,
        OrderingEditor,
        ShortAnswerEditor,
        NumericEditor,
        GapsEditor,
        HotspotEditor,
        EssayEditor,
        CaseEditor,
    )
} | {QuestionKind.MULTIPLE: ChoiceEditor}


def editor_of(question: Question, desk: Desk, data=None, *, points=None) -> Editor:
    """The form of a question, with what was typed if anything was."""
    return EDITORS[question.kind](question, desk, data, points=points)
