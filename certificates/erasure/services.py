"""Erasing names and files. The name goes with the decision; the file follows in the background."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.erasure import tasks
from certificates.erasure.remains import without_name
from certificates.models import Award
from certificates.services import AwardRefused, hold
from foundation.audit import services as audit


@transaction.atomic
def erase(award: Award, *, by: User, reason: str) -> list[Award]:
    """Erase name and file of an award, and of those it has replaced; which were erased now. Safe to repeat.

    Whether it holds does not change: whoever has the file can have it verified, without a name. Raises AwardRefused.
    """
    chain = [award]
    while chain[-1].supersedes:
        chain.append(chain[-1].supersedes)
    return [one for one in chain if _ask(one, by, reason)]


@transaction.atomic
def erase_awards_of(person: User, *, by: User, reason: str) -> list[Award]:
    """The same for everything a person was ever given: part of erasing the person. Raises AwardRefused."""
    awards = Award.objects.of(person).filter(erasure_asked_at=None).order_by("enrolment", "occasion", "pk")
    return [one for one in awards if _ask(one, by, reason)]


def _ask(award, by, reason):
    award = hold(award, by)
    if award.erasure_asked_at:
        return False
    if award.stored_at is None and not award.drawing_problem:
        raise AwardRefused(
            _("%(number)s is being drawn at this moment. Try again in a minute.") % {"number": award.number}
        )
    award.snapshot = without_name(award.snapshot)
    award.badge = award.drawing_problem = ""
    award.drawing_problem_parts = {}
    award.erasure_asked_at = timezone.now()
    # One that could never be drawn waits for its file no longer.
    award.stored_at = award.stored_at or award.erasure_asked_at
    erased = [
        "snapshot",
        "badge",
        "drawing_problem",
        "drawing_problem_parts",
        "erasure_asked_at",
        "stored_at",
    ]
    award.save(update_fields=erased)
    # The log must not keep what is being erased.
    audit.record(by, "certificates.erase", award, reason=reason, before={"name": True}, after={"name": False})
    transaction.on_commit(lambda: tasks.finish_erasure.enqueue(award.pk))
    return True
