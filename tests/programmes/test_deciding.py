"""Decisions, letters, and places that go to whoever is next."""

import datetime
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.audit.models import Entry
from foundation.outbox.models import Message
from programmes.models import (
    Decision,
    DecisionOutcome,
    Letter,
    LetterOccasion,
    LetterRun,
    LetterTemplate,
    Mode,
    Offer,
    Outcome,
    Student,
)
from programmes.selection import sending, services, tasks
from programmes.selection.refusals import PlacesExceeded, SelectionRefusal, SelectionRefused
from programmes.selection.services import Choice
from programmes.selection.services.clock import close_waiting_lists, look_after_places
from programmes.selection.wording import digest_of
from programmes.services import cancel_programme_edition
from tests.factories.accounts import make_person
from tests.factories.selection import (
    decided,
    make_applicant,
    make_coordinator,
    make_selection,
    offered,
    told,
)

pytestmark = pytest.mark.django_db

ADMIT, CONDITIONAL = DecisionOutcome.ADMIT, DecisionOutcome.CONDITIONAL
WAITING, NOT_ADMITTED = DecisionOutcome.WAITING, DecisionOutcome.NOT_ADMITTED


def refused(refusal):
    return pytest.raises(SelectionRefused, match=str(refusal.label)[:40])


def send(call, *, by=None, key=None):
    return services.send_letters(
        call,
        by=by or make_coordinator(call),
        reason="The committee met today",
        looked_at=digest_of(services.letters_to_send(call)),
        form_key=key or uuid.uuid4(),
    )


def later(**delta):
    return timezone.now() + datetime.timedelta(**delta)


class TestDeciding:
    def test_a_decision_keeps_who_and_why_and_a_change_names_what_it_replaces(self):
        application, member = make_applicant(make_selection()), make_person()

        first = decided(application, ADMIT, by=member, reason="Strong file")
        second = decided(application, NOT_ADMITTED, by=member, reason="The diploma is missing")

        assert (second.replaces, services.standing_decision(application)) == (first, second)
        entry = Entry.objects.filter(action="programmes.decide_application").latest("number")
        assert (entry.before, entry.after["outcome"]) == ({"outcome": "admit"}, "not_admitted")

    def test_the_second_of_two_members_is_told_what_the_first_decided(self):
        application, member = make_applicant(make_selection()), make_person(first_name="Ngozi")
        decided(application, ADMIT, by=member, reason="Strong file")

        choice = Choice(outcome=NOT_ADMITTED, reason="Too junior")
        with pytest.raises(services.DecidedMeanwhile, match=r"Ngozi.*Admit.*Strong file"):
            services.decide(application, choice, by=make_person(), seen=None)

        assert Decision.objects.get().outcome == ADMIT

    def test_the_same_form_sent_twice_decides_once(self):
        application, member = make_applicant(make_selection()), make_person()
        choice = Choice(outcome=ADMIT, reason="Strong file")

        first = services.decide(application, choice, by=member, seen=None)

        assert services.decide(application, choice, by=member, seen=None) == first

    @pytest.mark.parametrize("case", ["withdrawn", "no conditions", "mode", "frozen", "own"])
    def test_what_cannot_be_decided_is_refused_with_the_rule(self, case):
        application, member = make_applicant(make_selection()), make_person()
        choice, expected, seen = Choice(outcome=ADMIT, reason="R"), SelectionRefusal.NOT_SUBMITTED, None
        if case == "withdrawn":
            application.withdrawn_at = timezone.now()
            application.save()
        elif case == "no conditions":
            choice, expected = Choice(outcome=CONDITIONAL, reason="R"), SelectionRefusal.NO_CONDITIONS
        elif case == "mode":
            choice = Choice(outcome=ADMIT, reason="R", mode=Mode.ONLINE)
            expected = SelectionRefusal.NO_MODE
        elif case == "own":
            member, expected = application.person, SelectionRefusal.OWN
        else:
            seen, expected = told(application, NOT_ADMITTED).pk, SelectionRefusal.FROZEN

        with refused(expected):
            services.decide(application, choice, by=member, seen=seen)

    def test_a_set_is_decided_alike_and_what_cannot_be_is_named(self):
        call = make_selection()
        first, second, frozen = (make_applicant(call) for _number in range(3))
        standing = told(frozen, ADMIT)

        made, refusals = services.decide_many(
            [(first, None), (second, None), (frozen, standing.pk)],
            Choice(outcome=WAITING, reason="Good, after the others"),
            by=make_person(),
        )

        assert [one.waiting_rank for one in made] == [1, 2]
        assert [one.application for one in refusals] == [frozen]

    def test_the_waiting_list_is_put_in_another_order(self):
        call = make_selection()
        first, second, third = (decided(make_applicant(call), WAITING) for _number in range(3))

        services.reorder_waiting(call, [third.pk, first.pk, second.pk], by=make_person(), reason="Interviews")

        standing = Decision.objects.standing().order_by("waiting_rank")
        assert [one.application for one in standing] == [
            third.application,
            first.application,
            second.application,
        ]


class TestLetters:
    def test_everybody_is_written_to_in_their_language_and_decisions_freeze(
        self, django_capture_on_commit_callbacks
    ):
        call = make_selection(places=5, days_to_answer=10)
        member = make_coordinator(call)
        amina = make_applicant(call, make_person(language="fr"), given_names="Amina", family_name="Diallo")
        decided(amina, ADMIT)
        decided(make_applicant(call), NOT_ADMITTED)
        decided(make_applicant(call), WAITING)
        undecided = make_applicant(call)

        with django_capture_on_commit_callbacks(execute=True):
            send(call, by=member)

        assert Letter.objects.count() == 3
        letter = Letter.objects.get(decision__application=amina)
        assert letter.language == "fr"
        assert "Diallo" in letter.body
        assert "{" not in letter.body
        assert set(Decision.objects.values_list("frozen_by", flat=True)) == {member.pk}
        assert not undecided.decisions.exists()
        assert Offer.objects.get().application == amina
        amina.refresh_from_db()
        assert amina.outcome == Outcome.ADMITTED
        assert Entry.objects.get(action="programmes.send_letters").after == {
            "admit": 1,
            "not_admitted": 1,
            "waiting": 1,
        }

    def test_the_deadline_is_the_end_of_a_day_in_the_zone_of_the_edition(self):
        call = make_selection(days_to_answer=10)
        edition = call.programme_edition
        edition.time_zone = "Pacific/Auckland"
        edition.save()
        decided(make_applicant(call), ADMIT)

        send(call)

        local = Offer.objects.get().answer_by.astimezone(ZoneInfo("Pacific/Auckland"))
        assert (local.hour, local.minute) == (23, 59)

    def test_sending_twice_or_after_a_crash_writes_to_nobody_twice(self, monkeypatch):
        call, key = make_selection(places=5), uuid.uuid4()
        for _number in range(4):
            decided(make_applicant(call), ADMIT)
        run = send(call, key=key)
        assert services.send_letters(call, by=make_person(), reason="R", looked_at="old", form_key=key) == run

        monkeypatch.setattr(tasks, "hand_over", dies_after(2))
        with pytest.raises(KeyboardInterrupt):
            tasks.hand_over_letters.func(run.pk)
        assert Message.objects.filter(kind="programmes.letter").count() == 2
        monkeypatch.undo()
        tasks.hand_over_letters.func(run.pk)
        tasks.hand_over_letters.func(run.pk)
        tasks.hand_over_forgotten.func()

        messages = Message.objects.filter(kind="programmes.letter")
        assert messages.count() == messages.values("recipient").distinct().count() == 4
        assert LetterRun.objects.count() == 1

    def test_what_was_not_looked_at_is_not_sent(self):
        call = make_selection()
        decided(make_applicant(call), ADMIT)
        looked_at = digest_of(services.letters_to_send(call))
        decided(make_applicant(call), NOT_ADMITTED)

        with refused(SelectionRefusal.LETTERS_CHANGED):
            services.send_letters(
                call, by=make_person(), reason="R", looked_at=looked_at, form_key=uuid.uuid4()
            )
        assert not Letter.objects.exists()

    def test_more_people_than_places_are_refused_with_both_numbers(self):
        call = make_selection(places=2)
        offered(make_applicant(call))
        for _number in range(2):
            decided(make_applicant(call), ADMIT)

        with pytest.raises(PlacesExceeded, match=r"2 people.* and 1 places"):
            send(call)
        assert Decision.objects.open().count() == 2

    def test_a_withdrawn_application_is_not_written_to(self):
        call = make_selection()
        application = make_applicant(call)
        decided(application, ADMIT)
        application.withdrawn_at = timezone.now()
        application.save()

        with refused(SelectionRefusal.NO_LETTERS):
            send(call)

    def test_own_words_go_before_the_sites_and_braces_in_a_name_are_no_field(self):
        call = make_selection()
        template = LetterTemplate(
            call=call, occasion="admit", language="en", subject="Welcome to {edition}", body="Dear {name}!"
        )
        services.save_template(template, by=make_coordinator(call))
        decided(make_applicant(call, given_names="{link}", family_name="O’Neil"), ADMIT)

        (letter,) = services.letters_to_send(call)

        assert letter.subject == f"Welcome to {call.programme_edition.name}"
        assert letter.body == "Dear {link} O’Neil!"

    def test_a_language_without_words_says_so_and_uses_english(self):
        call = make_selection()
        decided(make_applicant(call, make_person(language="ru")), CONDITIONAL)

        (letter,) = services.letters_to_send(call)

        assert (letter.language, letter.instead) == ("ru", "en")
        assert "The certified diploma" in letter.body

    def test_looking_at_letters_takes_as_many_queries_for_twelve_as_for_two(self):
        counts = []
        for number in (1, 2, 12):
            call = make_selection()
            for _one in range(number):
                decided(make_applicant(call), CONDITIONAL)
            with CaptureQueriesContext(connection) as found:
                assert len(services.letters_to_send(call)) == number
            counts.append(len(found))
        assert counts[1] == counts[2]


def dies_after(times):
    """Hands so many letters over, then stops like a killed process."""
    left = iter(range(times))

    def hand_over(letter):
        if next(left, None) is None:
            raise KeyboardInterrupt
        sending.hand_over(letter)

    return hand_over


class TestPlaces:
    def test_accepting_makes_a_student_once(self):
        offer = offered(make_applicant(make_selection()))

        services.accept_place(offer)
        services.accept_place(offer)

        offer.refresh_from_db()
        assert offer.student == Student.objects.get()
        assert offer.student.person == offer.application.person
        assert Message.objects.filter(kind="programmes.place_accepted").count() == 1

    @pytest.mark.parametrize(("late", "taken"), [(14, True), (16, False)])
    def test_the_grace_decides_whether_a_late_answer_counts(self, late, taken):
        offer = offered(make_applicant(make_selection(grace_minutes=15)), answer_by=timezone.now())
        now = offer.answer_by + datetime.timedelta(minutes=late)

        if taken:
            services.accept_place(offer, now=now)
        else:
            with refused(SelectionRefusal.TOO_LATE):
                services.accept_place(offer, now=now)
        assert Student.objects.exists() is taken

    def test_declining_offers_the_place_to_the_next_in_rank_and_mode(self):
        call = make_selection(places=1, modes=(Mode.IN_PERSON, Mode.ONLINE))
        offer = offered(make_applicant(call))
        told(make_applicant(call, mode=Mode.ONLINE), WAITING)
        first, second = told(make_applicant(call), WAITING), told(make_applicant(call), WAITING)
        offered(make_applicant(call, mode=Mode.ONLINE))

        services.decline_place(offer, reason="Another programme")
        services.decline_place(offer)

        assert Offer.objects.unanswered().filter(mode=Mode.IN_PERSON).get().decision == first
        assert not Offer.objects.filter(decision=second).exists()
        letter = Letter.objects.get(occasion=LetterOccasion.MOVED_UP)
        assert letter.decision == first
        assert Message.objects.filter(key=f"programmes.letter:{letter.pk}").exists()

    def test_a_declined_place_cannot_be_accepted_afterwards(self):
        offer = offered(make_applicant(make_selection()))
        services.decline_place(offer)

        with refused(SelectionRefusal.ANSWERED):
            services.accept_place(offer)

    def test_the_clock_reminds_once_then_lets_lapse_and_moves_up(self, time_machine):
        call = make_selection(places=1, days_before_reminder=3, grace_minutes=15)
        offer = offered(make_applicant(call), answer_by=later(days=2))
        waiting = told(make_applicant(call), WAITING)

        look_after_places.func()
        look_after_places.func()
        assert Message.objects.filter(kind="programmes.place_reminder").count() == 1
        time_machine.move_to(offer.answer_by + datetime.timedelta(minutes=14))
        look_after_places.func()
        assert not Offer.objects.filter(decision=waiting).exists()
        time_machine.move_to(offer.answer_by + datetime.timedelta(minutes=16))
        look_after_places.func()

        offer.refresh_from_db()
        assert offer.ending == Offer.Ending.LAPSED
        assert Offer.objects.unanswered().get().decision == waiting
        assert Message.objects.filter(kind="programmes.place_lapsed").count() == 1

    def test_a_student_who_leaves_frees_a_place_and_more_places_are_given_at_once(self):
        call = make_selection(places=1)
        offer = services.accept_place(offered(make_applicant(call)))
        waiting = [told(make_applicant(call), WAITING) for _number in range(3)]
        look_after_places.func()
        assert Offer.objects.unanswered().count() == 0

        Student.objects.filter(pk=offer.student_id).update(withdrawn_at=timezone.now())
        call.programme_edition.modes.update(capacity=2)
        look_after_places.func()

        assert [one.decision for one in Offer.objects.unanswered()] == waiting[:2]

    def test_who_withdrew_the_application_is_passed_over(self):
        call = make_selection(places=1)
        gone, next_one = told(make_applicant(call), WAITING), told(make_applicant(call), WAITING)
        gone.application.withdrawn_at = timezone.now()
        gone.application.save()

        (offer,) = services.move_up(call.programme_edition)

        assert offer.decision == next_one

    def test_the_list_moves_until_its_last_day_and_then_everybody_is_told(self):
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        call = make_selection(places=1, moves_up_until=yesterday)
        waiting = told(make_applicant(call), WAITING)

        assert services.move_up(call.programme_edition) == []
        close_waiting_lists.func()
        close_waiting_lists.func()

        waiting.application.refresh_from_db()
        assert waiting.application.outcome == Outcome.NOT_ADMITTED
        assert Letter.objects.filter(occasion=LetterOccasion.NOT_ADMITTED).count() == 1

    def test_an_offer_is_taken_back_with_a_reason_and_the_next_follows(self):
        call = make_selection(places=1)
        offer, waiting = offered(make_applicant(call)), told(make_applicant(call), WAITING)

        services.withdraw_offer(offer, by=make_coordinator(call), reason="The condition was not met")

        assert Offer.objects.unanswered().get().decision == waiting
        assert "not met" in Message.objects.get(kind="programmes.place_withdrawn").body
        with refused(SelectionRefusal.OFFER_ENDED):
            services.accept_place(offer)


class TestCancelled:
    def test_nothing_is_offered_in_a_cancelled_edition(self):
        call = make_selection(places=2)
        offer = offered(make_applicant(call))
        told(make_applicant(call), WAITING)
        decided(make_applicant(call), ADMIT)
        by = make_coordinator(call)
        cancel_programme_edition(call.programme_edition, by=by, reason="Too few applications")

        services.decline_place(offer)
        with refused(SelectionRefusal.CANCELLED):
            send(call, by=by)

        assert Offer.objects.get() == offer
        assert services.move_up(call.programme_edition) == []


class TestConditions:
    def test_whoever_accepts_on_conditions_is_a_student_once_all_are_met(self):
        offer = offered(make_applicant(make_selection()), CONDITIONAL)
        (condition,) = offer.decision.conditions.all()
        services.accept_place(offer)
        assert not Student.objects.exists()

        services.meet_condition(condition, by=make_person(), reason="Seen at the desk")
        services.meet_condition(condition, by=make_person(), reason="Again")

        offer.refresh_from_db()
        assert offer.student == Student.objects.get()
        condition.refresh_from_db()
        assert condition.met_reason == "Seen at the desk"
        assert Message.objects.filter(kind="programmes.admission_full").count() == 1

    def test_where_the_rules_say_so_one_begins_before_the_conditions_are_met(self):
        offer = offered(make_applicant(make_selection(begins_on_conditions=True)), CONDITIONAL)

        assert services.accept_place(offer).student == Student.objects.get()

    def test_a_condition_met_before_the_answer_admits_with_the_answer(self):
        offer = offered(make_applicant(make_selection()), CONDITIONAL)
        services.meet_condition(offer.decision.conditions.get(), by=make_person(), reason="Received")
        assert not Student.objects.exists()

        services.accept_place(offer)

        assert Student.objects.exists()

    def test_more_time_is_given_with_a_reason_and_told(self):
        offer = offered(make_applicant(make_selection()), CONDITIONAL)
        condition = offer.decision.conditions.get()
        day = timezone.localdate() + datetime.timedelta(days=60)

        services.move_condition(condition, due_on=day, by=make_person(), reason="The ministry is slow")

        condition.refresh_from_db()
        assert condition.due_on == day
        assert Message.objects.filter(kind="programmes.condition_moved").exists()

    def test_conditions_are_tracked_only_while_the_place_is_kept(self):
        offer = offered(make_applicant(make_selection()), CONDITIONAL)
        services.decline_place(offer)

        with refused(SelectionRefusal.OFFER_ENDED):
            services.meet_condition(offer.decision.conditions.get(), by=make_person(), reason="R")
