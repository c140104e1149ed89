"""Messages between an applicant and staff, notes among staff, reminders of what is missing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from foundation.audit import services as audit
from programmes.applications import emails
from programmes.applications.completeness import completeness
from programmes.applications.holding import lock
from programmes.applications.places import is_over
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.applications.window import window_refusal
from programmes.models import Application, ApplicationEvent, ApplicationMessage, ApplicationNote


@transaction.atomic
def send_message(application: Application, text: str, *, by: User) -> ApplicationMessage:
    """Keep a message; one of staff is e-mailed to the applicant. The same words twice running are sent once."""
    if not text.strip():
        raise ApplicationRefused(Refusal.NO_WORDS)
    held = lock(application)
    last = held.messages.order_by("-pk").first()
    if last and (last.text, last.sent_by_id) == (text.strip(), by.pk):
        return last
    message = held.messages.create(text=text.strip(), sent_by=by)
    if by != held.person:
        emails.send_message(held, message)
    return message


@transaction.atomic
def write_note(application: Application, text: str, *, by: User) -> ApplicationNote:
    """Keep a remark that only staff read."""
    if not text.strip():
        raise ApplicationRefused(Refusal.NO_WORDS)
    return application.notes.create(text=text.strip(), written_by=by)


@transaction.atomic
def remind(application: Application, *, by: User) -> ApplicationEvent:
    """E-mail the applicant what is missing, in their language."""
    held = lock(application)
    if held.withdrawn_at:
        raise ApplicationRefused(Refusal.WITHDRAWN)
    if is_over(held):
        raise ApplicationRefused(Refusal.NOTHING_ASKED)
    if held.submitted_at is None and window_refusal(held.call, held, at=timezone.now()):
        raise ApplicationRefused(Refusal.CANNOT_SUBMIT)
    with override(held.person.language):
        missing = [one.sentence for one in completeness(held).missing]
    if not missing:
        raise ApplicationRefused(Refusal.NOTHING_MISSING)
    event = held.events.create(kind=ApplicationEvent.Kind.REMINDED, by=by)
    audit.record(by, "programmes.remind_applicant", held)
    emails.tell(held, event, "application_reminded", missing=missing)
    return event
