"""Verification codes: random, typed without mistakes, saying nothing about anybody.

Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U; capitals and small letters are the same;
O is read as 0, I and L as 1; one check symbol at the end catches a mistyped or swapped character. 14 random symbols
are 70 bits. A code whose check symbol would be one of the five signs outside letters and digits is not used.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 14
GROUP = 5
LOOKALIKES = str.maketrans("OIL", "011", "- \u200e\u200f")


def _value(symbols: str) -> int:
    value = 0
    for symbol in symbols:
        value = value * 32 + ALPHABET.index(symbol)
    return value


def new_code() -> str:
    """A new code with its check symbol, without hyphens."""
    while True:
        symbols = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        check = _value(symbols) % 37
        if check < len(ALPHABET):
            return symbols + ALPHABET[check]


def printed(code: str) -> str:
    """The code in groups of five, as people read and type it."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def parse_code(typed: str) -> str | None:
    """The code somebody typed, or None when it cannot be one: wrong length, wrong sign, wrong check symbol."""
    code = typed.upper().translate(LOOKALIKES)
    if len(code) != LENGTH + 1 or not set(code) <= set(ALPHABET):
        return None
    return code if ALPHABET.index(code[-1]) == _value(code[:-1]) % 37 else None
