"""What staff enter: appended, with a reason where a record changes, and never on top of what somebody else said."""

from decimal import Decimal

import pytest

from foundation.audit.models import Entry
from gradebook.book import Book
from gradebook.grades import ItemState
from gradebook.models import EntryKind, EntrySource, GradeEntry
from gradebook.refusals import CellChanged, NotInThisGradebook, NotUnderstood, OwnResult, ReasonNeeded
from gradebook.services import comment, enter, leave_out, undo
from gradebook.typed import Typed, as_typed, parse
from tests.factories.enrolments import make_enrolment
from tests.factories.gradebook import make_entry, make_item, make_scale
from tests.factories.learning import make_attempt

pytestmark = pytest.mark.django_db

EIGHTY = Typed(EntryKind.SCORE, Decimal("0.8"))
SEVENTY = Typed(EntryKind.SCORE, Decimal("0.7"))
EXCUSED = Typed(EntryKind.EXCUSED)
CLEARED = Typed(EntryKind.CLEARED)


def grade_of(enrolment, item):
    return Book(enrolment.edition).grade(enrolment).item(item.pk)


def test_a_first_result_by_hand_needs_no_reason(moot, enrolment, tutor):
    enter(moot, enrolment, EIGHTY, by=tutor)

    assert grade_of(enrolment, moot).points == 16


@pytest.mark.parametrize("typed", [SEVENTY, EXCUSED, CLEARED])
def test_changing_a_result_that_is_there_needs_a_reason(moot, enrolment, tutor, typed):
    enter(moot, enrolment, EIGHTY, by=tutor)

    with pytest.raises(ReasonNeeded):
        enter(moot, enrolment, typed, by=tutor, reason="  ")

    assert grade_of(enrolment, moot).points == 16
    enter(moot, enrolment, typed, by=tutor, reason="Marked anew")
    assert GradeEntry.objects.newest().get().kind == typed.kind


@pytest.mark.parametrize("typed", [SEVENTY, EXCUSED])
def test_overriding_what_the_activity_gave_needs_a_reason(quiz_one, enrolment, tutor, typed):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.4"))

    with pytest.raises(ReasonNeeded):
        enter(quiz_one, enrolment, typed, by=tutor)

    enter(quiz_one, enrolment, typed, by=tutor, reason="A question was unclear")
    found = grade_of(enrolment, quiz_one)
    assert found.is_override
    assert found.fact.derived == Decimal("0.4")


def test_the_record_says_who_when_why_before_and_after(quiz_one, enrolment, tutor):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.4"))

    enter(quiz_one, enrolment, EIGHTY, by=tutor, reason="A question was unclear")

    entry = Entry.objects.get(action="gradebook.enter")
    assert entry.actor == tutor
    assert entry.reason == "A question was unclear"
    assert entry.object_id == str(enrolment.pk)
    assert entry.before == {"Quiz one": {"from": "activity", "score": "0.40000000"}}
    assert entry.after == {"Quiz one": {"from": "staff", "kind": "score", "score": "0.8"}}


def test_nothing_is_overwritten_each_entry_names_the_one_before(moot, enrolment, tutor):
    first = enter(moot, enrolment, EIGHTY, by=tutor)
    second = enter(moot, enrolment, SEVENTY, by=tutor, reason="Marked anew")

    assert list(GradeEntry.objects.values_list("score", "replaces")) == [
        (Decimal("0.8"), None),
        (Decimal("0.7"), first.pk),
    ]
    assert list(GradeEntry.objects.newest()) == [second]


def test_entering_the_same_again_adds_nothing(moot, enrolment, tutor):
    first = enter(moot, enrolment, EIGHTY, by=tutor)

    assert enter(moot, enrolment, EIGHTY, by=tutor, seen=0) == first
    assert GradeEntry.objects.count() == 1


def test_what_somebody_else_saved_meanwhile_stands(moot, enrolment, tutor, coordinator):
    other = enter(moot, enrolment, EIGHTY, by=coordinator)

    with pytest.raises(CellChanged) as refused:
        enter(moot, enrolment, SEVENTY, by=tutor, reason="Mine", seen=0)

    assert refused.value.entry == other
    assert "Luc Moreau" in str(refused.value)
    assert enter(
        moot, enrolment, SEVENTY, by=tutor, reason="Agreed with Luc", seen=other.pk
    ).score == Decimal("0.7")


def test_clearing_lets_the_activity_count_again(quiz_one, enrolment, tutor):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.4"))
    enter(quiz_one, enrolment, EIGHTY, by=tutor, reason="Mistaken")

    enter(quiz_one, enrolment, CLEARED, by=tutor, reason="The wrong learner")

    found = grade_of(enrolment, quiz_one)
    assert found.score == Decimal("0.4")
    assert not found.is_override


def test_undoing_is_a_new_entry_with_what_was_there(moot, enrolment, tutor):
    enter(moot, enrolment, EIGHTY, by=tutor, comment="Well argued")
    second = enter(moot, enrolment, EXCUSED, by=tutor, reason="Ill", comment="")

    undone = undo(second, by=tutor)

    assert (undone.kind, undone.score, undone.comment) == ("score", Decimal("0.8"), "Well argued")
    assert undone.source == EntrySource.UNDONE
    assert GradeEntry.objects.count() == 3
    first_of_all = GradeEntry.objects.order_by("pk").first()
    with pytest.raises(CellChanged):
        undo(first_of_all, by=tutor)


def test_a_comment_leaves_the_result_alone_and_needs_no_reason(quiz_one, enrolment, tutor):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.4"))

    comment(quiz_one, enrolment, "Read lesson two again.", by=tutor)

    found = grade_of(enrolment, quiz_one)
    assert (found.score, found.comment, found.is_override) == (
        Decimal("0.4"),
        "Read lesson two again.",
        False,
    )
    enter(quiz_one, enrolment, EIGHTY, by=tutor, reason="Oral exam")
    assert grade_of(enrolment, quiz_one).comment == "Read lesson two again."


def test_an_item_left_out_or_of_another_edition_takes_nothing(moot, enrolment, tutor):
    with pytest.raises(NotInThisGradebook):
        enter(make_item(), enrolment, EIGHTY, by=tutor)
    leave_out(moot, by=tutor, reason="The moot was cancelled")
    with pytest.raises(NotInThisGradebook):
        enter(moot, enrolment, EIGHTY, by=tutor)

    assert not GradeEntry.objects.exists()


def test_only_attempts_that_were_marked_give_a_score(quiz_one, enrolment):
    make_attempt(enrolment, quiz_one.activity, score=None, finished=True)
    assert grade_of(enrolment, quiz_one).state == ItemState.WAITING

    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.4"))

    found = grade_of(enrolment, quiz_one)
    assert found.score == Decimal("0.4")
    assert found.fact.is_waiting


def test_the_grading_method_of_the_quiz_is_respected(quiz_one, enrolment):
    quiz = quiz_one.activity.specific
    quiz.grading_method = "last"
    quiz.save()
    make_attempt(enrolment, quiz, score=Decimal("0.9"))
    make_attempt(enrolment, quiz, score=Decimal("0.5"))

    assert grade_of(enrolment, quiz_one).score == Decimal("0.5")


def test_entries_of_others_and_of_other_items_do_not_mix(moot, quiz_one, enrolment, tutor):
    other = make_enrolment(enrolment.edition)
    make_entry(moot, other, Decimal("0.1"))
    make_entry(quiz_one, other, Decimal("0.2"))

    enter(moot, enrolment, EIGHTY, by=tutor)

    grades = Book(enrolment.edition).grades([enrolment, other])
    assert grades[enrolment.pk].item(moot.pk).score == Decimal("0.8")
    assert grades[enrolment.pk].item(quiz_one.pk).score is None
    assert grades[other.pk].item(moot.pk).score == Decimal("0.1")


# --- typing ---


@pytest.mark.parametrize(
    ("text", "kind", "score"),
    [
        ("17", "score", "0.85"),
        (" 17,5 ", "score", "0.875"),
        ("17.5", "score", "0.875"),
        ("17/20", "score", "0.85"),
        ("85 %", "score", "0.85"),
        ("85%", "score", "0.85"),
        ("١٧", "score", "0.85"),
        ("١٧٫٥", "score", "0.875"),
        ("0", "score", "0"),
        ("20", "score", "1"),
        ("ex", "excused", None),
        ("Excused", "excused", None),
        ("missing", "missing", None),
        ("", "cleared", None),
        ("  ", "cleared", None),
    ],
)
def test_what_can_be_typed(moot, text, kind, score):
    assert parse(text, moot) == Typed(EntryKind(kind), None if score is None else Decimal(score))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("21", "The most that can be earned in “Pleading” is 20."),
        ("101 %", "The most that can be earned in “Pleading” is 100\u00a0%."),
        ("17/25", "“Pleading” is out of 20, not out of 25."),
        ("-3", "“-3” is no result."),
        ("good", "“good” is no result."),
        ("1e3", "“1e3” is no result."),
        ("1,000.5", "“1,000.5” is no result."),
    ],
)
def test_what_cannot_be_typed_is_refused_with_a_sentence(moot, text, said):
    with pytest.raises(NotUnderstood) as refused:
        parse(text, moot)

    assert said in str(refused.value)


def test_a_word_of_the_scale_can_be_typed(scheme, moot):
    scheme.scale = make_scale(("0.6", "Pass"), ("0", "Fail"))
    scheme.scale.bands.filter(name="Pass").update(counts_as="1")
    scheme.save()
    bands = Book(scheme.edition).plan.scale.bands

    assert parse("pass", moot, bands).score == 1
    assert parse("FAIL", moot, bands).score == 0


@pytest.mark.parametrize("points", ["18", "20", "7", "33.33", "9999.99"])
@pytest.mark.parametrize("typed", ["0.01", "1", "6.99", "5.55"])
def test_points_come_back_as_they_were_typed(moot, points, typed):
    moot.points = Decimal(points)

    meant = parse(typed, moot)

    assert as_typed(GradeEntry(kind="score", score=meant.score), moot) == typed


def test_who_teaches_and_learns_in_one_edition_enters_no_result_of_their_own(moot, tutor, coordinator):
    own = make_enrolment(moot.scheme.edition, tutor)

    with pytest.raises(OwnResult):
        enter(moot, own, EIGHTY, by=tutor)
    with pytest.raises(OwnResult):
        comment(moot, own, "Well done", by=tutor)
    assert not GradeEntry.objects.exists()

    entry = enter(moot, own, SEVENTY, by=coordinator)
    with pytest.raises(OwnResult):
        undo(entry, by=tutor)
