"""Codes that say nothing and are read out without mistakes."""

import secrets

# Without letters and digits that look alike.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code(length: int, taken=()) -> str:
    """Letters and digits by chance that are not taken."""
    code = "".join(secrets.choice(ALPHABET) for _place in range(length))
    return new_code(length, taken) if code in taken else code
