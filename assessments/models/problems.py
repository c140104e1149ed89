"""What is missing before learners may meet a question, in sentences for its author."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def question_problems(question, language: str, *, several_right: bool) -> list[str]:
    """What is missing, with the words of one language; `several_right`: more than one answer may be right."""
    name = {"question": question.name}
    text = question.wording(language)
    if text is None or not text.stem:
        return [_("“%(question)s” has no words in the language of the course.") % name]
    problems = []
    right = [option for option in question.options if option["correct"]]
    if len(question.options) < 2:
        problems.append(_("“%(question)s” needs at least two options.") % name)
    if not right:
        problems.append(_("“%(question)s” has no right answer marked.") % name)
    if len(right) > 1 and not several_right:
        problems.append(_("“%(question)s” allows one answer but has several marked as right.") % name)
    without = [option for option in question.options if not text.options.get(option["key"], {}).get("text")]
    if without:
        problems.append(
            ngettext(
                "“%(question)s” has %(count)s option without words.",
                "“%(question)s” has %(count)s options without words.",
                len(without),
            )
            % {**name, "count": len(without)}
        )
    return problems
