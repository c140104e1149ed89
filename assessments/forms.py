"""What the browser sends when questions are answered."""

from assessments.models import QuizVersionItem


def chosen_options(data, item: QuizVersionItem) -> list[str]:
    """The option keys chosen for one question, of those it has."""
    keys = {option["key"] for option in item.question_version.content["options"]}
    return [key for key in data.getlist(f"item-{item.pk}") if key in keys]


def changed_answers(data, items: list[QuizVersionItem]) -> dict[QuizVersionItem, list[str]]:
    """The answers that differ from what the page showed when it was opened.

    What was not touched here may have been answered meanwhile in another tab or on another device, and stays.
    """
    changed = {}
    for item in items:
        chosen = chosen_options(data, item)
        if ",".join(sorted(chosen)) != data.get(f"was-{item.pk}", ""):
            changed[item] = chosen
    return changed
