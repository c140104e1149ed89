"""A quiz as lines of text, so that a reviewer can lay what learners see beside what is proposed."""

from django.utils.html import strip_tags
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def plain(html: str) -> str:
    """Rich text without its marks, on one line."""
    return " ".join(strip_tags(html.replace("</", " </")).split())


def percentage(number) -> str:
    """A share from 0 to 1 in per cent."""
    return _("%(number)s %%") % {"number": f"{number * 100:.1f}".rstrip("0").rstrip(".")}


def quiz_lines(quiz) -> list[tuple[str, str]]:
    """Rules, then words per language, then each question with its options."""
    lines = [
        (_("Title"), quiz.title),
        (_("Complete when"), quiz.get_completion_rule_display()),
        (_("Pass mark"), percentage(quiz.pass_mark)),
        (_("Attempts allowed"), str(quiz.attempts_allowed or _("No limit"))),
        (_("What counts"), quiz.get_grading_method_display()),
        (_("Options are shuffled"), _("Yes") if quiz.shuffle_options else _("No")),
    ]
    for text in sorted(quiz.texts.all(), key=lambda text: text.language):
        for label, words in ((_("Title"), text.title), (_("Instructions"), text.instructions)):
            if words:
                lines.append((in_language(label, text.language), words))
    items = quiz.items_to_read()
    lines.append((_("Questions"), "; ".join(item.question.name for item in items)))
    for item in items:
        # The name of the question itself stays while its words change, so that two states find each other.
        label = item.question.name
        lines.append((label, f"{item.shown.get_kind_display()} · {_('points')}: {item.points.normalize():f}"))
        lines += [(f"{label} · {part}", words) for part, words in question_lines(item.shown)]
    return lines


def question_lines(question) -> list[tuple[str, str]]:
    """The words of a question in every language, right options marked."""
    lines = []
    if question.lesson:
        lines.append((_("Lesson to read again"), question.lesson.title))
    for text in sorted(question.texts.all(), key=lambda text: text.language):
        lines.append((in_language(_("Words"), text.language), plain(text.stem)))
        for position, option in enumerate(question.options, start=1):
            words = text.options.get(option["key"], {})
            label = in_language(_("Option %(position)s") % {"position": position}, text.language)
            mark = _("right") if option["correct"] else _("wrong")
            said = f"{words.get('text', '')} ({mark})"
            lines.append((label, f"{said} → {words['feedback']}" if words.get("feedback") else said))
        if text.feedback:
            lines.append((in_language(_("Feedback"), text.language), plain(text.feedback)))
    return lines


def in_language(label: str, language: str) -> str:
    """A label with the name of the language its words are in."""
    return f"{label} ({get_language_info(language)['name_local']})"
