"""What we write to people about their awards."""

from django.urls import reverse
from django.utils.translation import override

from certificates.codes import printed
from certificates.models import Award
from certificates.renewal import renewing_course
from foundation.outbox import services as outbox


def send_issued(award: Award) -> None:
    """Tell the person once that the award, or the one that replaces an earlier one, is there; not while it is held."""
    if award.email_held_at:
        return
    earlier = award.supersedes
    event = "replaced" if earlier else "issued"
    _send(
        award,
        _event(award, event),
        {
            "earlier": earlier.number if earlier else "",
            "verify_path": reverse("verification_link", args=[printed(award.code)]),
        },
    )


def send_revoked(award: Award) -> None:
    """Tell the person that the award no longer holds, and why. Once."""
    _send(award, _event(award, "revoked"), {"reason": award.revocation_reason})


def send_ending(award: Award, days: int) -> None:
    """Remind the holder, once per number of days, that the award ends, and say what renews it."""
    course, told = renewing_course(award), {}
    if course:
        with override(award.holder.language):
            told = {"renewing": course.localized.title, "renewing_url": course.localized.full_url}
    _send(award, "ending", told | {"last_day": award.valid_until}, key=f"{days}:{award.pk}")


def _event(award, event):
    """A transcript or a letter is no certificate, and is called by its name."""
    if not award.award_type.is_paper:
        return event
    return "paper" if event == "issued" else f"paper_{event}"


def _send(award, event, context, key=""):
    person = award.holder
    if person is None:
        return
    with override(person.language):
        path = reverse("certificates:my_awards")
    words = award.snapshot["words"]
    language = person.language if person.language in words else award.snapshot["languages"][0]
    shown = {
        "name": person.full_name,
        "course": words[language]["course"],
        "title": words[language]["title"],
        "number": award.number,
        "path": path,
    }
    outbox.send(
        kind=f"certificates.{event}",
        to=person,
        template=f"certificates/email/{event}",
        context=shown | context,
        key=f"certificates.{event}:{key or award.pk}",
    )
