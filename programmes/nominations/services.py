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
from programmes.applications.refusals import ApplicationRefused
from programmes.applications.services import begin_for, window_of
from programmes.applications.window import deadline_of, in_words_for
from programmes.models import Call, Nomination, NominationList
from programmes.nominations import emails
from programmes.nominations.examining import Facts, examine
from programmes.nominations.tables import COLUMNS


class NominationsRefused(Exception):
    """Nothing was begun; `str()` says why."""


def read_file(call: Call, partner: Partner, *, name: str, content: bytes, by: User) -> NominationList:
    """Keep what a file says, to be looked at. Nobody has an application yet. Raises NotATable."""
    return NominationList.objects.create(
        call=call,
        partner=partner,
        file_name=name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        lines=read_table(content, COLUMNS),
        created_by=by,
    )


@transaction.atomic
def enter(nominations: NominationList, *, seen: str, by: User) -> int:
    """Begin a draft for everybody named who has none, and write to them; how many. A second time begins nothing.

    `seen` is the fingerprint of the preview. Raises NominationsRefused where one line is wrong or confirming would
    do something else by now.
    """
    lists = NominationList.objects.select_for_update(of=["self"])
    held = lists.select_related("call__programme_edition", "partner").get(pk=nominations.pk)
    if held.confirmed_at:
        return held.nominations.count()
    preview = examine(held, by)
    if refusal := _refusal(held, preview, seen):
        raise NominationsRefused(refusal)
    people = [(line.facts, line.line) for line in preview.new if line.facts]
    # In one order for everybody: two lists that name the same people never wait for each other.
    for facts, line in sorted(people, key=lambda one: one[0].email.casefold()):
        try:
            _nominate(held, facts, line, by)
        except ApplicationRefused as refusal:
            raise NominationsRefused(f"{facts.email}: {refusal}") from refusal
    held.confirmed_at, held.confirmed_by, held.lines = timezone.now(), by, []
    held.save(update_fields=["confirmed_at", "confirmed_by", "lines"])
    after = {"partner": held.partner.name, "file": held.file_name, "sha256": held.sha256}
    audit.record(by, "programmes.nominate", held.call, after=after | {"people": len(preview.new)})
    return len(preview.new)


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


def discard(nominations: NominationList) -> None:
    """Forget a file that is not to be entered."""
    NominationList.objects.filter(pk=nominations.pk, confirmed_at=None).delete()


def forget_unconfirmed() -> int:
    """Delete what was read and never confirmed; how many files."""
    return NominationList.objects.left_alone().delete()[0]
