"""Until when a place can be answered, and until when the waiting list moves."""

import datetime
from zoneinfo import ZoneInfo

from programmes.models import Offer, ProgrammeEdition, SelectionRules

LAST_SECOND = datetime.time(23, 59, 59)


def answer_by(rules: SelectionRules, programme_edition: ProgrammeEdition, now: datetime.datetime):
    """The end of the last day to answer, in the edition's zone."""
    zone = ZoneInfo(programme_edition.time_zone)
    day = now.astimezone(zone).date() + datetime.timedelta(days=rules.days_to_answer)
    return datetime.datetime.combine(day, LAST_SECOND, tzinfo=zone)


def is_too_late(offer: Offer, rules: SelectionRules, now: datetime.datetime) -> bool:
    """Whether the time to answer is over, grace included."""
    return now > offer.answer_by + rules.grace


def list_moves(rules: SelectionRules, programme_edition: ProgrammeEdition, now: datetime.datetime) -> bool:
    """Whether places that fall free are still given to the waiting list."""
    last = rules.moves_up_until or programme_edition.starts_on
    return now.astimezone(ZoneInfo(programme_edition.time_zone)).date() <= last
