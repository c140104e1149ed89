"""The editions of courses as one person meets them now: what can be joined, what is theirs, and why not the others."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from enrolments.access import visible_editions
from enrolments.models import Edition, Enrolment, WayIn
from enrolments.refusals import Refusal
from enrolments.services import enrolment_refusal, places_left

# Without a reason against it an edition can be joined now; then in the order of how soon it might be.
PREFERENCE = (
    None,
    Refusal.NOT_YET,
    Refusal.FULL,
    Refusal.STAFF_ONLY,
    Refusal.CLOSED,
    Refusal.ENDED,
    Refusal.CANCELLED,
)


@dataclass(frozen=True)
class Offer:
    """One edition, for one person."""

    edition: Edition
    refusal: Refusal | None
    enrolment: Enrolment | None
    places_left: int | None

    @property
    def needs_key(self) -> bool:
        """Whether an enrolment key is asked for."""
        return self.edition.way_in == WayIn.KEY

    @property
    def can_be_joined(self) -> bool:
        """Whether the person can get a place in it now."""
        return self.enrolment is None and self.refusal is None

    @property
    def has_begun(self) -> bool:
        """Whether its first day is here."""
        return self.edition.starts_on <= timezone.localdate()

    @property
    def way_in(self) -> str:
        """How this person gets in, in a few words."""
        if self.enrolment:
            return _("You are enrolled")
        if self.refusal == Refusal.NOT_YET:
            return _("Enrolment opens on %(day)s") % {"day": day(self.edition.enrolment_opens_on)}
        if self.refusal == Refusal.FULL:
            return _("All places are taken")
        if self.refusal == Refusal.STAFF_ONLY:
            return _("Places are given by the organizers")
        if self.refusal:
            return _("Enrolment has closed")
        if self.needs_key:
            return _("Open to those with an enrolment key")
        return _("Open to everyone: enrol now")

    def rank(self, today: datetime.date) -> tuple:
        """Sorts the person's own edition first, then what can be joined soonest."""
        return (
            self.enrolment is None,
            PREFERENCE.index(self.refusal),
            self.needs_key,
            max(self.edition.starts_on, today),
            self.edition.ends_on is None,
            self.edition.pk,
        )


def day(date: datetime.date | None) -> str:
    """A day as people write it: 22 November 2026."""
    return date_format(date, "j F Y") if date else ""


def offers_of(courses: Collection[int], user: User) -> dict[int, list[Offer]]:
    """The offers of each canonical course, the best one first; past editions only where the person is in them."""
    today = timezone.localdate()
    enrolments = _own_enrolments(courses, user)
    # A day less: in another zone the last day may not be over yet. The refusal is exact.
    not_over = Q(ends_on=None) | Q(ends_on__gte=today - datetime.timedelta(days=1))
    editions = visible_editions(user).filter(course__in=courses).filter(not_over | Q(pk__in=list(enrolments)))
    found = defaultdict(list)
    for edition in editions.with_places_taken().select_related("country"):
        offer = Offer(
            edition, enrolment_refusal(edition, user), enrolments.get(edition.pk), places_left(edition)
        )
        if offer.enrolment or offer.refusal != Refusal.ENDED:
            found[edition.course_id].append(offer)
    return {pk: sorted(found[pk], key=lambda offer: offer.rank(today)) for pk in courses}


def _own_enrolments(courses, user) -> dict[int, Enrolment]:
    if not user.is_authenticated:
        return {}
    own = Enrolment.objects.active().of(user).filter(edition__course__in=courses)
    return {enrolment.edition_id: enrolment for enrolment in own}
