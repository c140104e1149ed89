"""Files in parameters: where they may lie and what may be said of them."""

import re

from h5p.core.content_index import WEB, local_path
from h5p.core.entries import path_rule
from h5p.core.file_types import CONTENT_EXTENSIONS, extension
from h5p.core.limits import DEFAULT_LIMITS
from h5p.core.markup import escape
from h5p.core.metadata import COPYRIGHT
from h5p.core.semantics import MediaField

MIME = re.compile(
    r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}(?:; ?codecs=[\w., -]{1,60})?", re.IGNORECASE
)
# Spaces, quotes, angle brackets and control characters have no place in an address.
ADDRESS = re.compile(r"https?://[^\s\"'<>\\\x00-\x1f\x7f]{1,2000}", re.IGNORECASE)
LONGEST_TEXT = 500
MOST_SOURCES = 20


def clean_media(one: MediaField, value: object) -> dict | list | None:
    """The clean value of a file, image, video or audio, or None."""
    if not one.is_list:
        return clean_file(one, value)
    if not isinstance(value, list):
        return None
    return [source for item in value[:MOST_SOURCES] if (source := clean_file(one, item))] or None


def clean_file(one: MediaField, value: object) -> dict | None:
    """One file: its path and what is known of it; None where it has no safe path."""
    if not isinstance(value, dict) or (path := clean_path(value.get("path"))) is None:
        return None
    clean = {"path": path}
    if isinstance(value.get("mime"), str) and MIME.fullmatch(value["mime"]):
        clean["mime"] = value["mime"]
    if isinstance(value.get("copyright"), dict):
        clean["copyright"] = clean_words(value["copyright"], COPYRIGHT)
    for key in plain_keys(one):
        if (number := clean_plain(value.get(key))) is not None:
            clean[key] = number
    if isinstance(value.get("quality"), dict) and one.is_list:
        clean["quality"] = clean_words(value["quality"], ("level", "label"))
    original = value.get("originalImage")
    if (
        one.type == "image"
        and isinstance(original, dict)
        and (kept := clean_file(one, drop_original(original)))
    ):
        clean["originalImage"] = kept
    return clean


def plain_keys(one: MediaField) -> tuple[str, ...]:
    """The keys with numbers or words that a file of this type may have."""
    own = {"image": ("width", "height"), "video": ("codecs", "bitrate"), "audio": ("codecs", "bitrate")}
    extra = tuple(key for key in one.extra_attributes if key not in ("path", "mime", "copyright", "quality"))
    return own.get(one.type, ()) + extra


def drop_original(value: dict) -> dict:
    """An original has no original of its own."""
    return {key: item for key, item in value.items() if key != "originalImage"}


def clean_words(value: dict, keys: tuple[str, ...]) -> dict:
    """Some keys with words or numbers, in their order."""
    return {key: clean for key in keys if (clean := clean_plain(value.get(key))) is not None}


def clean_plain(value: object) -> str | int | float | bool | None:
    """Words, escaped and cut, or a number; None for anything else."""
    if isinstance(value, str):
        return escape(value) if len(escape(value)) <= LONGEST_TEXT else None
    return value if isinstance(value, bool | int | float) else None


def clean_path(path: object) -> str | None:
    """A path below content/ or an address on the web, or None."""
    if not isinstance(path, str):
        return None
    if WEB.match(path):
        return path if ADDRESS.fullmatch(path) else None
    local = local_path(path)
    if not local or path_rule(local, DEFAULT_LIMITS) or extension(local) not in CONTENT_EXTENSIONS:
        return None
    return local
