"""Two windows, two roads, one attempt: what must hold whoever comes first."""

from decimal import Decimal
from uuid import uuid4

import pytest

from h5p.core.completing import outcome
from learning.interactive.refusals import ReportRefused
from learning.interactive.services.again import try_again
from learning.interactive.services.beginning import begin_next
from learning.interactive.services.results import record_result
from learning.interactive.services.states import save_state
from learning.models import Attempt, Completion, H5PAttempt, H5PState
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.interactive import add_version, make_interactive, make_played
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def played():
    enrolment = make_enrolment(make_edition(make_course()))
    return make_played(enrolment, make_interactive(enrolment.edition.course))


def problems(outcomes):
    return [one for one in outcomes if isinstance(one, Exception)]


def test_two_results_at_once_leave_one_of_them_whole(played):
    results = [outcome(Decimal(raw), Decimal(most), None) for raw, most in ((1, 4), (2, 2), (0, 3), (4, 4))]

    found = at_once(*[lambda result=result: record_result(played, result) for result in results])

    assert problems(found) == []
    kept = H5PAttempt.objects.select_related("attempt").get()
    assert (kept.raw, kept.maximum) in {(result.raw, result.maximum) for result in results}
    assert kept.attempt.score == (kept.raw / kept.maximum).quantize(Decimal("0.001"))
    assert Completion.objects.count() == 1


def test_trying_again_from_four_windows_at_once_begins_one_attempt(played):
    record_result(played, outcome(Decimal(1), Decimal(4), None))
    same = uuid4()

    found = at_once(*[lambda name=name: try_again(played, name) for name in (same, same, uuid4(), uuid4())])

    assert problems(found) == []
    assert len({one.pk for one in found}) == 1
    assert list(Attempt.objects.values_list("number", flat=True)) == [1, 2]


def test_beginning_from_four_windows_at_once_begins_one_attempt(played):
    enrolment, activity = played.attempt.enrolment, played.attempt.activity.specific
    record_result(played, outcome(Decimal(1), Decimal(4), None))

    found = at_once(*[lambda: begin_next(enrolment, activity, language="en")] * 4)

    assert problems(found) == []
    assert Attempt.objects.count() == H5PAttempt.objects.count() == 2


def test_the_same_state_saved_twice_at_once_is_kept_once(played):
    found = at_once(*[lambda: save_state(played, "closed at once")] * 4)

    assert problems(found) == []
    assert H5PState.objects.count() == 1


def test_a_state_of_the_old_content_never_replaces_the_word_that_it_was_changed(played):
    save_state(played, "old", invalidate=True)
    enrolment, activity = played.attempt.enrolment, played.attempt.activity.specific
    add_version(activity.words.get().content)

    found = at_once(
        lambda: save_state(played, "older still", invalidate=True),
        lambda: begin_next(enrolment, activity, language="en"),
    )

    assert {type(one) for one in problems(found)} <= {ReportRefused}
    assert H5PState.objects.get().data == "RESET"
