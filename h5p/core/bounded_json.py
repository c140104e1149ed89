"""JSON that cannot exhaust memory, stack or database: capped in size and depth, plain numbers, whole characters."""

import json
import math

from h5p.core.limits import DEFAULT_LIMITS, Limits
from h5p.core.problems import PackageRefused, Problem, Rule

QUOTE = ord('"')
OPENING = b"[{"
UNCOUNTED = bytes(set(range(256)) - set(b'"[]{}'))


def load(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> object:
    """The value, or PackageRefused with what is wrong."""
    if len(data) > limits.json_bytes:
        megabytes = limits.json_bytes // (1024 * 1024)
        raise PackageRefused(Problem(Rule.FILE_TOO_LARGE, file, {"limit": megabytes}))
    if deepest(data) > limits.json_depth:
        raise PackageRefused(Problem(Rule.JSON_TOO_DEEP, file, {"limit": limits.json_depth}))
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=refuse_constant, parse_float=finite)
        check_text(value)
    except (ValueError, RecursionError) as error:
        raise PackageRefused(Problem(Rule.BROKEN_JSON, file, {"detail": str(error)[:200]})) from error
    return value


def deepest(data: bytes) -> int:
    """How deep brackets nest, counted before anything is parsed."""
    plain = data.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, delete=UNCOUNTED)
    depth = most = 0
    in_text = False
    for byte in plain:
        if byte == QUOTE:
            in_text = not in_text
        elif not in_text:
            depth += 1 if byte in OPENING else -1
            most = max(most, depth)
    return most


def refuse_constant(name: str):
    """NaN and Infinity are not JSON."""
    raise ValueError(f"{name} is not a number")


def finite(text: str) -> float:
    """A number with a fraction that a database can keep."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:20]} is too large a number")
    return value


def check_text(value: object) -> None:
    """Refuse text that no database keeps: NUL and halves of characters. The value is known not to be deep."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if "\0" in item:
                raise ValueError("text holds a NUL character")
            item.encode()
        elif isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
