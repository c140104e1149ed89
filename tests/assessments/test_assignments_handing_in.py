"""Drafts and handing in: what is kept, what is refused, what everybody in a group has."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.assignments import services
from assessments.assignments.refusals import AssignmentRefused, NewerText, Refusal
from assessments.assignments.standing import Stage, assignment_standing
from assessments.file_types import UploadRefused
from assessments.models import Submission
from courses.models import CompletionRule
from enrolments.models import ActivitySchedule
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from tests.factories.accounts import make_staff
from tests.factories.assignments import (
    join,
    make_assignment,
    make_draft,
    make_submission,
    make_work_group,
    text_file,
)
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def assignment():
    return make_assignment()


@pytest.fixture
def enrolment(assignment):
    return make_enrolment(make_edition(assignment.course))


def dated(assignment, enrolment, **dates):
    ActivitySchedule.objects.update_or_create(edition=enrolment.edition, activity=assignment, defaults=dates)


def refused(action, *args, **options):
    with pytest.raises(AssignmentRefused) as problem:
        action(*args, **options)
    return problem.value.refusal


def test_beginning_twice_goes_on_with_the_same_draft(assignment, enrolment):
    first = services.begin(enrolment, assignment, language="en")
    second = services.begin(enrolment, assignment, language="en")

    assert first == second
    assert assignment_standing(enrolment, assignment).stage == Stage.DRAFT


def test_an_assignment_that_is_a_draft_cannot_be_begun(enrolment, assignment):
    unpublished = make_assignment(assignment.course, published=False)

    assert refused(services.begin, enrolment, unpublished, language="en") == Refusal.NOT_PUBLISHED


@pytest.mark.parametrize(
    ("dates", "refusal"),
    [
        ({"opens_at": DAY}, Refusal.NOT_OPEN),
        ({"due_at": -2 * DAY, "closes_at": -DAY}, Refusal.CLOSED),
    ],
)
def test_dates_keep_it_from_being_begun(assignment, enrolment, dates, refusal):
    dated(assignment, enrolment, **{name: timezone.now() + days for name, days in dates.items()})

    assert refused(services.begin, enrolment, assignment, language="en") == refusal


def test_a_text_is_saved_and_numbered(assignment, enrolment):
    draft = make_draft(assignment, enrolment, text="First.\r\nSecond.")

    assert (draft.text, draft.sequence, draft.saved_by) == ("First.\nSecond.", 1, enrolment.person)


def test_the_same_text_is_saved_once(assignment, enrolment):
    draft = make_draft(assignment, enrolment, text="First.")

    again = services.save_text(draft, "First.", by=enrolment.person, sequence=0, language="en")

    assert again.sequence == 1


def test_an_older_device_does_not_write_over_a_newer_text(assignment, enrolment):
    draft = make_draft(assignment, enrolment, text="From the laptop.")

    with pytest.raises(NewerText) as newer:
        services.save_text(draft, "From the phone.", by=enrolment.person, sequence=0, language="en")

    assert newer.value.submission.text == "From the laptop."
    assert Submission.objects.get().text == "From the laptop."


def test_a_file_is_kept_with_its_hash_under_a_name_that_says_nothing(assignment, enrolment):
    draft = make_draft(assignment, enrolment)

    file = services.add_file(draft, text_file("plea.txt", "abc"), by=enrolment.person)

    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (file.name, file.size, file.kind) == ("plea.txt", 3, "txt")
    assert "plea" not in file.file.name
    assert default_storage.open(file.file.name).read() == b"abc"


def test_the_same_file_twice_is_kept_once(assignment, enrolment):
    draft = make_draft(assignment, enrolment, files=[text_file(), text_file("again.txt")])

    assert draft.files.count() == 1


def test_no_more_files_than_allowed(enrolment, assignment):
    one = make_assignment(assignment.course, max_files=1)
    draft = make_draft(one, enrolment, files=[text_file(content="one")])

    assert refused(services.add_file, draft, text_file(content="two"), by=enrolment.person) == (
        Refusal.TOO_MANY_FILES
    )


def test_a_removed_file_is_gone(assignment, enrolment, django_capture_on_commit_callbacks):
    draft = make_draft(assignment, enrolment, files=[text_file()])
    file = draft.files.get()

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_file(file)
        services.remove_file(file)

    assert not draft.files.exists()
    assert not default_storage.exists(file.file.name)


def test_handing_in_finishes_the_attempt_without_a_score_and_pins_the_version(assignment, enrolment):
    submission = make_submission(assignment, enrolment)

    attempt = enrolment.attempts.get()
    assert submission.version == assignment.versions.get()
    assert attempt.finished_at
    assert attempt.score is None
    assert not enrolment.completions.exists()


def test_handing_in_completes_what_asks_for_nothing_more(enrolment, assignment):
    simple = make_assignment(assignment.course, completion_rule=CompletionRule.FINISHED)

    make_submission(simple, enrolment)

    assert enrolment.completions.filter(activity=simple).exists()


def test_handing_in_twice_hands_in_once_and_writes_once(assignment, enrolment):
    draft = make_draft(assignment, enrolment, text="Done.")

    first = services.hand_in(draft, enrolment)
    second = services.hand_in(draft, enrolment)

    assert (first.is_new, second.is_new) == (True, False)
    assert first.submission.handed_in_at == second.submission.handed_in_at
    assert Message.objects.filter(kind="assessments.handed_in").count() == 1


def test_the_receipt_names_files_and_hashes(assignment, enrolment):
    submission = make_submission(assignment, enrolment, files=[text_file("plea.txt", "abc")])

    message = Message.objects.get(kind="assessments.handed_in")
    assert "plea.txt" in message.body
    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" in message.body
    assert submission.code in message.body


def test_what_is_handed_in_never_changes(assignment, enrolment):
    submission = make_submission(assignment, enrolment, files=[text_file()])
    by = enrolment.person

    assert refused(services.save_text, submission, "Later.", by=by, sequence=1, language="en") == (
        Refusal.HANDED_IN
    )
    assert refused(services.add_file, submission, text_file(content="two"), by=by) == Refusal.HANDED_IN
    assert refused(services.remove_file, submission.files.get()) == Refusal.HANDED_IN
    assert refused(services.begin, enrolment, assignment, language="en") == Refusal.HANDED_IN
    assert submission.files.count() == 1


@pytest.mark.parametrize(
    ("rules", "text", "files", "refusal"),
    [
        ({"accepts": "either"}, "", 0, Refusal.NOTHING),
        ({"accepts": "text"}, " \n ", 0, Refusal.NOTHING),
        ({"accepts": "both"}, "Words.", 0, Refusal.NO_FILE),
        ({"accepts": "both"}, "", 1, Refusal.NO_TEXT),
        ({"accepts": "files"}, "Words.", 0, Refusal.NOTHING),
        ({"min_words": 3}, "Two words", 0, Refusal.NO_TEXT),
        ({"max_words": 1}, "Two words", 0, Refusal.NO_TEXT),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_handed_in(enrolment, assignment, rules, text, files, refusal):
    strict = make_assignment(assignment.course, **rules)
    draft = make_draft(strict, enrolment, text=text, files=[text_file()] * files)

    assert refused(services.hand_in, draft, enrolment) == refusal
    assert not Submission.objects.handed_in().exists()
    assert enrolment.attempts.get().finished_at is None


def test_after_the_cut_off_nothing_is_taken(assignment, enrolment):
    draft = make_draft(assignment, enrolment, text="Too late.")
    dated(assignment, enrolment, closes_at=timezone.now() - DAY)

    assert refused(services.hand_in, draft, enrolment) == Refusal.CLOSED


def test_where_late_work_is_not_accepted_the_due_date_is_the_end(enrolment, assignment):
    strict = make_assignment(assignment.course, accepts_late=False)
    draft = make_draft(strict, enrolment, text="Late.")
    dated(strict, enrolment, due_at=timezone.now() - DAY)

    assert refused(services.hand_in, draft, enrolment) == Refusal.CLOSED


def test_a_draft_follows_the_rules_published_last(assignment, enrolment):
    draft = make_draft(assignment, enrolment, text="Two words")
    assignment.max_words = 1
    assignment.save()
    from assessments.assignments.publishing import freeze_assignment

    freeze_assignment(assignment)

    assert refused(services.hand_in, draft, enrolment) == Refusal.NO_TEXT


def test_a_file_of_another_type_is_refused_and_leaves_nothing_behind(assignment, enrolment):
    draft = make_draft(assignment, enrolment)

    with pytest.raises(UploadRefused, match="type that is not taken"):
        services.add_file(draft, text_file("program.exe"), by=enrolment.person)

    assert not draft.files.exists()


class TestGroups:
    @pytest.fixture
    def assignment(self):
        return make_assignment(by_group=True)

    @pytest.fixture
    def friend(self, enrolment):
        return make_enrolment(enrolment.edition)

    @pytest.fixture
    def group(self, enrolment, friend):
        return make_work_group(enrolment.edition, enrolment, friend)

    def test_without_a_group_there_is_nothing_to_begin(self, assignment, enrolment):
        assert refused(services.begin, enrolment, assignment, language="en") == Refusal.NO_GROUP

    def test_members_share_one_draft(self, assignment, enrolment, friend, group):
        assert make_draft(assignment, enrolment) == make_draft(assignment, friend)

    def test_one_hands_in_and_all_have_it(self, assignment, enrolment, friend, group):
        submission = make_submission(assignment, enrolment)

        attempts = {member.attempt.enrolment for member in submission.members.all()}
        assert attempts == {enrolment, friend}
        assert friend.attempts.get().finished_at
        assert assignment_standing(friend, assignment).submission == submission
        receipts = Message.objects.filter(kind="assessments.handed_in")
        assert {receipt.recipient for receipt in receipts} == {enrolment.person, friend.person}

    def test_the_second_is_told_who_handed_in(self, assignment, enrolment, friend, group):
        draft = make_draft(assignment, friend, text="Ours.")
        make_draft(assignment, enrolment)
        services.hand_in(draft, enrolment)

        second = services.hand_in(draft, friend)

        assert not second.is_new
        assert second.submission.handed_in_by == enrolment.person

    def test_who_left_the_group_no_longer_hands_in_for_it(self, assignment, enrolment, friend, group):
        draft = make_draft(assignment, friend, text="Ours.")
        make_draft(assignment, enrolment)
        group.members.filter(enrolment=friend).update(left_at=timezone.now())

        assert refused(services.hand_in, draft, friend) == Refusal.NOT_IN_GROUP

        services.hand_in(draft, enrolment)
        assert [member.attempt.enrolment for member in draft.members.all()] == [enrolment]
        assert friend.attempts.get().finished_at is None

    def test_who_joins_after_it_was_handed_in_is_told_so(self, assignment, enrolment, friend, group):
        make_submission(assignment, enrolment)
        late = make_enrolment(enrolment.edition)
        join(group, late)

        assert refused(services.begin, late, assignment, language="en") == Refusal.GROUP_HANDED_IN


class TestReopening:
    @pytest.fixture
    def tutor(self):
        return make_staff()

    @pytest.fixture
    def submission(self, assignment, enrolment):
        return make_submission(assignment, enrolment, text="First go.", files=[text_file()])

    def reopened(self, submission, tutor, **options):
        until = timezone.now() + 3 * DAY
        return services.reopen(submission, **{"until": until, "by": tutor, "reason": "Wrong file"} | options)

    def test_a_new_draft_begins_with_what_was_handed_in(self, submission, tutor, enrolment):
        draft = self.reopened(submission, tutor)

        submission.refresh_from_db()
        assert submission.handed_in_at
        assert (draft.text, draft.files.get().sha256) == ("First go.", submission.files.get().sha256)
        assert enrolment.attempts.count() == 2
        assert Message.objects.filter(kind="assessments.reopened").count() == 1

    def test_it_is_recorded_with_its_reason_and_done_once(self, submission, tutor):
        assert self.reopened(submission, tutor) == self.reopened(submission, tutor)

        [entry] = Entry.objects.filter(action="assessments.reopen_submission")
        assert entry.reason == "Wrong file"

    @pytest.mark.parametrize(
        ("options", "refusal"),
        [
            ({"reason": " "}, Refusal.NO_REASON),
            ({"until": timezone.now() - DAY}, Refusal.IN_THE_PAST),
        ],
    )
    def test_it_needs_a_reason_and_a_date_to_come(self, submission, tutor, options, refusal):
        with pytest.raises(AssignmentRefused) as problem:
            self.reopened(submission, tutor, **options)

        assert problem.value.refusal == refusal

    def test_it_may_be_handed_in_again_though_it_has_closed(self, submission, tutor, assignment, enrolment):
        dated(assignment, enrolment, due_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY)
        draft = self.reopened(submission, tutor)

        again = services.hand_in(draft, enrolment)

        assert again.is_new
        assert assignment_standing(enrolment, assignment).days_late == 0

    def test_removing_a_file_of_the_new_draft_keeps_that_of_the_paper_before(
        self, submission, tutor, django_capture_on_commit_callbacks
    ):
        draft = self.reopened(submission, tutor)

        with django_capture_on_commit_callbacks(execute=True):
            services.remove_file(draft.files.get())

        assert default_storage.exists(submission.files.get().file.name)
