"""Which questions an attempt asks: drawn by a seed, none twice, in sections and on pages."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.drawing import Section, draw_items, on_pages
from assessments.models import AttemptItem, CasePart, ItemKind, QuestionKind, QuizItem, QuizVersionItem
from assessments.publishing import freeze_question, freeze_quiz
from tests.factories.assessments import make_bank, make_question, make_quiz

pytestmark = pytest.mark.django_db


def make_case(*questions):
    """A case with these questions."""
    case = make_question(make_bank(), QuestionKind.CASE, keys="")
    for order, question in enumerate(questions):
        CasePart.objects.create(case=case, question=question, points=2, sort_order=order)
    return case


def make_drawn_quiz(*draws, fixed=(), **fields):
    """A published quiz with these questions, and then a draw for each (bank, how many)."""
    quiz = make_quiz(questions=list(fixed), published=False, live=True, **fields)
    for order, (bank, count) in enumerate(draws, start=len(fixed)):
        QuizItem.objects.create(
            quiz=quiz, kind=ItemKind.DRAW, draw_bank=bank, draw_count=count, sort_order=order
        )
    return freeze_quiz(quiz)


def fill(bank, count):
    """Published questions in a bank."""
    questions = [make_question(bank) for _question in range(count)]
    for question in questions:
        freeze_question(question)
    return questions


def asked(version, seed=1, **options):
    return [item.question_version.question_id for item in draw_items(version, seed, **options)]


def test_a_draw_asks_as_many_questions_of_its_bank_as_it_says_none_twice():
    bank = make_bank()
    pool = {question.pk for question in fill(bank, 6)}
    version = make_drawn_quiz((bank, 2), (bank, 3))

    found = asked(version)

    assert len(found) == len(set(found)) == 5
    assert set(found) <= pool


def test_the_same_seed_draws_the_same_questions_and_others_draw_others():
    bank = make_bank()
    fill(bank, 10)
    version = make_drawn_quiz((bank, 3))

    assert asked(version, seed=7) == asked(version, seed=7)
    assert len({tuple(asked(version, seed=seed)) for seed in range(20)}) > 5


def test_every_question_of_a_bank_is_drawn_about_as_often():
    bank = make_bank()
    fill(bank, 4)
    version = make_drawn_quiz((bank, 1))

    drawn = Counter(asked(version, seed=seed)[0] for seed in range(120))

    assert len(drawn) == 4
    assert min(drawn.values()) > 10


def test_a_question_that_stands_in_the_quiz_is_not_drawn_again():
    bank = make_bank()
    fixed, *others = fill(bank, 3)
    version = make_drawn_quiz((bank, 3), fixed=[fixed])

    assert sorted(asked(version)) == sorted(question.pk for question in (fixed, *others))


def test_a_question_of_a_case_in_the_quiz_is_not_drawn_though_it_has_left_the_case():
    bank = make_bank()
    part, other = fill(bank, 2)
    case = make_case(part)
    version = make_drawn_quiz((bank, 2), fixed=[case])
    CasePart.objects.all().delete()

    assert sorted(asked(version)) == sorted([part.pk, other.pk])


def test_what_was_met_before_is_avoided_as_long_as_there_is_something_else():
    bank = make_bank()
    met, *fresh = fill(bank, 4)
    few, all_of_them = make_drawn_quiz((bank, 3)), make_drawn_quiz((bank, 4))

    assert set(asked(few, avoid=[met.pk])) == {question.pk for question in fresh}
    assert met.pk in asked(all_of_them, avoid=[met.pk])


def test_a_draw_asks_the_newest_version_of_a_question():
    bank = make_bank()
    (question,) = fill(bank, 1)
    version = make_drawn_quiz((bank, 1))
    question.options[0]["correct"], question.options[1]["correct"] = False, True
    question.save()
    newest = freeze_question(question)

    (item,) = draw_items(version, 1)

    assert item.question_version == newest


def test_a_question_that_was_never_published_is_not_drawn_in_the_place_of_one_that_was():
    bank = make_bank()
    make_question(bank)
    (published,) = fill(bank, 1)
    version = make_drawn_quiz((bank, 1))

    assert {asked(version, seed=seed)[0] for seed in range(8)} == {published.pk}


def test_a_shuffled_quiz_asks_every_question_and_keeps_a_case_together():
    parts = [make_question() for _question in range(3)]
    case = make_case(*parts)
    others = [make_question() for _question in range(4)]
    version = make_drawn_quiz(fixed=[*others[:2], case, *others[2:]], shuffle_questions=True)

    orders = [asked(version, seed=seed) for seed in range(10)]

    assert len(set(map(tuple, orders))) > 3
    of_case = [part.pk for part in parts]
    for order in orders:
        first = order.index(of_case[0])
        assert order[first : first + 3] == of_case
        assert sorted(order) == sorted([*of_case, *(question.pk for question in others)])


@st.composite
def units(draw):
    """Questions in sections, some of them in cases."""
    sections = []
    for number in range(draw(st.integers(1, 4))):
        sizes = draw(st.lists(st.integers(1, 3), max_size=5))
        head = QuizVersionItem(kind=ItemKind.SECTION) if number or draw(st.booleans()) else None
        sections.append((Section(head, []), [[AttemptItem() for _item in range(size)] for size in sizes]))
    return sections


@settings(max_examples=50, deadline=None)
@given(units(), st.integers(0, 4))
def test_pages_follow_one_another_hold_what_they_may_and_tear_no_case_apart(drawn, per_page):
    items = list(on_pages(drawn, per_page))

    pages = [item.page for item in items]
    assert [item.sort_order for item in items] == list(range(len(items)))
    assert pages == sorted(pages)
    assert set(pages) == set(range(len(set(pages))))
    for section, of_section in drawn:
        for unit in of_section:
            assert len({item.page for item in unit}) == 1
            assert all(item.section is section.head for item in unit)
    if per_page:
        for page in set(pages):
            here = [unit for _section, found in drawn for unit in found if unit[0].page == page]
            assert len(here) == 1 or sum(map(len, here)) <= per_page
    for page in set(pages):
        assert len({id(item.section) for item in items if item.page == page and item.section}) <= 1
