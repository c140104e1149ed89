"""The one button of a course page: the right words for this person at this moment, or the reason why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.offers import Offer, day
from certificates.models import Award
from enrolments.models import Enrolment
from enrolments.refusals import Refusal
from learning.progress import Progress


@dataclass(frozen=True)
class Invitation:
    """Words and address of the button, and a sentence below it. Without words there is only the sentence.

    `occasion` is set for who has completed the course and may begin it once more.
    """

    label: str = ""
    url: str = ""
    reason: str = ""
    occasion: Enrolment | None = None


def invitation(offers: Sequence[Offer], user: User, progress: Progress | None = None) -> Invitation:
    """What to offer a person for a course. `progress` is that of the enrolment in the first offer, if there is one."""
    if not offers:
        return Invitation(reason=_("No dates are planned at the moment. Look again later."))
    best = offers[0]
    if best.enrolment and progress:
        return _to_a_learner(best, progress)
    if best.refusal:
        return Invitation(reason=why_not(best))
    return _to_a_newcomer(best, user)


def why_not(offer: Offer) -> str:
    """Why nobody, or not this person, can get a place now, and the way forward."""
    if offer.refusal == Refusal.NOT_YET:
        return _("Enrolment opens on %(day)s. Come back then.") % {
            "day": day(offer.edition.enrolment_opens_on)
        }
    return str(offer.refusal.label)


def _to_a_newcomer(offer: Offer, user: User) -> Invitation:
    url = reverse("enrolments:enrol", args=[offer.edition.code])
    reason = _key_needed() if offer.needs_key else ""
    if not user.is_authenticated:
        way_back = urlencode({"next": url})
        sign_in = f"{reverse('account_login')}?{way_back}"
        account = _("You need an account; it is free and takes a minute.")
        return Invitation(_("Sign in to enrol"), sign_in, f"{account} {reason}".strip())
    return Invitation(_("Enrol with a key") if offer.needs_key else _("Enrol"), url, reason)


def _key_needed() -> str:
    return _("You will be asked for the enrolment key that the organizers gave you.")


def _to_a_learner(offer: Offer, progress: Progress) -> Invitation:
    if progress.completed_at:
        return _to_a_graduate(offer, progress)
    label = _("Continue") if progress.has_begun else _("Begin")
    return Invitation(label, _classroom(offer, progress), _("You are enrolled."))


def _classroom(offer: Offer, progress: Progress) -> str:
    if progress.next_lesson is None:
        return reverse("learning:outline", args=[offer.edition.code])
    return reverse("learning:lesson", args=[offer.edition.code, progress.next_lesson.pk])


def _to_a_graduate(offer: Offer, progress: Progress) -> Invitation:
    reason = _("You completed this course on %(day)s.") % {"day": day(localdate(progress.completed_at))}
    occasion = offer.enrolment if offer.refusal in (None, Refusal.FULL, Refusal.STAFF_ONLY) else None
    if _has_award(offer.enrolment):
        return Invitation(_("See your award"), reverse("certificates:my_awards"), reason, occasion)
    return Invitation(
        _("Read it again"), reverse("learning:outline", args=[offer.edition.code]), reason, occasion
    )


def _has_award(enrolment: Enrolment | None) -> bool:
    return enrolment is not None and Award.objects.whole().holding().filter(enrolment=enrolment).exists()
