"""What the browser sends when a question is answered."""

from assessments.models import QuizVersionItem


def chosen_options(data, item: QuizVersionItem) -> list[str]:
    """The option keys chosen for one question, of those it has."""
    keys = {option["key"] for option in item.question_version.content["options"]}
    return [key for key in data.getlist(f"item-{item.pk}") if key in keys]
