"""The words of a library's form in another language, from its language files."""

import json

from h5p.models import Library, LibraryFile

# Words that people read in a form; everything else of a field stays as semantics.json has it.
LABELS = ("label", "description", "placeholder", "entity", "important")
# Words that become part of the content.
TEXTS = ("default",)
WORDS = LABELS + TEXTS


def languages(library: Library) -> list[str]:
    """The languages that the library brings words in, besides English."""
    paths = LibraryFile.objects.filter(library=library, path__startswith="language/", path__endswith=".json")
    names = [
        path.removeprefix("language/").removesuffix(".json") for path in paths.values_list("path", flat=True)
    ]
    return sorted(name for name in names if not name.startswith("."))


def language_words(libraries: list[Library], languages: list[str]) -> dict[tuple[int, str], list]:
    """What the language files of some libraries say, by library and language. One query."""
    wanted = {language: language_paths(language) for language in languages}
    found = LibraryFile.objects.filter(
        library__in=libraries, path__in={path for paths in wanted.values() for path in paths}
    )
    files = {(file.library_id, file.path): file for file in found.select_related("stored")}
    words = {}
    for library in libraries:
        for language, paths in wanted.items():
            file = next((files[library.pk, path] for path in paths if (library.pk, path) in files), None)
            if file and (said := read_words(file)):
                words[library.pk, language] = said
    return words


def language_paths(language: str) -> list[str]:
    """Where a language file may be, the closest first: zh-hans, then zh."""
    names = dict.fromkeys([language.lower(), language.lower().partition("-")[0]])
    return [f"language/{name}.json" for name in names]


def read_words(file: LibraryFile) -> list | None:
    """What one language file says of the fields."""
    with file.stored.open() as stream:
        said = json.loads(stream.read().decode("utf-8-sig"))
    words = said.get("semantics") if isinstance(said, dict) else None
    return words if isinstance(words, list) else None


def merge_fields(fields: list, words: list, keys: tuple[str, ...] = WORDS) -> list:
    """Fields and words stand in the same order."""
    padded = words + [None] * (len(fields) - len(words))
    return [merge_field(one, said, keys) for one, said in zip(fields, padded, strict=False)]


def merge_field(one: object, said: object, keys: tuple[str, ...]) -> object:
    """One field with its words, those inside it included."""
    if not isinstance(one, dict) or not isinstance(said, dict):
        return one
    merged = one | {key: said[key] for key in keys if is_word_for(one, key, said)}
    if isinstance(one.get("fields"), list) and isinstance(said.get("fields"), list):
        merged["fields"] = merge_fields(one["fields"], said["fields"], keys)
    if isinstance(one.get("field"), dict) and isinstance(said.get("field"), dict):
        merged["field"] = merge_field(one["field"], said["field"], keys)
    if isinstance(one.get("options"), list) and isinstance(said.get("options"), list) and "label" in keys:
        merged["options"] = merge_options(one["options"], said["options"])
    return merged


def is_word_for(one: dict, key: str, said: dict) -> bool:
    """Whether the language file has words for this key: defaults only where they are text."""
    if key == "important":
        return isinstance(one.get(key), dict) and isinstance(said.get(key), dict)
    return isinstance(said.get(key), str) and (key != "default" or isinstance(one.get("default"), str))


def merge_options(options: list, words: list) -> list:
    """The labels of choices, those under headings included; what they mean stays."""
    padded = words + [None] * (len(options) - len(words))
    return [merge_option(option, said) for option, said in zip(options, padded, strict=False)]


def merge_option(option: object, said: object) -> object:
    """One choice."""
    if not isinstance(option, dict) or not isinstance(said, dict):
        return option
    merged = option | {key: said[key] for key in ("label",) if isinstance(said.get(key), str)}
    if isinstance(option.get("options"), list) and isinstance(said.get("options"), list):
        merged["options"] = merge_options(option["options"], said["options"])
    return merged
