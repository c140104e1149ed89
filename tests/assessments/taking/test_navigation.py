"""Pages of questions: going on and back, only forwards, sections, flags, and all questions at a glance."""

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.django_db


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def numbers(response):
    return [found["id"] for found in soup(response).select("[data-question]")]


def test_so_many_questions_stand_on_a_page(take):
    taking = take(questions_per_page=3)

    assert numbers(taking.page()) == ["question-1", "question-2", "question-3"]
    assert numbers(taking.page(2)) == ["question-4"]
    assert numbers(taking.page(99)) == ["question-4"]


def test_going_on_saves_the_page_first(take):
    taking = take(questions_per_page=1)
    first = taking.items[0]

    there = taking.post("next", page=1, **{f"item-{first.pk}": "a"})

    assert numbers(there) == ["question-2"]
    assert first.answer.response == ["a"]
    assert numbers(taking.post("previous", page=2)) == ["question-1"]


def test_the_last_page_leads_to_looking_over(take):
    taking = take(questions_per_page=2)

    assert "Next page" in taking.page(1).text
    assert "Next page" not in taking.page(2).text
    assert "Look over your answers" in soup(taking.post("review", page=2)).h1.text


def test_a_question_on_another_page_is_reached_by_a_button_that_saves(take):
    taking = take(questions_per_page=2)
    button = soup(taking.page(1)).select_one(f"[data-glance='{taking.items[3].pk}'] button")

    there = taking.post(button["value"], page=1, **{f"item-{taking.items[0].pk}": "b"})

    assert numbers(there) == ["question-3", "question-4"]
    assert there.redirect_chain[-1][0].endswith("?page=2#question-4")
    assert taking.items[0].answer.response == ["b"]


def test_a_quiz_that_goes_only_forwards_opens_no_page_again(take):
    taking = take(questions_per_page=1, sequential=True)
    first, second = taking.items[:2]
    assert numbers(taking.page(3)) == ["question-1"]
    taking.post("next", page=1, **{f"item-{first.pk}": "a"})

    back = taking.page(1)
    refused = taking.client.post(
        taking.url("save_answer", taking.attempt.pk, first.pk), {f"item-{first.pk}": "b"}
    )

    assert numbers(back) == ["question-2"]
    assert "Previous page" not in back.text
    assert refused.status_code == 409
    assert "goes only forwards" in refused.text
    assert type(first.answer).objects.get(item=first).response == ["a"]
    kept = taking.client.post(
        taking.url("save_answer", taking.attempt.pk, second.pk), {f"item-{second.pk}": "b"}
    )
    assert kept.status_code == 200


def test_a_section_begins_a_page_with_its_title_and_instructions(take):
    taking = take(sections=["Freezing", "Confiscation"])

    first, second = taking.page(1), taking.page(2)

    assert soup(first).select_one(".quiz__section h2").text == "Freezing"
    assert "About Freezing." in first.text
    assert "Confiscation" not in first.text
    assert soup(second).select_one(".quiz__section h2").text == "Confiscation"
    assert [found.name for found in soup(second).select(".question__number")] == ["h3"] * 3


def test_a_section_without_words_in_the_language_shows_those_it_has(take):
    taking = take(sections=["Freezing"])

    page = taking.url()

    assert "قسم" in taking.client.get(page.replace("/en/", "/ar/")).text
    assert "Freezing" in taking.client.get(page.replace("/en/", "/fr/")).text


def test_a_flag_is_put_and_taken_off_without_javascript(take):
    taking = take()
    item = taking.items[1]
    anchor = {f"anchor-{item.pk}": "question-2"}

    flagged = taking.post(f"flag-{item.pk}", **anchor)
    assert soup(flagged).select_one(f"[data-glance='{item.pk}'] .quiz__jump")["data-flagged"] == "true"
    assert flagged.redirect_chain[-1][0].endswith("#question-2")
    assert "flagged" in taking.page(name="review").text

    taking.post(f"unflag-{item.pk}", **anchor)
    item.refresh_from_db()
    assert item.flagged_at is None


def test_a_flag_by_script_changes_nothing_else(take):
    taking = take()
    item = taking.items[0]

    answer = taking.client.post(taking.url("flag_item", taking.attempt.pk, item.pk), {"on": "1"})

    item.refresh_from_db()
    assert answer.status_code == 204
    assert item.flagged_at
    assert not taking.quiz_attempt.answers.exists()


def test_no_flag_is_put_once_handed_in(take):
    taking = take()
    item = taking.items[0]
    taking.hand_in()

    answer = taking.client.post(taking.url("flag_item", taking.attempt.pk, item.pk), {"on": "1"})

    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.flagged_at is None


def test_all_questions_are_seen_at_a_glance_on_every_page(take):
    taking = take(questions_per_page=1)
    taking.post("next", page=1, **{f"item-{taking.items[0].pk}": "a"})

    glances = soup(taking.page(3)).select("[data-glance] .quiz__jump")

    assert [glance["data-answered"] for glance in glances] == ["true", "false", "false", "false"]
    assert "1 of 4 answered" in taking.page(3).text
    assert [glance.name for glance in glances] == ["button", "button", "a", "button"]


@pytest.mark.parametrize(
    "go", ["page-0-question-1", "flag-999999", "remove-zz", "nothing", "page-1-<b>", "check-1"]
)
def test_what_no_button_says_does_no_harm(take, go):
    taking = take()

    assert taking.post(go).status_code == 200
    assert not taking.quiz_attempt.answers.exists()


def test_points_are_said_where_questions_are_worth_different_ones(take):
    taking = take()
    assert "point" not in soup(taking.page()).select_one("form").text
    taking.quiz_attempt.items.filter(pk=taking.items[0].pk).update(points="2.50")

    assert "2.5 points" in taking.page().text
