"""The path of a category as Moodle writes it: names with slashes between them, a slash in a name doubled."""

import re

from assessments.exchange.limits import MAX_CATEGORY_DEPTH, NAME_LENGTH

CONTEXT = re.compile(r"\$[a-z0-9]+\$")


def category_path(text: str) -> tuple[str, ...]:
    """The names from the outside in, without the context ($course$) and without Moodle's own outermost “top”."""
    names = [
        name.replace("\0", "/").strip()[:NAME_LENGTH] for name in text.strip().replace("//", "\0").split("/")
    ]
    names = [name for name in names if name]
    if names and CONTEXT.fullmatch(names[0]):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(names[:MAX_CATEGORY_DEPTH])


def category_text(path: tuple[str, ...]) -> str:
    """The path as Moodle writes it."""
    return "/".join(["$course$", "top", *(name.replace("/", "//") for name in path)])
