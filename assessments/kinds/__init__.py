"""How each kind of question is answered and scored. Pure: question content and a response in, values out.

Nothing here knows a model, a request or a language of the interface. A question's content is the value that drafts and
frozen versions share; `docs/decisions/questions-are-rows-with-frozen-versions.md` says why.
"""

from assessments.kinds.base import Kind, Posted, canonical, plain, word
from assessments.kinds.case import Case
from assessments.kinds.choice import Hotspot, Multiple, Single, TrueFalse
from assessments.kinds.essay import Essay, count_words
from assessments.kinds.gaps import Gaps
from assessments.kinds.matching import Matching
from assessments.kinds.numeric import Numeric
from assessments.kinds.ordering import Ordering
from assessments.kinds.short_answer import ShortAnswer

__all__ = ["KINDS", "Kind", "Posted", "canonical", "choices", "count_words", "get", "plain", "word"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Single(),
        Multiple(),
        TrueFalse(),
        Matching(),
        Ordering(),
        ShortAnswer(),
        Numeric(),
        Gaps(),
        Hotspot(),
        Essay(),
        Case(),
    )
}


def get(name: str) -> Kind:
    """The kind of this name. Raises KeyError for one that does not exist."""
    return KINDS[name]


def choices() -> list[tuple[str, str]]:
    """Names and labels, for forms and model fields."""
    return [(kind.name, kind.label) for kind in KINDS.values()]
