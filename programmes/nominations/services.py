"""Beginning applications for people whom a partner nominates: all lines of a list or none, and nobody twice."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from enrolments.invitations import invite_person
from enrolments.tables import read_table
from foundation.audit import services as audit
from portfolio.models import Partner
from programmes.applications.holding import hold_window
from programmes.applications.refusals import ApplicationRefused
from programmes.applications.services import begin_for, window_of
from programmes.applications.window import deadline_of, in_words_for
from programmes.models import Call, Nomination, NominationList
from programmes.nominations import emails
from programmes.nominations.examining import Facts, NominationPreview, examine
from programmes.nominations.tables import COLUMNS


class NominationsRefused(Exception):
    """Nothing was begun; `str()` says why."""


def read_file(call: Call, partner: Partner, *, name: str, content: bytes, by: User) -> NominationList:
    """Keep what a file says, to be looked at. Nobody has an application yet. Raises NotATable."""
    lines = read_table(content, COLUMNS)
    with transaction.atomic():
        kept = NominationList.objects.create(
            call=call,
            partner=partner,
            file_name=name[-200:],
            sha256=hashlib.sha256(content).hexdigest(),
            lines=lines,
            created_by=by,
        )
        # The preview says which addresses have an account: who asked is kept, whatever becomes of the list.
        audit.record(by, "programmes.read_nominations", call, after=_said(kept) | {"people": len(lines)})
    return kept


@transaction.atomic
def enter(nominations: NominationList, *, seen: str, by: User) -> int:
    """Begin a draft for everybody named who has none, and write to them; how many. A second time begins nothing.

    `seen` is the fingerprint of the preview. Raises NominationsRefused where one line is wrong or confirming would
    do something else by now.
    """
    held = _hold(nominations)
    if held is None:
        raise NominationsRefused(_("This list has been forgotten meanwhile. Choose the file again."))
    if held.confirmed_at:
        return held.nominations.count()
    held.call = hold_window(held.call)
    preview = examine(held, by)
    if refusal := _refusal(held, preview, seen):
        raise NominationsRefused(refusal)
    for facts, line in _in_order(preview):
        try:
            _nominate(held, facts, line, by)
        except ApplicationRefused as refusal:
            raise NominationsRefused(f"{facts.email}: {refusal}") from refusal
    held.confirmed_at, held.confirmed_by, held.lines = timezone.now(), by, []
    held.save(update_fields=["confirmed_at", "confirmed_by", "lines"])
    audit.record(by, "programmes.nominate", held.call, after=_said(held) | {"people": len(preview.new)})
    return len(preview.new)


def _hold(nominations) -> NominationList | None:
    lists = NominationList.objects.select_for_update(of=["self"])
    return lists.select_related("call__programme_edition", "partner").filter(pk=nominations.pk).first()


def _said(held):
    return {"partner": held.partner.name, "file": held.file_name, "sha256": held.sha256}


def _in_order(preview: NominationPreview) -> list[tuple[Facts, int]]:
    """Whom to nominate: those with an account, held now, then the others, in one order for everybody.

    Making an account holds the audit log, for which whoever holds one of these accounts may be waiting.
    """
    people = [(line.facts, line.line) for line in preview.new if line.facts]
    there = {facts.person.pk for facts, _line in people if facts.person}
    list(User.objects.select_for_update(of=["self"]).only("pk").filter(pk__in=there).order_by("pk"))
    return sorted(people, key=lambda one: (one[0].person is None, one[0].email.casefold()))


def _refusal(held, preview, seen):
    if refusal := window_of(held.call):
        return str(refusal)
    if preview.refused:
        return _(
            "Something is wrong in the list, so nobody of it is entered. Correct the file and read it again."
        )
    if preview.fingerprint != seen:
        return _("Something has changed since you looked. Nothing was entered: look again.")
    return "" if preview.new else _("There is nobody new in this list. Nothing has changed.")


def _nominate(held: NominationList, facts: Facts, line: int, by: User) -> None:
    partner = held.partner
    person = facts.person or _invite(facts, held, by)
    event = begin_for(
        person,
        held.call,
        partner=partner.name_in(person.language),
        by=by,
        given_names=facts.given_names,
        family_name=facts.family_name,
        born_on=facts.born_on,
        country=facts.country,
        institution=facts.institution,
        position=facts.position,
    )
    Nomination.objects.create(application=event.application, nomination_list=held, line=line)
    with override(person.language):
        deadline = in_words_for(person, deadline_of(held.call, event.application), held.call)
    emails.send_nominated(event, partner, deadline)


def _invite(facts, held, by):
    reason = _("Nominated by %(partner)s") % {"partner": held.partner.name}
    person, is_new = invite_person(
        facts.email,
        first_name=facts.given_names,
        last_name=facts.family_name,
        language=facts.language,
        by=by,
        reason=reason,
    )
    if not is_new:
        raise NominationsRefused(
            _("Something has changed since you looked. Nothing was entered: look again.")
        )
    return person


@transaction.atomic
def discard(nominations: NominationList, *, by: User) -> None:
    """Forget a file that is not to be entered. Safe to repeat. Raises NominationsRefused once it was confirmed."""
    held = _hold(nominations)
    if held is None:
        return
    if held.confirmed_at:
        raise NominationsRefused(_("This list has been confirmed meanwhile: its people are nominated."))
    after = _said(held) | {"people": len(held.lines)}
    held.delete()
    audit.record(by, "programmes.discard_nominations", held.call, after=after)


@transaction.atomic
def forget_unconfirmed() -> int:
    """Delete what was read and never confirmed; how many files."""
    held = NominationList.objects.left_alone().select_for_update(of=["self"], skip_locked=True)
    return NominationList.objects.filter(pk__in=[one.pk for one in held.only("pk")]).delete()[0]
