"""What changes places, editions, dates and what was granted. Every caller meets the same rules here."""

from enrolments.services.accommodations import end_accommodation, grant_accommodation
from enrolments.services.cohorts import (
    add_members,
    close_cohort,
    make_cohort,
    remove_member,
    rename_cohort,
    split_at_random,
)
from enrolments.services.editions import cancel_edition, copy_edition
from enrolments.services.holding import lock, lock_all, lock_edition
from enrolments.services.places import (
    begin_anew,
    enrol,
    enrol_by_staff,
    enrolment_refusal,
    places_left,
    today_in,
    withdraw,
)
from enrolments.services.schedules import fingerprint, set_dates

__all__ = [
    "add_members",
    "begin_anew",
    "cancel_edition",
    "close_cohort",
    "copy_edition",
    "end_accommodation",
    "enrol",
    "enrol_by_staff",
    "enrolment_refusal",
    "fingerprint",
    "grant_accommodation",
    "lock",
    "lock_all",
    "lock_edition",
    "make_cohort",
    "places_left",
    "remove_member",
    "rename_cohort",
    "set_dates",
    "split_at_random",
    "today_in",
    "withdraw",
]
