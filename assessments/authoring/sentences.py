"""What the rules of a quiz amount to, in sentences."""

from django.utils.translation import gettext as _

from assessments.models import Reviewable, ReviewMoment


def in_words(shown: list[str]) -> str:
    """What is shown, as a list in words."""
    names = {
        Reviewable.ANSWERS: _("the questions with their own answers"),
        Reviewable.MARKS: _("marks"),
        Reviewable.FEEDBACK: _("feedback"),
        Reviewable.RIGHT: _("the right answers"),
    }
    found = [str(name) for what, name in names.items() if what in shown]
    if not found:
        return _("nothing but that the quiz was handed in")
    if len(found) == 1:
        return found[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def review_sentences(review: dict, *, right_when_spent: bool) -> list[str]:
    """What learners see when, a sentence a moment; moments that show the same share one."""
    moments = {}
    for moment in ReviewMoment:
        moments.setdefault(tuple(sorted(review.get(moment.value, ()))), []).append(str(moment.label))
    said = [
        _("%(when)s: %(what)s.") % {"when": ", ".join(when), "what": in_words(list(shown))}
        for shown, when in moments.items()
    ]
    if right_when_spent and not all(
        Reviewable.RIGHT in review.get(moment.value, ()) for moment in ReviewMoment
    ):
        said.append(_("Right answers also show once the quiz is passed or no attempt is left."))
    return said
