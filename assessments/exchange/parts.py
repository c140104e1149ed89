"""Which words of a question are rich text and which are plain, by its kind."""

from collections.abc import Callable, Iterator

# Kinds whose options are named in plain words; those of the others are rich text.
PLAIN_OPTIONS = {"short_answer", "gaps", "hotspot", "numeric"}
RICH_WORDS = ("stem", "feedback", "hint", "notes_for_markers")


def plain_keys(content: dict) -> set[str] | None:
    """The keys of the options whose text is plain; None for all."""
    if content["kind"] in PLAIN_OPTIONS:
        return None
    return set(content.get("settings", {}).get("targets", ()))


def rich_texts(content: dict) -> Iterator[str]:
    """Every rich text of a question, in all its languages."""
    found = []
    map_rich(content, lambda html: found.append(html) or html)
    yield from found


def map_rich(content: dict, change: Callable[[str], str]) -> dict:
    """The content with every rich text changed."""
    plain = plain_keys(content)

    def option(key, said):
        is_plain = plain is None or key in plain
        return {name: text if name == "text" and is_plain else change(text) for name, text in said.items()}

    def words(text):
        changed = {name: change(said) if name in RICH_WORDS else said for name, said in text.items()}
        options = {key: option(key, said) for key, said in text.get("options", {}).items()}
        return changed | {"options": options}

    return content | {"texts": {language: words(text) for language, text in content["texts"].items()}}
