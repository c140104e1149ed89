"""From a template to the words of a message, in one person's language and time zone. Stores nothing."""

from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.template import Context, Engine
from django.utils import timezone, translation

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Wording:
    """What one message says."""

    subject: str
    body: str


class NoSubject(ValueError):
    """The template does not begin with a "Subject:" line."""


def word(template: str, context: dict, *, language: str, time_zone: str) -> Wording:
    """Render `<template>.txt`: a line "Subject: …", an empty line, the body. Plain text is not escaped."""
    with spoken_to(language, time_zone):
        site = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        values = site | {"language": language} | context
        text = Engine.get_default().get_template(f"{template}.txt").render(Context(values, autoescape=False))
    head, _blank, body = text.strip().replace("\r\n", "\n").partition("\n\n")
    if not head.startswith("Subject:"):
        raise NoSubject(f"{template}.txt does not begin with “Subject:”.")
    return Wording(one_line(head.removeprefix("Subject:")), body.strip() + "\n")


def one_line(text: str) -> str:
    """The text without line breaks and other control characters: what people wrote never becomes a header."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_SUBJECT]


@contextmanager
def spoken_to(language: str, time_zone: str):
    """Words and times as this reader wants them."""
    zone = ZoneInfo(time_zone) if time_zone in available_timezones() else timezone.get_default_timezone()
    with translation.override(language), timezone.override(zone):
        yield
