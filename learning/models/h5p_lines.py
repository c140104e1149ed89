"""An interactive activity as lines of text for reviewers, and what it lacks before it may be published."""

from django.utils.html import strip_tags
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from courses.models import CompletionRule
from h5p.core.completing import rule_problem
from h5p.describing import version_lines
from h5p.models import MAY_RUN

# Ours are drawn mirrored in Arabic and tested so; what others do is not known.
MIRRORED = "JusticeKit."


def plain(words: str) -> str:
    """Rich text as plain words."""
    return " ".join(strip_tags(words).split())


def in_language(label: str, language: str) -> str:
    """A label with the name of the language its words are in."""
    return f"{label} ({get_language_info(language)['name_local']})"


def in_order(activity) -> list:
    """The words of an activity, those of the source language first."""
    source = activity.source_language
    return sorted(activity.words.all(), key=lambda words: (words.language != source, words.language))


def activity_lines(activity) -> list[tuple[str, str]]:
    """Rules, then each language with its content, line by line."""
    lines = [
        (_("Title"), activity.title),
        (_("Complete when"), activity.get_completion_rule_display()),
    ]
    if activity.completion_rule == CompletionRule.PASSED:
        lines.append((_("Pass mark"), f"{activity.pass_mark * 100:.0f} %"))
    for words in in_order(activity):
        said = activity.alternative_of(words)
        lines.append((in_language(_("Text alternative"), words.language), plain(said)))
        if version := words.played:
            name = in_language(_("Content"), words.language)
            lines.append((name, f"{version.title} · {_('version')} {version.number}"))
            lines += [(f"{name} › {label}", value) for label, value in version_lines(version)]
    return lines


def activity_problems(activity) -> list[str]:
    """Sentences that say what is missing; none when it is ready."""
    rows = in_order(activity)
    source = next((words for words in rows if words.language == activity.source_language), None)
    if source is None:
        sentence = _("The activity “%(activity)s” has no content in the language of the course.")
        return [sentence % {"activity": activity.title}]
    problems = [problem for words in rows for problem in problems_of_words(activity, words)]
    version = source.played
    if version:
        machine_name = version.main.machine_name
        problems += different_types(activity, rows, machine_name)
        problems.append(rule_problem(machine_name, activity.completion_rule, version.title))
    if activity.completion_rule == CompletionRule.PASSED and not activity.pass_mark:
        problems.append(
            _("The activity “%(activity)s” needs a pass mark above 0.") % {"activity": activity.title}
        )
    return [problem for problem in problems if problem]


def problems_of_words(activity, words) -> list[str]:
    """What is missing in one language."""
    name = {
        "activity": activity.title,
        "content": words.content.title,
        "language": get_language_info(words.language)["name_local"],
    }
    problems = []
    if not plain(activity.alternative_of(words)):
        sentence = _(
            "“%(activity)s” has no text alternative in %(language)s: say in words what learners do there, for those "
            "who cannot use it."
        )
        problems.append(sentence % name)
    version = words.played
    if version is None:
        problems.append(_("The content “%(content)s” has no version that could be played.") % name)
    elif version.libraries.played().exclude(library__status__in=MAY_RUN).exists():
        problems.append(
            _("The content “%(content)s” waits for libraries that the H5P library manager has to approve.")
            % name
        )
    return problems


def different_types(activity, rows, machine_name: str) -> list[str]:
    """Languages whose content is of another type: attempts would not compare."""
    others = [
        words for words in rows if (version := words.played) and version.main.machine_name != machine_name
    ]
    return [
        _(
            "“%(content)s” is of another content type than the content in the language of the course. Use one type."
        )
        % {"content": words.content.title}
        for words in others
    ]


def mirror_warnings(activity) -> list[str]:
    """Content in a language written from right to left whose type may not be made for it."""
    found = []
    for words in activity.words.all():
        version = words.played
        is_ours = version is None or version.main.machine_name.startswith(MIRRORED)
        if get_language_info(words.language)["bidi"] and not is_ours:
            sentence = _(
                "“%(type)s” is not one of this site’s own content types: it may not mirror in %(language)s. Look at "
                "the preview before you publish it."
            )
            info = get_language_info(words.language)
            found.append(sentence % {"type": version.library, "language": info["name_local"]})
    return found
