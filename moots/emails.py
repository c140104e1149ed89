"""What we write to participants and judges of moot courts."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from foundation.outbox import services as outbox
from foundation.outbox.kinds import register_kind
from moots.models import (
    Appearance,
    BenchSeat,
    CaseDocument,
    Extension,
    Memorial,
    Moot,
    Pairing,
    Release,
    Team,
    TeamMember,
)

register_kind("moots.case_file", _("Moot courts: something new in the case file"), essential=False)


def send_receipt(memorial: Memorial) -> None:
    """Tell the whole team what was handed in, when, by whom, with its hash."""
    appearance = memorial.appearance
    for person in people_of(appearance.team):
        _send(
            appearance.round.moot,
            person,
            "memorial_handed_in",
            key=f"{memorial.pk}:{person.pk}",
            memorial=memorial,
            round=appearance.round,
            side=appearance.side,
            by=memorial.uploaded_by.full_name,
        )


def send_extension(extension: Extension) -> None:
    """Tell the team its later deadline. The reason stays with the record."""
    appearance = extension.appearance
    for person in people_of(appearance.team):
        context = {"until": extension.until, "round": appearance.round}
        _send(appearance.round.moot, person, "extended", key=f"{extension.pk}:{person.pk}", **context)


def send_exchanged(pairing: Pairing) -> None:
    """Tell both sides that the memorials of the others are there, and judges that they may begin."""
    for appearance in pairing.appearances.all():
        for person in people_of(appearance.team):
            _send(
                pairing.round.moot,
                person,
                "exchanged",
                key=f"{pairing.pk}:{person.pk}",
                round=pairing.round,
                handed_in=appearance.memorials.exists(),
            )
    for seat in pairing.seats.taken().select_related("person"):
        send_to_score(seat)


def send_seated(seat: BenchSeat) -> None:
    """Ask a judge onto the bench."""
    _send_to_judge(seat, "seated", key=str(seat.pk))


def send_to_score(seat: BenchSeat) -> None:
    """Tell a judge that there are memorials to read."""
    _send_to_judge(seat, "to_score", key=str(seat.pk))


def send_reopened(seat: BenchSeat, reason: str, key: str) -> None:
    """Tell a judge that the scores may be changed again, and why."""
    _send_to_judge(seat, "scores_reopened", key=key, reason=reason)


def send_document(document: CaseDocument, people: Iterable[User]) -> None:
    """Tell those who may read it that the case file holds something new."""
    for person in people:
        key = f"{document.pk}:{person.pk}"
        _send(document.moot, person, "case_file", key=key, document=document)


def send_released(release: Release, members: Iterable[TeamMember]) -> None:
    """Say that the results are there; what they are is read on the site."""
    for member in members:
        person = member.enrolment.person
        key = f"{release.pk}:{person.pk}"
        context = {"changed": release.number > 1, "reason": release.reason}
        _send(release.moot, person, "released", key=key, **context)


def people_of(team: Team) -> list[User]:
    """Who is in a team now."""
    members = team.members.current().filter(enrolment__withdrawn_at=None).select_related("enrolment__person")
    return [member.enrolment.person for member in members]


def _send_to_judge(seat, name, *, key, **context):
    moot = seat.pairing.round.moot
    with override(seat.person.language):
        path = reverse("moots:bench", args=[seat.pk])
    _deliver(moot, seat.person, name, key, path, pairing=seat.pairing, round=seat.pairing.round, **context)


def _send(moot: Moot, person: User, name: str, *, key: str, **context) -> None:
    with override(person.language):
        path = reverse("moots:moot", args=[moot.code])
    _deliver(moot, person, name, key, path, **context)


def _deliver(moot, person, name, key, path, **context):
    side = context.pop("side", "")
    with override(person.language):
        shown = str(Appearance(side=side).get_side_display()) if side else ""
    outbox.send(
        kind=f"moots.{name}",
        to=person,
        template=f"moots/email/{name}",
        context={"name": person.full_name, "moot": moot, "path": path, "side": shown, **context},
        key=f"moots.{name}:{key}",
    )
