"""The demo's e-mail: every message is kept to be read at /mailbox/ and none leaves the machine."""

import re
from dataclasses import dataclass

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.html import strip_tags

from foundation.outbox.models import MailboxMessage

LINK = re.compile(r"https?://[^\s<>\"'\u0600-\u06ff]+[^\s<>\"'\u0600-\u06ff.,;:!?)\]]", re.IGNORECASE)


class EmailBackend(BaseEmailBackend):
    """Django's e-mail, stored instead of sent."""

    def send_messages(self, email_messages):
        """Keep each message; Django's own check of the headers runs as it would for a mail server."""
        MailboxMessage.objects.bulk_create([as_row(message) for message in email_messages])
        return len(email_messages)


def as_row(message) -> MailboxMessage:
    """What the mailbox keeps of one e-mail."""
    headers = {name: str(value) for name, value in message.message().items()}
    alternatives = getattr(message, "alternatives", [])
    html = next((str(content) for content, mimetype in alternatives if mimetype == "text/html"), "")
    text = message.body
    if message.content_subtype == "html":
        html, text = message.body, ""
    return MailboxMessage(
        to=", ".join(message.recipients()),
        sender=message.from_email,
        subject=message.subject,
        text=text or strip_tags(html),
        html=html,
        headers=headers,
        attachments=[
            {"name": name, "type": media_type, "text": content}
            for name, content, media_type in _text_files(message)
        ],
    )


def _text_files(message):
    """What is attached as text; nothing else is kept for reading."""
    attached = [one for one in message.attachments if isinstance(one, tuple)]
    return [one for one in attached if isinstance(one[1], str)]


@dataclass(frozen=True)
class Piece:
    """A run of text, or a link when `url` is there."""

    text: str
    url: str = ""


def paragraphs(text: str) -> list[list[list[Piece]]]:
    """The text as paragraphs of lines of pieces. Only http and https addresses become links."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [[pieces(line) for line in block.split("\n")] for block in blocks]


def pieces(line: str) -> list[Piece]:
    """One line, cut where its links begin and end."""
    found, position = [], 0
    for link in LINK.finditer(line):
        found.append(Piece(line[position : link.start()]))
        found.append(Piece(link.group(), link.group()))
        position = link.end()
    found.append(Piece(line[position:]))
    return [piece for piece in found if piece.text]
