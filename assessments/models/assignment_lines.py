"""An assignment as lines of text for reviewers, and what it lacks before it may be published."""

from django.utils.translation import gettext as _

from assessments.models.lines import in_language, percentage, plain


def assignment_lines(assignment) -> list[tuple[str, str]]:
    """Rules, then words per language, then the rubric as it is pinned."""
    yes_no = {True: _("Yes"), False: _("No")}
    lines = [
        (_("Title"), assignment.title),
        (_("Complete when"), assignment.get_completion_rule_display()),
        (_("Pass mark"), percentage(assignment.pass_mark)),
        (_("What is handed in"), assignment.get_accepts_display()),
        (_("Words"), _limits(assignment)),
        (_("Files"), _files(assignment)),
        (_("Work groups hand in together"), yes_no[assignment.by_group]),
        (_("Markers do not see names"), yes_no[assignment.is_anonymous]),
        (_("Markers"), assignment.get_marker_count_display()),
        (_("Largest difference"), percentage(assignment.difference_limit)),
        (_("Beyond it counts"), assignment.get_on_disagreement_display()),
        (_("Late work is accepted"), yes_no[assignment.accepts_late]),
        (_("Taken off for each day begun"), percentage(assignment.late_penalty)),
        (_("Days late at most"), str(assignment.late_days or _("No limit"))),
        (_("Compare what is handed in"), yes_no[assignment.compares]),
    ]
    for text in sorted(assignment.texts.all(), key=lambda text: text.language):
        for label, words in ((_("Title"), text.title), (_("Instructions"), plain(text.instructions))):
            if words:
                lines.append((in_language(label, text.language), words))
    documents = [str(attachment.document) for attachment in assignment.attachments.all()]
    if documents:
        lines.append((_("Files with the instructions"), "; ".join(documents)))
    if assignment.rubric_version is None:
        return [*lines, (_("Points"), f"{assignment.max_points.normalize():f}")]
    return lines + rubric_lines(assignment.rubric_version.content)


def _limits(assignment):
    fewest, most = assignment.min_words, assignment.max_words
    return f"{fewest or 0} – {most or _('No limit')}"


def _files(assignment):
    return f"≤ {assignment.max_files} · ≤ {assignment.max_megabytes} MB · {', '.join(assignment.file_types)}"


def rubric_lines(content: dict) -> list[tuple[str, str]]:
    """A rubric: each criterion in each language with its levels and points."""
    lines = [(_("Rubric"), content["name"])]
    for language, words in sorted(content["texts"].items()):
        for number, row in enumerate(content["criteria"], start=1):
            said = words["criteria"].get(row["key"], {})
            cells = [
                f"{words['levels'].get(level['key'], '')} ({row['points'].get(level['key'], '0')}): "
                f"{said.get('cells', {}).get(level['key'], '')}"
                for level in content["levels"]
            ]
            label = _("Criterion %(number)s") % {"number": number}
            says = " · ".join(filter(None, [said.get("title", ""), said.get("description", ""), *cells]))
            lines.append((in_language(label, language), says))
    return lines


def assignment_problems(assignment) -> list[str]:
    """Sentences that say what is missing; none when it is ready."""
    name = {"assignment": assignment.title}
    problems = []
    if assignment.wording(assignment.source_language) is None:
        problems.append(
            _("The assignment “%(assignment)s” has no instructions in the language of the course.") % name
        )
    if assignment.needs_pass and not assignment.pass_mark:
        problems.append(_("The assignment “%(assignment)s” needs a pass mark above 0.") % name)
    if assignment.accepts != "text" and not assignment.file_types:
        problems.append(_("The assignment “%(assignment)s” takes files but names no type of file.") % name)
    if assignment.min_words and assignment.max_words and assignment.min_words > assignment.max_words:
        problems.append(
            _("The assignment “%(assignment)s” asks for more words than it allows at most.") % name
        )
    return problems
