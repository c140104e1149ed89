"""Two members, two clicks, two free places: what must hold whoever comes first."""

import datetime
import uuid

import pytest
from django.db import OperationalError
from django.utils import timezone

from programmes.applications.services import withdraw_application
from programmes.interviews import services as interviews
from programmes.models import (
    AssessorAssignment,
    Decision,
    DecisionOutcome,
    InterviewBooking,
    LetterRun,
    Mode,
    Offer,
    Student,
)
from programmes.selection import services
from programmes.selection.refusals import SelectionRefused
from programmes.selection.services import Choice
from programmes.selection.wording import digest_of
from tests.factories.accounts import make_person
from tests.factories.selection import (
    decided,
    make_applicant,
    make_assessor,
    make_assignment,
    make_coordinator,
    make_criterion,
    make_selection,
    offered,
    told,
)
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_two_members_deciding_at_once_the_second_is_told_and_nothing_is_overwritten():
    application = make_applicant(make_selection())
    members = [make_person(), make_person()]

    def decide(member, outcome):
        return lambda: services.decide(application, Choice(outcome=outcome, reason="R"), by=member, seen=None)

    results = at_once(
        decide(members[0], DecisionOutcome.ADMIT), decide(members[1], DecisionOutcome.NOT_ADMITTED)
    )

    (told_so,) = [one for one in results if isinstance(one, Exception)]
    assert isinstance(told_so, services.DecidedMeanwhile)
    assert told_so.standing == Decision.objects.get()


def test_letters_sent_by_two_members_at_once_go_out_once():
    call = make_selection(places=10)
    for _number in range(5):
        decided(make_applicant(call))
    members = [make_coordinator(call), make_coordinator(call)]
    looked_at = digest_of(services.letters_to_send(call))

    def send(member):
        return lambda: services.send_letters(
            call, by=member, reason="R", looked_at=looked_at, form_key=uuid.uuid4()
        )

    results = at_once(send(members[0]), send(members[1]))

    assert sum(isinstance(one, LetterRun) for one in results) == 1
    assert sum(isinstance(one, SelectionRefused) for one in results) == 1
    assert Offer.objects.count() == 5


def test_places_that_fall_free_at_once_are_offered_once_each_in_rank_order():
    call = make_selection(places=4, modes=(Mode.IN_PERSON, Mode.ONLINE))
    offers = [offered(make_applicant(call)) for _number in range(4)]
    waiting = [told(make_applicant(call), DecisionOutcome.WAITING) for _number in range(6)]

    results = at_once(*[lambda offer=offer: services.decline_place(offer) for offer in offers])

    assert [one for one in results if isinstance(one, Exception)] == []
    assert {one.decision for one in Offer.objects.unanswered()} == set(waiting[:4])


def test_moving_up_and_deciding_many_wait_for_applications_that_others_hold():
    """Each holds all its applications before the audit log, which the others reach with an application in hand."""
    call = make_selection(places=4)
    waiting = [told(make_applicant(call), DecisionOutcome.WAITING).application for _number in range(4)]
    fresh = [make_applicant(call) for _number in range(4)]
    coordinator = make_coordinator(call)
    choice = Choice(outcome=DecisionOutcome.NOT_ADMITTED, reason="R")

    def take_back(application):
        return lambda: withdraw_application(application, by=coordinator)

    results = at_once(
        lambda: services.move_up(call.programme_edition),
        lambda: services.decide_many([(one, None) for one in reversed(fresh)], choice, by=make_person()),
        *[take_back(one) for one in (waiting[-1], fresh[0])],
    )

    assert [one for one in results if isinstance(one, OperationalError)] == []
    assert not Offer.objects.filter(application__withdrawn_at__isnull=False).exists()


def test_accepting_while_the_clock_lets_lapse_gives_the_place_once():
    call = make_selection(places=1, grace_minutes=0)
    offer = offered(make_applicant(call))
    told(make_applicant(call), DecisionOutcome.WAITING)
    after = offer.answer_by.replace(year=offer.answer_by.year + 1)

    at_once(
        lambda: services.accept_place(offer),
        lambda: services.lapse_offers(call.programme_edition, now=after),
        lambda: services.move_up(call.programme_edition),
    )

    offer.refresh_from_db()
    assert bool(offer.student_id) is not bool(offer.ended_at)
    assert Student.objects.count() == bool(offer.student_id)
    assert Offer.objects.holding().count() <= 1


def test_the_same_place_accepted_in_four_windows_makes_one_student():
    offer = offered(make_applicant(make_selection(places=3)))

    results = at_once(*[lambda: services.accept_place(offer)] * 4)

    assert [one for one in results if isinstance(one, Exception)] == []
    assert Student.objects.count() == 1


def test_sharing_out_in_two_windows_gives_every_application_its_assessors_once():
    call = make_selection(assessors_per_application=2)
    make_criterion(call)
    by = make_assessor(call)
    for _number in range(3):
        make_assessor(call)
    for _number in range(6):
        make_applicant(call)

    at_once(*[lambda: services.assign_evenly(call, by=by)] * 2)

    assert AssessorAssignment.objects.count() == 12


def test_scores_saved_in_two_windows_at_once_keep_the_first():
    call = make_selection()
    make_criterion(call)
    assignment = make_assignment(make_applicant(call))

    results = at_once(*[lambda: services.save_scores(assignment, {}, seen=0)] * 2)

    assert sorted(isinstance(one, SelectionRefused) for one in results) == [False, True]


def test_the_last_place_in_an_interview_slot_is_given_once():
    call = make_selection()
    (slot,) = interviews.offer_slots(
        call,
        [timezone.now() + datetime.timedelta(days=2)],
        by=make_person(),
        minutes=30,
        place="Room 4",
    )
    applications = [make_applicant(call) for _number in range(4)]
    interviews.invite(applications, by=make_person())

    results = at_once(*[lambda one=one: interviews.book(one, slot, by=one.person) for one in applications])

    assert sum(isinstance(one, InterviewBooking) for one in results) == 1
    assert slot.bookings.standing().count() == 1
