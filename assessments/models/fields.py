"""A field of words: JSON whose strings may be rich text with pictures, documents and links in it."""

from collections.abc import Iterator

from django.db import models
from wagtail.rich_text import extract_references_from_rich_text


class WordsField(models.JSONField):
    """Tells Wagtail which pictures, documents and pages its texts refer to, so that files know where they are used."""

    def deconstruct(self):
        """To the database it is plain JSON."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def extract_references(self, value) -> Iterator[tuple]:
        """What the texts refer to, as the index of references asks for it."""
        for path, text in texts_in(value):
            for model, pk, _model_path, _content_path in extract_references_from_rich_text(text):
                yield model, pk, "text", path


def texts_in(value, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a value that may hold rich text, with the way to it."""
    if isinstance(value, str):
        if "<" in value:
            yield path, value
    elif isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in parts:
            yield from texts_in(part, f"{path}.{key}" if path else str(key))
