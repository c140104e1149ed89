"""What must hold whoever comes first: hand-in or exchange, one device or the other, one judge or the other."""

import datetime
from pathlib import Path

import pytest

from foundation.audit.models import Entry
from foundation.outbox.models import Message
from learning.models import Attempt
from moots import services
from moots.bench import scores_are_open
from moots.models import Memorial, Reasons, Release, ScoreCard, Side
from moots.refusals import MootRefused, NewerSave, Refusal
from tests.factories.accounts import make_person
from tests.factories.moots import (
    fresh,
    hand_in,
    make_exchanged,
    make_moot,
    make_pairing,
    make_round,
    pdf,
    save,
    score,
    seat,
    side,
)
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_hand_in_at_the_deadline_and_the_exchange_agree_on_what_counts(settings):
    for _round in range(6):
        pairing = make_pairing(make_round(make_moot()))
        appearance = side(pairing)
        first = hand_in(appearance)
        due = pairing.round.memorials_due_at

        outcomes = at_once(
            lambda appearance=appearance, due=due: hand_in(appearance, upload=pdf(pages=2), now=due),
            lambda pairing=pairing, due=due: services.exchange(pairing, now=due + MINUTE),
            lambda pairing=pairing, due=due: services.exchange(pairing, now=due + MINUTE),
        )

        handed_in, *exchanged = outcomes
        assert sorted(exchanged) == [False, True]
        if isinstance(handed_in, Memorial):
            assert appearance.memorials.last() == handed_in
        else:
            assert isinstance(handed_in, MootRefused)
            assert handed_in.refusal == Refusal.EXCHANGED
            assert appearance.memorials.last() == first
        assert fresh(pairing).exchanged_at == due + MINUTE
    assert Entry.objects.filter(action="moots.exchange").count() == 6
    assert Message.objects.filter(kind="moots.exchanged").count() == 6 * 4
    kept = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    rows = Memorial.objects.values_list("file", "clean_file")
    assert kept == {Path(name).name for row in rows for name in row}


def test_two_members_handing_in_at_once_make_two_versions(settings):
    appearance = side(make_pairing(make_round(make_moot())))

    outcomes = at_once(
        *[lambda pages=pages: hand_in(appearance, upload=pdf(pages=pages)) for pages in (1, 2, 3)]
    )

    assert [type(one) for one in outcomes] == [Memorial] * 3
    assert sorted(one.number for one in outcomes) == [1, 2, 3]


def test_two_devices_of_one_judge_never_overwrite_each_other():
    pairing = make_exchanged()
    judge, appearance = seat(pairing), side(pairing)

    outcomes = at_once(
        lambda: save(judge, appearance, c1="weak"),
        lambda: save(judge, appearance, c1="strong"),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["NewerSave", "ScoreCard"]
    saved = next(one for one in outcomes if isinstance(one, ScoreCard))
    assert ScoreCard.objects.get().choices == saved.choices


def test_two_judges_handing_in_at_once_open_the_scores():
    pairing = make_exchanged()
    judges = [seat(pairing), seat(pairing)]

    outcomes = at_once(*[lambda judge=judge: score(judge) for judge in judges])

    assert [type(one).__name__ for one in outcomes] == ["BenchSeat", "BenchSeat"]
    assert scores_are_open(pairing)
    assert ScoreCard.objects.exclude(handed_in_at=None).count() == 4


def test_two_judges_writing_reasons_at_once_keep_the_first():
    pairing = make_exchanged()
    judges = [seat(pairing), seat(pairing)]
    for judge in judges:
        score(judge)
    appearance = side(pairing, Side.DEFENCE)

    outcomes = at_once(
        *[
            lambda judge=judge: services.write_reasons(
                appearance, f"Reasons of {judge.pk}", number=0, seat=judge
            )
            for judge in judges
        ]
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["NewerSave", "Reasons"]
    refused = next(one for one in outcomes if isinstance(one, NewerSave))
    assert refused.saved == Reasons.objects.get()


def test_two_releases_at_once_are_one():
    moot = make_moot(graded=True)
    score(seat(make_exchanged(moot)))
    by = make_person()

    outcomes = at_once(*[lambda: services.release_results(moot, by=by)] * 2)

    assert [type(one) for one in outcomes] == [Release] * 2
    assert Release.objects.count() == 1
    assert Attempt.objects.count() == 4
