"""Writing messages, minding who does not want them, and forgetting them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils import translation

from foundation.outbox import kinds, tasks
from foundation.outbox.models import Attachment, MailboxMessage, Message, Preference
from foundation.outbox.wording import word


class EssentialKind(Exception):
    """Somebody tried to opt out of messages that everybody gets."""


@dataclass(frozen=True)
class TextFile:
    """A text to be sent as a file: its name, its media type with parameters, what it says."""

    name: str
    media_type: str
    content: str


@transaction.atomic
def send(
    *,
    kind: str,
    to,
    template: str,
    key: str,
    context: dict | None = None,
    language: str = "",
    files: Iterable[TextFile] = (),
) -> Message:
    """Write one message and have it sent after the commit. Safe to repeat: the same key writes no second one.

    `to` is a person, who is written to in their own language and time zone, or an address with a `language`.
    """
    if written := Message.objects.filter(key=key).first():
        return written
    person, email = (None, to) if isinstance(to, str) else (to, to.email)
    language = person.language if person else language or translation.get_language() or settings.LANGUAGE_CODE
    time_zone = person.time_zone if person else settings.TIME_ZONE
    wording = word(template, {"person": person} | (context or {}), language=language, time_zone=time_zone)
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "recipient": person,
            "email": email,
            "language": language,
            "kind": kind,
            "subject": wording.subject,
            "body": wording.body,
            "withheld": reason_to_withhold(kind, person, email),
        },
    )
    if created:
        Attachment.objects.bulk_create(
            Attachment(message=message, name=file.name, media_type=file.media_type, content=file.content)
            for file in files
        )
    if created and not message.withheld:
        # Robust: when queueing fails now, what was done stays done and `queue_forgotten` queues the message.
        transaction.on_commit(lambda: tasks.send_message.enqueue(message.pk), robust=True)
    return message


def reason_to_withhold(kind: str, person, email: str) -> str:
    """Why this message must not leave, or nothing."""
    if person and (not person.is_active or person.erased_at):
        return Message.Withheld.CLOSED
    if not is_address(email):
        return Message.Withheld.NO_ADDRESS
    if person and not kinds.is_essential(kind) and person.message_preferences.filter(kind=kind).exists():
        return Message.Withheld.OPTED_OUT
    return ""


def is_address(email: str) -> bool:
    """Whether mail can be sent there at all."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def opt_out(person, kind: str) -> None:
    """Send this person no more messages of a kind that is not essential."""
    if kinds.is_essential(kind):
        raise EssentialKind(kind)
    Preference.objects.get_or_create(person=person, kind=kind)


def opt_in(person, kind: str) -> None:
    """Send this person messages of this kind again."""
    person.message_preferences.filter(kind=kind).delete()


@transaction.atomic
def forget(person) -> None:
    """Erase what messages say about a person; that a message of a kind was sent on a day stays.

    Call it while the person still has the address that is to be forgotten.
    """
    theirs = Message.objects.filter(models.Q(recipient=person) | models.Q(email__iexact=person.email))
    Attachment.objects.filter(message__in=theirs).delete()
    theirs.unsent().update(withheld=Message.Withheld.CLOSED)
    theirs.update(recipient=None, email="", subject="", body="", failure="")
    person.message_preferences.all().delete()
    MailboxMessage.objects.filter(to__icontains=person.email).delete()
