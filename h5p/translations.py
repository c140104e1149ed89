"""The words of a library's form in another language, from its language files."""

import json

from h5p.core.semantics import Field, parse_semantics
from h5p.models import Library, LibraryFile

# Words that people read; everything else of a field stays as semantics.json has it.
WORDS = ("label", "description", "placeholder", "entity", "default")


def languages(library: Library) -> list[str]:
    """The languages that the library brings words in, besides English."""
    paths = LibraryFile.objects.filter(library=library, path__startswith="language/", path__endswith=".json")
    names = [
        path.removeprefix("language/").removesuffix(".json") for path in paths.values_list("path", flat=True)
    ]
    return sorted(name for name in names if not name.startswith("."))


def translated_fields(library: Library, language: str) -> tuple[Field, ...]:
    """The fields with labels in a language; those that are not translated stay in English."""
    words = language_words(library, language)
    if not words or not library.semantics:
        return library.fields
    return parse_semantics(merge_fields(library.semantics, words))


def language_words(library: Library, language: str) -> list | None:
    """What the language file says, or None."""
    found = LibraryFile.objects.filter(library=library, path=f"language/{language.lower()}.json")
    file = found.select_related("stored").first()
    if file is None:
        return None
    with file.stored.open() as stream:
        said = json.loads(stream.read().decode("utf-8-sig"))
    words = said.get("semantics") if isinstance(said, dict) else None
    return words if isinstance(words, list) else None


def merge_fields(fields: list, words: list) -> list:
    """Fields and words stand in the same order."""
    padded = words + [None] * (len(fields) - len(words))
    return [merge_field(one, said) for one, said in zip(fields, padded, strict=False)]


def merge_field(one: dict, said: object) -> dict:
    """One field with its words, those inside it included."""
    if not isinstance(said, dict):
        return one
    merged = one | {key: said[key] for key in WORDS if is_word_for(one, key, said)}
    if isinstance(one.get("fields"), list) and isinstance(said.get("fields"), list):
        merged["fields"] = merge_fields(one["fields"], said["fields"])
    if isinstance(one.get("field"), dict) and isinstance(said.get("field"), dict):
        merged["field"] = merge_field(one["field"], said["field"])
    if isinstance(one.get("options"), list) and isinstance(said.get("options"), list):
        merged["options"] = merge_options(one["options"], said["options"])
    return merged


def is_word_for(one: dict, key: str, said: dict) -> bool:
    """Whether the language file has words for this key: defaults only where they are text."""
    return isinstance(said.get(key), str) and (key != "default" or isinstance(one.get("default"), str))


def merge_options(options: list, words: list) -> list:
    """The labels of choices; what they mean stays."""
    padded = words + [None] * (len(options) - len(words))
    return [
        option | {"label": said["label"]}
        if isinstance(option, dict) and isinstance(said, dict) and isinstance(said.get("label"), str)
        else option
        for option, said in zip(options, padded, strict=False)
    ]
