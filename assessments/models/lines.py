"""A quiz as lines of text, so that a reviewer can lay what learners see beside what is proposed."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from assessments import kinds
from assessments.kinds import plain


def percentage(number) -> str:
    """A share from 0 to 1 in per cent."""
    return _("%(number)s %%") % {"number": f"{number * 100:.1f}".rstrip("0").rstrip(".")}


def yes_or_no(value) -> str:
    """A setting that is on or off."""
    return _("Yes") if value else _("No")


def quiz_lines(quiz) -> list[tuple[str, str]]:
    """Rules, then words per language, then each question with its options."""
    lines = [(_("Title"), quiz.title), *rule_lines(quiz)]
    for text in sorted(quiz.texts.all(), key=lambda text: text.language):
        bands = ((f"{_('Overall feedback')} {key}", plain(words)) for key, words in text.bands.items())
        said = ((_("Title"), text.title), (_("Instructions"), text.instructions), *bands)
        lines += [(in_language(label, text.language), words) for label, words in said if words]
    items = quiz.items_to_read()
    lines.append((_("Questions"), "; ".join(item.label for item in items)))
    for item in items:
        lines += item_lines(item)
    return lines


def rule_lines(quiz) -> list[tuple[str, str]]:
    """The rules an attempt is taken under."""
    limit = _("%(minutes)s minutes") % {"minutes": quiz.time_limit} if quiz.time_limit else _("No limit")
    return [
        (_("Complete when"), quiz.get_completion_rule_display()),
        (_("Pass mark"), percentage(quiz.pass_mark)),
        (_("Attempts allowed"), str(quiz.attempts_allowed or _("No limit"))),
        (_("Hours between attempts"), str(quiz.hours_between)),
        (_("What counts"), quiz.get_grading_method_display()),
        (_("Time limit"), limit),
        (_("Questions on a page"), str(quiz.questions_per_page or _("All"))),
        (_("Only forwards"), yes_or_no(quiz.sequential)),
        (_("Questions are shuffled"), yes_or_no(quiz.shuffle_questions)),
        (_("Options are shuffled"), yes_or_no(quiz.shuffle_options)),
        (_("For practice"), yes_or_no(quiz.practice)),
        (_("Post-test of"), quiz.pretest.title if quiz.pretest else ""),
        (
            _("Shown afterwards"),
            "; ".join(f"{moment}: {', '.join(what)}" for moment, what in quiz.review.items()),
        ),
    ]


def item_lines(item) -> list[tuple[str, str]]:
    """A section, a draw, or a question with its words."""
    if item.shown is None:
        return [(item.label, item.summary)]
    # The name of the question itself stays while its words change, so that two states find each other.
    label = item.question.name
    lines = [(label, f"{item.shown.get_kind_display()} · {_('points')}: {item.points.normalize():f}")]
    lines += [(f"{label} · {part}", words) for part, words in question_lines(item.shown)]
    for part in item.parts:
        lines += [
            (f"{label} · {part.question.name} · {name}", words) for name, words in question_lines(part.shown)
        ]
    return lines


def question_lines(question) -> list[tuple[str, str]]:
    """The words of a question in every language, what is right marked."""
    lines = []
    if question.lesson:
        lines.append((_("Lesson to read again"), question.lesson.title))
    if rubric := question.rubric_version:
        lines.append((_("Rubric"), f"{rubric.content['name']} · {rubric.number}"))
    if question.settings:
        lines.append((_("Rules"), "; ".join(f"{name}: {value}" for name, value in question.settings.items())))
    content = question.content
    for text in sorted(question.texts.all(), key=lambda text: text.language):
        lines += [(in_language(label, text.language), words) for label, words in word_lines(content, text)]
    return lines


def word_lines(content, text) -> list[tuple[str, str]]:
    """The words of a question in one language."""
    lines = [(_("Words"), plain(text.stem))]
    marks = {option["key"]: option.get("correct") for option in content["options"]}
    for position, (key, words) in enumerate(in_author_order(content, text.options), start=1):
        said = plain(words.get("text", ""))
        if marks.get(key) is not None:
            said = f"{said} ({_('right') if marks[key] else _('wrong')})"
        if words.get("feedback"):
            said = f"{said} → {plain(words['feedback'])}"
        lines.append((_("Option %(position)s") % {"position": position}, said))
    kind = kinds.get(content["kind"])
    if not kind.is_manual and kind.is_answerable:
        right = kind.response_text(content, text.content, kind.right_response(content, text.language))
        lines.append((_("Right answer"), right))
    said = ((_("Feedback"), text.feedback), (_("Hint"), text.hint))
    return lines + [(label, plain(words)) for label, words in said if words]


def in_author_order(content, words) -> list[tuple[str, dict]]:
    """The words of the parts, those of the options first and in the author's order."""
    order = {option["key"]: place for place, option in enumerate(content["options"])}
    return sorted(words.items(), key=lambda entry: order.get(entry[0], len(order)))


def in_language(label: str, language: str) -> str:
    """A label with the name of the language its words are in."""
    return f"{label} ({get_language_info(language)['name_local']})"
