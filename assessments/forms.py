"""What the browser sends when questions are answered. Keys are compared with the question's options by the service."""

import re

FIELD = re.compile(r"(?:was|item)-(\d{1,18})")


def chosen_options(data, item_id: int) -> list[str]:
    """The option keys chosen for one question."""
    return data.getlist(f"item-{item_id}")


def changed_answers(data) -> dict[int, list[str]]:
    """The answers that differ from what the page showed when it was opened, by item.

    What was not touched here may have been answered meanwhile in another tab or on another device, and stays.
    """
    items = {int(found[1]) for name in data if (found := FIELD.fullmatch(name))}
    chosen = {item_id: chosen_options(data, item_id) for item_id in sorted(items)}
    return {
        item_id: keys
        for item_id, keys in chosen.items()
        if ",".join(sorted(keys)) != data.get(f"was-{item_id}", "")
    }
