"""Marking and releasing: what counts, who sees what, what is recorded."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from assessments.assignments import services
from assessments.assignments.marks import MarkState, outcome, visible_markings
from assessments.assignments.refusals import AssignmentRefused, Refusal
from assessments.assignments.rules import rules_of
from assessments.models import Disagreement, Marking, ReleasedMark
from enrolments.models import ActivitySchedule
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from tests.factories.accounts import make_staff
from tests.factories.assignments import (
    make_assignment,
    make_draft,
    make_rubric,
    make_submission,
    make_work_group,
    pdf_file,
    strong,
    text_file,
    worth,
)
from tests.factories.enrolments import make_accommodation, make_edition, make_enrolment

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def marker():
    return make_staff()


@pytest.fixture
def other():
    return make_staff()


@pytest.fixture
def third():
    return make_staff()


def outcome_of(submission):
    return outcome(rules_of(submission.version), submission.markings.all())


def refused(action, *args, **options):
    with pytest.raises(AssignmentRefused) as problem:
        action(*args, **options)
    return problem.value.refusal


def score_of(enrolment):
    return enrolment.attempts.order_by("number").last().score


def member_of(submission):
    return submission.members.get()


class TestOneMarker:
    @pytest.fixture
    def submission(self):
        return make_submission(make_assignment(rubric=make_rubric()))

    @pytest.fixture
    def enrolment(self, submission):
        return member_of(submission).attempt.enrolment

    def test_marks_are_kept_as_a_draft_until_they_are_finished(self, submission, marker):
        services.save_marking(submission, services.Marks(choices={"c1": "fair"}), by=marker)
        services.save_marking(submission, services.Marks(choices={"c1": "strong"}), by=marker)

        marking = Marking.objects.get()
        assert [(row.criterion, row.level) for row in marking.criteria.all()] == [("c1", "strong")]
        assert outcome_of(submission).state == MarkState.TO_MARK

    def test_a_draft_keeps_others_out_until_it_is_put_back(self, submission, marker, other):
        services.save_marking(submission, strong(), by=marker)

        assert refused(services.save_marking, submission, strong(), by=other) == Refusal.TAKEN

        services.put_back(submission, by=marker)
        services.save_marking(submission, strong(), by=other)
        assert Marking.objects.get().marker == other

    def test_the_levels_make_the_score(self, submission, marker):
        services.finish_marking(submission, strong(c2="fair"), by=marker)

        assert outcome_of(submission).score == Decimal("0.75")

    def test_a_criterion_without_a_level_is_said(self, submission, marker):
        marks = services.Marks(choices={"c1": "strong"})

        assert refused(services.finish_marking, submission, marks, by=marker) == Refusal.INCOMPLETE

    def test_finishing_twice_changes_nothing(self, submission, marker):
        first = services.finish_marking(submission, strong(), by=marker)
        second = services.finish_marking(submission, strong(c1="weak"), by=marker)

        assert first == second
        assert outcome_of(submission).score == 1

    def test_a_finished_marking_is_no_draft_any_more(self, submission, marker):
        services.finish_marking(submission, strong(), by=marker)

        assert refused(services.save_marking, submission, strong(), by=marker) == Refusal.FINISHED

    def test_nobody_marks_their_own_work(self, submission, enrolment):
        assert refused(services.save_marking, submission, strong(), by=enrolment.person) == Refusal.OWN_WORK

    def test_a_draft_of_the_learner_is_not_marked(self, marker):
        draft = make_draft(make_assignment())

        assert refused(services.save_marking, draft, worth(1), by=marker) == Refusal.NOT_HANDED_IN

    def test_nothing_is_told_before_it_is_released(self, submission, enrolment, marker):
        services.finish_marking(submission, strong(), by=marker)

        assert score_of(enrolment) is None
        assert not enrolment.completions.exists()
        assert not Message.objects.filter(kind="assessments.mark_released").exists()

    def test_releasing_gives_the_score_completes_and_tells(self, submission, enrolment, marker):
        services.finish_marking(submission, strong(c2="fair"), by=marker)

        services.release(submission, by=marker)

        assert score_of(enrolment) == Decimal("0.75")
        assert enrolment.completions.exists()
        assert Message.objects.filter(kind="assessments.mark_released").count() == 1
        assert Entry.objects.filter(action="assessments.release_mark").count() == 1

    def test_a_mark_below_the_pass_mark_completes_nothing(self, submission, enrolment, marker):
        services.finish_marking(submission, strong(c1="weak", c2="fair"), by=marker)

        services.release(submission, by=marker)

        assert score_of(enrolment) == Decimal("0.25")
        assert not enrolment.completions.exists()

    def test_releasing_twice_tells_once(self, submission, marker):
        services.finish_marking(submission, strong(), by=marker)

        services.release(submission, by=marker)

        assert services.release(submission, by=marker) == []
        assert ReleasedMark.objects.count() == 1

    def test_what_is_not_marked_is_not_released(self, submission, marker):
        services.save_marking(submission, strong(), by=marker)

        assert refused(services.release, submission, by=marker) == Refusal.NOT_SETTLED

    def test_all_that_is_settled_is_released_at_once_and_the_rest_waits(self, submission, marker):
        assignment, edition = submission.assignment, submission.edition
        waits = make_submission(assignment, make_enrolment(edition))
        done = make_submission(assignment, make_enrolment(edition))
        for one in (submission, done):
            services.finish_marking(one, strong(), by=marker)

        assert services.release_all(assignment, edition, by=marker) == 2
        assert services.release_all(assignment, edition, by=marker) == 0
        assert not waits.members.get().released_marks.exists()

    def test_a_mark_is_changed_only_with_a_reason_and_told_again(self, submission, enrolment, marker):
        marking = services.finish_marking(submission, strong(c1="weak"), by=marker)
        services.release(submission, by=marker)
        change = {"by": marker, "may_change_all": False}

        assert refused(services.change_mark, marking, strong(), reason=" ", **change) == Refusal.NO_REASON
        services.change_mark(marking, strong(), reason="Page 3 had been overlooked", **change)

        assert score_of(enrolment) == 1
        assert [told.score for told in ReleasedMark.objects.all()] == [Decimal("0.5"), Decimal(1)]
        entry = Entry.objects.get(action="assessments.change_mark")
        assert (entry.before["score"], entry.after["score"]) == ("0.500", "1.000")
        assert entry.reason == "Page 3 had been overlooked"

    def test_a_lower_mark_takes_no_completion_away(self, submission, enrolment, marker):
        marking = services.finish_marking(submission, strong(), by=marker)
        services.release(submission, by=marker)

        services.change_mark(
            marking, strong(c1="weak", c2="weak"), by=marker, reason="Copied", may_change_all=False
        )

        assert score_of(enrolment) == 0
        assert enrolment.completions.exists()

    def test_a_mark_of_somebody_else_is_changed_by_whoever_may(self, submission, marker, other):
        marking = services.finish_marking(submission, strong(), by=marker)
        change = {"by": other, "reason": "Appeal"}

        assert refused(services.change_mark, marking, strong(), may_change_all=False, **change) == (
            Refusal.NOT_YOURS
        )
        changed = services.change_mark(marking, strong(c1="fair"), may_change_all=True, **change)
        assert (changed.marker, changed.replaces) == (other, marking)

    def test_an_annotated_file_is_checked_like_any_other_and_goes_with_the_mark(self, submission, marker):
        services.save_marking(submission, strong(), by=marker)
        file = services.add_returned_file(submission, pdf_file(), by=marker)

        marking = services.finish_marking(submission, strong(), by=marker)

        assert list(marking.files.all()) == [file]
        assert refused(services.remove_returned_file, file, by=marker) == Refusal.FINISHED

    def test_a_reopened_paper_is_not_marked_while_it_is_worked_on(self, submission, marker):
        services.reopen(submission, until=timezone.now() + DAY, by=marker, reason="Wrong file")

        assert refused(services.save_marking, submission, strong(), by=marker) == Refusal.BEING_REVISED

    def test_a_paper_handed_in_again_takes_the_place_of_the_one_before(self, submission, enrolment, marker):
        services.finish_marking(submission, strong(c1="weak"), by=marker)
        services.release(submission, by=marker)
        draft = services.reopen(submission, until=timezone.now() + DAY, by=marker, reason="Revise")
        again = services.hand_in(draft, enrolment).submission

        assert refused(services.release, submission, by=marker) == Refusal.REPLACED
        assert submission.assignment.grade(enrolment.attempts.order_by("number")) == Decimal("0.5")

        services.finish_marking(again, strong(), by=marker)
        services.release(again, by=marker)
        assert submission.assignment.grade(enrolment.attempts.order_by("number")) == 1


class TestPoints:
    @pytest.fixture
    def submission(self):
        return make_submission(make_assignment(max_points=Decimal(20)))

    def test_points_make_the_score(self, submission, marker):
        services.finish_marking(submission, worth("13.5"), by=marker)

        assert outcome_of(submission).score == Decimal("0.675")

    @pytest.mark.parametrize(
        ("marks", "refusal"),
        [(services.Marks(), Refusal.NO_POINTS), (worth("20.5"), Refusal.TOO_MANY_POINTS)],
    )
    def test_points_are_needed_and_have_a_limit(self, submission, marker, marks, refusal):
        assert refused(services.finish_marking, submission, marks, by=marker) == refusal


class TestTwoMarkers:
    def make(self, on_disagreement=Disagreement.THIRD, limit="0.1"):
        assignment = make_assignment(
            marker_count=2, difference_limit=Decimal(limit), on_disagreement=on_disagreement
        )
        return make_submission(assignment)

    def both(self, submission, first, second, marker, other):
        services.finish_marking(submission, worth(first), by=marker)
        services.finish_marking(submission, worth(second), by=other)

    def test_they_are_blind_until_both_have_finished(self, marker, other):
        submission = self.make()
        services.finish_marking(submission, worth(70), by=marker)
        services.save_marking(submission, worth(50), by=other)
        rules, markings = rules_of(submission.version), submission.markings.all()

        assert [one.marker for one in visible_markings(rules, markings, marker)] == [marker]
        assert [one.marker for one in visible_markings(rules, markings, other)] == [other]

        services.finish_marking(submission, worth(72), by=other)
        assert len(visible_markings(rules, submission.markings.all(), marker)) == 2

    def test_one_marker_does_not_mark_twice(self, marker):
        submission = self.make()
        services.finish_marking(submission, worth(70), by=marker)

        assert refused(services.save_marking, submission, worth(70), by=marker) == Refusal.FINISHED

    def test_within_the_limit_the_mean_counts(self, marker, other):
        submission = self.make()
        self.both(submission, 70, 75, marker, other)

        assert outcome_of(submission).score == Decimal("0.725")

    def test_beyond_it_the_mean_counts_where_the_assignment_says_so(self, marker, other):
        submission = self.make(Disagreement.MEAN)
        self.both(submission, 50, 90, marker, other)

        assert outcome_of(submission).score == Decimal("0.7")

    def test_beyond_it_a_third_marker_decides(self, marker, other, third):
        submission = self.make()
        self.both(submission, 50, 90, marker, other)

        assert outcome_of(submission).state == MarkState.THIRD
        assert refused(services.release, submission, by=marker) == Refusal.NOT_SETTLED
        services.finish_marking(submission, worth(80), by=third)
        assert outcome_of(submission).score == Decimal("0.8")

    def test_a_third_marker_is_not_asked_within_the_limit(self, marker, other, third):
        submission = self.make()
        self.both(submission, 70, 75, marker, other)

        assert refused(services.save_marking, submission, worth(1), by=third) == Refusal.MARKED

    def test_an_agreed_mark_is_proposed_by_one_and_confirmed_by_the_other(self, marker, other):
        submission = self.make(Disagreement.AGREE)
        self.both(submission, 50, 90, marker, other)
        services.finish_marking(submission, worth(75), by=marker, part="agreed")

        assert outcome_of(submission).state == MarkState.TO_CONFIRM
        assert refused(services.confirm_agreed_mark, submission, by=marker) == Refusal.TO_OTHER_MARKER
        services.confirm_agreed_mark(submission, by=other)
        assert outcome_of(submission).score == Decimal("0.75")

    @pytest.mark.parametrize("may_change_all", [False, True])
    def test_what_two_agreed_on_is_not_changed_by_one_of_them_alone(self, marker, other, may_change_all):
        submission = self.make(Disagreement.AGREE)
        self.both(submission, 50, 90, marker, other)
        agreed = services.finish_marking(submission, worth(75), by=marker, part="agreed")
        services.confirm_agreed_mark(submission, by=other)
        change = {"by": marker, "reason": "On reflection", "may_change_all": may_change_all}

        if may_change_all:
            services.change_mark(agreed, worth(60), **change)
        else:
            assert refused(services.change_mark, agreed, worth(60), **change) == Refusal.NOT_YOURS

        assert outcome_of(submission).score == Decimal("0.6" if may_change_all else "0.75")

    def test_a_second_click_on_finishing_proposes_no_agreed_mark(self, marker, other):
        submission = self.make(Disagreement.AGREE)
        self.both(submission, 50, 90, marker, other)

        services.finish_marking(submission, worth(90), by=other)

        assert outcome_of(submission).state == MarkState.TO_AGREE

    def test_a_stranger_to_the_marking_confirms_nothing(self, marker, other, third):
        submission = self.make(Disagreement.AGREE)
        self.both(submission, 50, 90, marker, other)
        services.finish_marking(submission, worth(75), by=marker, part="agreed")

        assert refused(services.confirm_agreed_mark, submission, by=third) == Refusal.NOT_YOURS


class TestLateness:
    @pytest.fixture
    def late(self):
        """Handed in a day and an hour late; each day begun takes off 5 %."""
        assignment = make_assignment(late_penalty=Decimal("0.05"))
        enrolment = make_enrolment(make_edition(assignment.course))
        ActivitySchedule.objects.create(
            edition=enrolment.edition,
            activity=assignment,
            due_at=timezone.now() - DAY - datetime.timedelta(hours=1),
        )
        return make_submission(assignment, enrolment)

    def test_each_day_begun_is_taken_off(self, late, marker):
        services.finish_marking(late, worth(80), by=marker)

        [told] = services.release(late, by=marker)

        assert (told.mark, told.days_late, told.penalty, told.score) == (
            Decimal("0.8"),
            2,
            Decimal("0.1"),
            Decimal("0.7"),
        )

    def test_it_never_goes_below_nothing(self, late, marker):
        services.finish_marking(late, worth(4), by=marker)

        assert services.release(late, by=marker)[0].score == 0

    def test_an_extension_given_afterwards_counts(self, late, marker):
        enrolment = member_of(late).attempt.enrolment
        make_accommodation(enrolment, late.assignment, due_at=timezone.now() + DAY)
        services.finish_marking(late, worth(80), by=marker)

        assert services.release(late, by=marker)[0].score == Decimal("0.8")

    def test_each_member_of_a_group_is_late_by_their_own_date(self, marker):
        assignment = make_assignment(by_group=True, late_penalty=Decimal("0.05"))
        edition = make_edition(assignment.course)
        late, extended = make_enrolment(edition), make_enrolment(edition)
        make_work_group(edition, late, extended)
        ActivitySchedule.objects.create(
            edition=edition, activity=assignment, due_at=timezone.now() - datetime.timedelta(hours=1)
        )
        make_accommodation(extended, assignment, due_at=timezone.now() + DAY)
        submission = make_submission(assignment, late)
        services.finish_marking(submission, worth(80), by=marker)

        services.release(submission, by=marker)

        assert (score_of(late), score_of(extended)) == (Decimal("0.75"), Decimal("0.8"))


def test_files_of_a_draft_marking_go_with_it(marker, django_capture_on_commit_callbacks):
    submission = make_submission(make_assignment())
    services.add_returned_file(submission, text_file(), by=marker)

    with django_capture_on_commit_callbacks(execute=True):
        services.put_back(submission, by=marker)

    assert not Marking.objects.exists()
