"""Who assesses what, and scores that nobody sees before they are handed in."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from programmes.models import AssessorAssignment, Referee
from programmes.selection import services
from programmes.selection.refusals import SelectionRefusal, SelectionRefused
from programmes.selection.services import Typed
from tests.factories.accounts import make_person
from tests.factories.programmes import give_programme_role
from tests.factories.selection import (
    decided,
    make_applicant,
    make_assessor,
    make_assignment,
    make_coordinator,
    make_criterion,
    make_scored,
    make_selection,
    told,
)

pytestmark = pytest.mark.django_db


def refused(refusal):
    return pytest.raises(SelectionRefused, match=str(refusal.label)[:40])


@pytest.fixture
def call():
    call = make_selection(assessors_per_application=2)
    make_criterion(call, name="Motivation", weight=60)
    make_criterion(call, name="Experience", points=5, weight=40)
    return call


def test_an_assessor_is_given_an_application_once_and_is_told(call):
    application, assessor, by = make_applicant(call), make_assessor(call), make_person()

    first = services.assign(application, assessor, by=by)

    assert services.assign(application, assessor, by=by) == first
    assert Message.objects.get(kind="programmes.assessor_assigned").recipient == assessor


@pytest.mark.parametrize("case", ["own", "referee", "second address", "conflict before", "no role", "draft"])
def test_whoever_must_not_assess_is_refused_with_the_rule(call, case):
    application, assessor = make_applicant(call), make_assessor(call)
    expected = SelectionRefusal.IS_REFEREE
    if case == "own":
        application, expected = make_applicant(call, assessor), SelectionRefusal.IS_APPLICANT
    elif case == "referee":
        Referee.objects.create(application=application, name="Ines", email=assessor.email.upper())
    elif case == "second address":
        assessor.emailaddress_set.create(email="ines@court.example")
        Referee.objects.create(application=application, name="Ines", email="Ines@Court.example")
    elif case == "conflict before":
        services.declare_conflict(make_assignment(application, assessor), reason="A cousin of mine")
        expected = SelectionRefusal.HAD_CONFLICT
    elif case == "no role":
        assessor, expected = make_person(), SelectionRefusal.NO_ROLE
    else:
        application.submitted_at = None
        application.save()
        expected = SelectionRefusal.NOT_SUBMITTED

    with refused(expected):
        services.assign(application, assessor, by=make_person())
    assert not AssessorAssignment.objects.current().exists()


def test_sharing_out_is_even_goes_round_conflicts_and_repeats_without_harm(call):
    assessors = [make_assessor(call) for _number in range(4)]
    applications = [make_applicant(call) for _number in range(8)]
    Referee.objects.create(application=applications[0], name="R", email=assessors[0].email)
    assessors[1].institution = applications[1].institution = "Court  of Appeal"
    assessors[1].save()
    applications[1].save()

    services.assign_evenly(call, by=make_person(), seed=7)
    services.assign_evenly(call, by=make_person(), seed=8)

    pairs = set(AssessorAssignment.objects.values_list("application", "assessor"))
    assert len(pairs) == 16
    assert set(Counter(assessor for _one, assessor in pairs).values()) == {4}
    assert (applications[0].pk, assessors[0].pk) not in pairs
    assert (applications[1].pk, assessors[1].pk) not in pairs
    assert Message.objects.filter(kind="programmes.assessor_assigned").count() == 4


def test_sharing_out_says_which_applications_lack_assessors(call):
    make_assessor(call)
    application = make_applicant(call)

    share = services.assign_evenly(call, by=make_person())

    assert (len(share.pairs), share.short) == (1, (application.pk,))


def test_sharing_out_takes_as_many_queries_for_twelve_as_for_two():
    counts = []
    for number in (1, 2, 12):
        call = make_selection()
        make_criterion(call)
        for _one in range(number):
            make_applicant(call)
        assessors = [make_assessor(call), make_assessor(call)]
        with CaptureQueriesContext(connection) as found:
            share = services.assign_evenly(call, by=assessors[0])
        assert len(share.pairs) == 2 * number
        counts.append(len(found))

    assert counts[1] == counts[2]


def test_a_conflict_gives_the_application_to_somebody_else_at_once_and_never_back(call):
    application = make_applicant(call)
    first, second = make_assessor(call), make_assessor(call)
    call.selection.assessors_per_application = 1
    call.selection.save()
    assignment = make_assignment(application, first, declared=False)

    replacement = services.declare_conflict(assignment, reason="We were colleagues")

    assert replacement.assessor == second
    assert Entry.objects.get(action="programmes.declare_conflict").reason == "We were colleagues"
    services.declare_conflict(assignment, reason="Again")
    assert application.assessor_assignments.current().get() == replacement


def test_a_referee_named_later_cannot_declare_that_there_is_no_conflict(call):
    assignment = make_assignment(make_applicant(call), declared=False)
    Referee.objects.create(application=assignment.application, name="R", email=assignment.assessor.email)

    with refused(SelectionRefusal.IS_REFEREE):
        services.declare_no_conflict(assignment)

    assert AssessorAssignment.objects.get().declared_at is None


def test_nothing_is_scored_before_the_declaration(call):
    assignment = make_assignment(make_applicant(call), declared=False)

    with refused(SelectionRefusal.NOT_DECLARED):
        services.save_scores(assignment, {}, seen=0)
    services.declare_no_conflict(assignment)

    assert services.save_scores(assignment, {}, seen=0) == 1


def test_scores_are_kept_as_typed_and_an_older_window_overwrites_nothing(call):
    assignment = make_assignment(make_applicant(call))
    one, other = call.criteria.all()
    services.save_scores(assignment, {one.pk: Typed(Decimal("7.25"), "Clear")}, seen=0)

    with refused(SelectionRefusal.OTHER_TAB):
        services.save_scores(assignment, {one.pk: Typed(Decimal(1))}, seen=0)
    services.save_scores(assignment, {other.pk: Typed(Decimal(5))}, seen=1, comment="Strong")

    assert list(assignment.scores.values_list("points", "comment")) == [
        (Decimal("7.25"), "Clear"),
        (Decimal(5), ""),
    ]
    assignment.refresh_from_db()
    assert assignment.comment == "Strong"


@pytest.mark.parametrize("points", ["-0.01", "5.01", "NaN", "Infinity"])
def test_points_beyond_the_criterion_are_refused(call, points):
    assignment = make_assignment(make_applicant(call))
    criterion = call.criteria.last()

    with refused(SelectionRefusal.TOO_MANY_POINTS):
        services.save_scores(assignment, {criterion.pk: Typed(Decimal(points))}, seen=0)
    assert not assignment.scores.exists()


def test_handing_in_needs_points_on_everything_and_ends_the_scoring(call):
    assignment = make_assignment(make_applicant(call))
    one, other = call.criteria.all()
    services.save_scores(assignment, {one.pk: Typed(Decimal(7))}, seen=0)
    with refused(SelectionRefusal.MISSING_POINTS):
        services.hand_in(assignment)

    services.save_scores(assignment, {other.pk: Typed(Decimal(0))}, seen=1)
    services.hand_in(assignment)
    services.hand_in(assignment)

    with refused(SelectionRefusal.HANDED_IN):
        services.save_scores(assignment, {one.pk: Typed(Decimal(9))}, seen=2)
    with refused(SelectionRefusal.HANDED_IN):
        services.declare_conflict(assignment, reason="Late")
    with refused(SelectionRefusal.HANDED_IN):
        services.take_away(assignment, by=make_person(), reason="Late")

    assert sorted(assignment.scores.values_list("points", flat=True)) == [0, 7]


def test_scores_are_opened_again_with_a_reason_and_what_they_said_is_kept(call):
    application = make_applicant(call)
    assignment = make_scored(application, 7, 4)
    coordinator = make_coordinator(call)

    services.reopen_scores(assignment, by=coordinator, reason="Scored the wrong person")

    entry = Entry.objects.get(action="programmes.reopen_scores")
    assert entry.before == {"Motivation": "7.00", "Experience": "4.00"}
    assert services.save_scores(assignment, {}, seen=0) == 1


def test_nobody_opens_their_own_scores_again(call):
    coordinator = make_coordinator(call)
    assignment = make_scored(make_applicant(call), 7, 4, assessor=coordinator)

    with refused(SelectionRefusal.OWN_SCORES):
        services.reopen_scores(assignment, by=coordinator, reason="I have seen the others’")

    assignment.refresh_from_db()
    assert assignment.handed_in_at


def test_scores_stand_once_the_letter_has_gone_out(call):
    application = make_applicant(call)
    assignment = make_scored(application, 7, 4)
    told(application)

    with refused(SelectionRefusal.FROZEN):
        services.reopen_scores(assignment, by=make_person(), reason="Too late")

    assert AssessorAssignment.objects.get().handed_in_at == assignment.handed_in_at


def test_criteria_stand_once_scores_were_given_but_their_words_do_not(call):
    make_scored(make_applicant(call), 7, 4)
    criterion, by = call.criteria.first(), make_coordinator(call)
    criterion.points = 20
    with refused(SelectionRefusal.CRITERIA_IN_USE):
        services.save_criterion(criterion, by=by)
    with refused(SelectionRefusal.CRITERIA_IN_USE):
        services.retire_criterion(criterion, by=by, reason="Unclear")
    criterion.refresh_from_db()

    criterion.guidance = "Ten points: precise, own words."
    services.save_criterion(criterion, by=by)

    assert call.criteria.first().guidance == "Ten points: precise, own words."


def test_criteria_and_rules_are_taken_over_from_the_year_before(call):
    later = make_selection(edition=call.programme_edition)

    assert services.copy_criteria(call, later, by=make_person()) == 2
    assert services.copy_criteria(call, later, by=make_person()) == 0
    assert [one.name for one in later.criteria.all()] == ["Motivation", "Experience"]


def test_a_role_that_ended_gives_nothing_to_assess(call):
    former = make_person()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    give_programme_role(former, call.programme_edition, Role.ASSESSOR, starts_on=yesterday, ends_on=yesterday)

    with refused(SelectionRefusal.NO_ROLE):
        services.assign(make_applicant(call), former, by=make_person())

    assert not AssessorAssignment.objects.exists()


def test_a_decision_is_taken_on_whatever_scores_there_are(call):
    assert decided(make_applicant(call)).outcome == "admit"
