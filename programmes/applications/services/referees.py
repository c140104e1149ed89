"""Referees: named by the applicant, answering by a private link that expires, can be taken back and made anew."""

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from programmes.applications import emails
from programmes.applications.holding import lock
from programmes.applications.inspection import inspect
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.applications.services.drafting import held_draft
from programmes.applications.storing import dropped_on_failure, keep
from programmes.applications.window import in_words, over_refusal
from programmes.models import Application, ApplicationEvent, Referee, RefereeLetter

LETTER_TYPES = ("pdf", "docx", "odt", "jpg", "png")
LETTER_MB = 10
# Whoever is named gets mail without having asked for it: so many people for each one wanted, so many links each.
MOST_NAMED_FOR_EACH = 3
MOST_LINKS = 5
BETWEEN_LINKS = datetime.timedelta(hours=1)


@transaction.atomic
def name_referee(
    application: Application,
    *,
    name: str,
    email: str,
    language: str,
    institution: str = "",
    relation: str = "",
) -> Referee:
    """Name a referee and send the private link. Naming the same address again changes nothing."""
    held = held_draft(application, at=timezone.now())
    email = email.strip().lower()
    if there := held.referees.standing().filter(email=email).first():
        return there
    if email == held.person.email.lower():
        raise ApplicationRefused(Refusal.OWN_REFEREE)
    if held.referees.standing().filter(declined_at=None).count() >= held.call.referees_wanted:
        raise ApplicationRefused(Refusal.TOO_MANY_REFEREES)
    # Also those taken back, and those of an application withdrawn to begin anew.
    named = Referee.objects.filter(application__call=held.call, application__person=held.person)
    if named.count() >= MOST_NAMED_FOR_EACH * held.call.referees_wanted:
        raise ApplicationRefused(Refusal.MANY_NAMED)
    referee = held.referees.create(
        name=name.strip(), email=email, language=language, institution=institution, relation=relation
    )
    _send_link(held, referee, "referee_invited")
    held.events.create(kind=ApplicationEvent.Kind.REFEREE_INVITED, by=held.person, referee=referee)
    return referee


@transaction.atomic
def remind_referee(referee: Referee, *, by: User | None) -> Referee:
    """Send a new link; the old one opens no more."""
    held, referee = _held(referee)
    if referee.answered_at:
        raise ApplicationRefused(Refusal.REFEREE_DONE)
    if referee.revoked_at or held.withdrawn_at:
        raise ApplicationRefused(Refusal.LINK_EXPIRED)
    if refusal := over_refusal(held, at=timezone.now()) or _sent_often(referee):
        raise refusal
    _send_link(held, referee, "referee_reminded")
    held.events.create(kind=ApplicationEvent.Kind.REFEREE_INVITED, by=by, referee=referee)
    return referee


@transaction.atomic
def revoke_referee(referee: Referee, *, by: User) -> Referee:
    """Take the link back. What was answered already stays with staff. Safe to repeat."""
    held, referee = _held(referee)
    if referee.answered_at:
        raise ApplicationRefused(Refusal.REFEREE_DONE)
    if referee.revoked_at is None:
        referee.revoked_at = timezone.now()
        referee.save(update_fields=["revoked_at"])
        held.events.create(kind=ApplicationEvent.Kind.REFEREE_REVOKED, by=by, referee=referee)
    return referee


def link_refusal(referee: Referee) -> ApplicationRefused | None:
    """Why a link that belongs to this referee opens nothing now, or None."""
    expired = referee.expires_at is None or referee.expires_at <= timezone.now()
    if expired or referee.revoked_at or referee.application.withdrawn_at:
        return ApplicationRefused(Refusal.LINK_EXPIRED)
    if referee.answered_at:
        return ApplicationRefused(Refusal.REFEREE_DONE)
    return over_refusal(referee.application, at=timezone.now())


def answer_as_referee(
    referee: Referee, *, recommendation: str, comments: str, letter: UploadedFile | None
) -> Referee:
    """Keep a referee's answer, with a letter or words. Raises UploadRefused or ApplicationRefused."""
    if refusal := link_refusal(referee):
        raise refusal
    if not recommendation:
        raise ApplicationRefused(Refusal.NO_ANSWER)
    if letter is None and not comments.strip():
        raise ApplicationRefused(Refusal.NO_LETTER)
    fields = keep(letter, inspect(letter, file_types=LETTER_TYPES, most_mb=LETTER_MB)) if letter else None
    with dropped_on_failure(fields["file"] if fields else ""):
        return _answered(referee, recommendation, comments, fields)


@transaction.atomic
def _answered(referee, recommendation, comments, fields):
    held, referee = _held(referee)
    if refusal := link_refusal(referee):
        raise refusal
    referee.recommendation, referee.comments = recommendation, comments.strip()
    referee.answered_at, referee.declined_at = timezone.now(), None
    referee.save(update_fields=["recommendation", "comments", "answered_at", "declined_at"])
    if held.files_erased_at:
        held.files_erased_at = None
        held.save(update_fields=["files_erased_at"])
    if fields:
        RefereeLetter.objects.create(referee=referee, **fields)
    event = held.events.create(kind=ApplicationEvent.Kind.REFEREE_ANSWERED, referee=referee)
    emails.tell(held, event, "referee_answered", page="referees", referee=referee.name)
    return referee


@transaction.atomic
def decline_as_referee(referee: Referee) -> Referee:
    """Keep that a referee will not write; the applicant is told and can name somebody else."""
    held, referee = _held(referee)
    if referee.declined_at:
        return referee
    if refusal := link_refusal(referee):
        raise refusal
    referee.declined_at = timezone.now()
    referee.save(update_fields=["declined_at"])
    event = held.events.create(kind=ApplicationEvent.Kind.REFEREE_DECLINED, referee=referee)
    emails.tell(held, event, "referee_declined", page="referees", referee=referee.name)
    return referee


def _held(referee):
    held = lock(referee.application)
    found = held.referees.get(pk=referee.pk)
    found.application = held
    return held, found


def _sent_often(referee):
    if referee.link >= MOST_LINKS:
        return ApplicationRefused(Refusal.MANY_LINKS)
    is_soon = referee.invited_at and timezone.now() - referee.invited_at < BETWEEN_LINKS
    return ApplicationRefused(Refusal.LINK_JUST_SENT) if is_soon else None


def _send_link(held, referee, name):
    referee.application = held
    referee.link += 1
    referee.invited_at = timezone.now()
    referee.expires_at = referee.invited_at + datetime.timedelta(days=held.call.referee_days)
    referee.save(update_fields=["link", "invited_at", "expires_at"])
    emails.send_referee(referee, name, deadline=in_words(referee.expires_at, held.call))
