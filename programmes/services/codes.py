"""Codes of what is copied: short names in addresses, each given once."""

from typing import cast

from django.db.models import CharField, Model


def free_code(model: type[Model], wanted: str) -> str:
    """The code, cut to what its field holds and numbered where another row of the model has it."""
    longest = cast("CharField", model._meta.get_field("code")).max_length or len(wanted)
    code, number = wanted[:longest].rstrip("-"), 1
    while model._default_manager.filter(code=code).exists():
        number += 1
        tail = f"-{number}"
        code = wanted[: longest - len(tail)].rstrip("-") + tail
    return code
