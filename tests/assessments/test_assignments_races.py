"""Two members, two clicks, a marker and a tutor at the same moment: what must hold whoever comes first."""

import datetime

import pytest
from django.utils import timezone

from assessments.assignments import services
from assessments.assignments.refusals import AssignmentRefused, NewerText
from assessments.models import Marking, ReleasedMark, Submission
from foundation.outbox.models import Message
from learning.models import Attempt
from tests.factories.accounts import make_staff
from tests.factories.assignments import (
    make_assignment,
    make_draft,
    make_submission,
    make_work_group,
    text_file,
    worth,
)
from tests.factories.enrolments import make_edition, make_enrolment
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assignment():
    return make_assignment()


@pytest.fixture
def enrolment(assignment):
    return make_enrolment(make_edition(assignment.course))


@pytest.fixture
def group_work():
    """A group assignment with its two members."""
    assignment = make_assignment(by_group=True)
    edition = make_edition(assignment.course)
    members = [make_enrolment(edition) for _member in range(2)]
    make_work_group(edition, *members)
    return assignment, members


def test_beginning_at_once_makes_one_draft(assignment, enrolment):
    begun = at_once(*[lambda: services.begin(enrolment, assignment, language="en")] * 4)

    assert len(set(begun)) == 1
    assert Submission.objects.count() == Attempt.objects.count() == 1


def test_members_who_begin_at_once_share_one_draft(group_work):
    assignment, members = group_work

    begun = at_once(*[lambda one=one: services.begin(one, assignment, language="en") for one in members * 2])

    assert len(set(begun)) == 1
    assert Submission.objects.get().members.count() == 2


def test_members_who_hand_in_at_once_hand_in_once(group_work):
    assignment, members = group_work
    draft = make_draft(assignment, members[0], text="Ours.")
    make_draft(assignment, members[1])

    done = at_once(*[lambda one=one: services.hand_in(draft, one) for one in members * 2])

    assert sorted(one.is_new for one in done) == [False, False, False, True]
    assert len({one.submission.handed_in_by for one in done}) == 1
    assert Attempt.objects.finished().count() == 2
    assert Message.objects.filter(kind="assessments.handed_in").count() == 2


def test_a_text_saved_while_handing_in_is_in_it_or_refused(assignment, enrolment):
    draft = make_draft(assignment, enrolment, text="First.")

    saved, _handed_in = at_once(
        lambda: services.save_text(draft, "Second.", by=enrolment.person, sequence=1, language="en"),
        lambda: services.hand_in(draft, enrolment),
    )

    text = Submission.objects.get().text
    assert text == ("First." if isinstance(saved, AssignmentRefused) else "Second.")


def test_two_devices_that_save_at_once_do_not_overwrite_each_other(assignment, enrolment):
    draft = make_draft(assignment, enrolment)

    saved = at_once(
        *[
            lambda text=text: services.save_text(draft, text, by=enrolment.person, sequence=0, language="en")
            for text in ("From the phone.", "From the laptop.")
        ]
    )

    [newer] = [one for one in saved if isinstance(one, NewerText)]
    assert newer.submission.text == Submission.objects.get().text


def test_files_added_at_once_do_not_pass_the_limit(enrolment, assignment):
    few = make_assignment(assignment.course, max_files=2)
    draft = make_draft(few, enrolment)

    at_once(
        *[
            lambda number=number: services.add_file(
                draft, text_file(content=f"File {number}"), by=enrolment.person
            )
            for number in range(4)
        ]
    )

    assert draft.files.count() == 2


def test_two_markers_who_begin_at_once_do_not_both_mark(assignment, enrolment):
    submission = make_submission(assignment, enrolment)
    markers = [make_staff(), make_staff()]

    marked = at_once(
        *[lambda one=one: services.save_marking(submission, worth(50), by=one) for one in markers]
    )

    assert sum(isinstance(one, AssignmentRefused) for one in marked) == 1
    assert Marking.objects.count() == 1


def test_blind_markers_who_finish_at_once_are_first_and_second(enrolment, assignment):
    double = make_assignment(assignment.course, marker_count=2)
    submission = make_submission(double, enrolment)

    at_once(
        *[
            lambda one=one: services.finish_marking(submission, worth(50), by=one)
            for one in (make_staff(), make_staff())
        ]
    )

    assert set(Marking.objects.values_list("part", flat=True)) == {"first", "second"}


def test_finishing_while_it_is_reopened_keeps_both_facts_or_refuses_one(assignment, enrolment):
    submission = make_submission(assignment, enrolment)
    marker = make_staff()
    until = timezone.now() + datetime.timedelta(days=1)

    marked, draft = at_once(
        lambda: services.finish_marking(submission, worth(50), by=marker),
        lambda: services.reopen(submission, until=until, by=marker, reason="Wrong file"),
    )

    assert draft.follows == submission
    assert Marking.objects.count() == (0 if isinstance(marked, AssignmentRefused) else 1)


def test_releasing_at_once_tells_once(assignment, enrolment):
    submission = make_submission(assignment, enrolment)
    marker = make_staff()
    services.finish_marking(submission, worth(80), by=marker)

    at_once(*[lambda: services.release(submission, by=marker)] * 4)

    assert ReleasedMark.objects.count() == 1
    assert Message.objects.filter(kind="assessments.mark_released").count() == 1


def test_changing_a_mark_while_it_is_released_ends_with_the_new_one(assignment, enrolment):
    submission = make_submission(assignment, enrolment)
    marker = make_staff()
    marking = services.finish_marking(submission, worth(50), by=marker)

    results = at_once(
        lambda: services.release(submission, by=marker),
        lambda: services.change_mark(marking, worth(90), by=marker, reason="Page 3", may_change_all=False),
    )

    assert not [one for one in results if isinstance(one, Exception)]
    assert str(enrolment.attempts.get().score) == "0.900"
