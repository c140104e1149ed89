"""The staff's grid: what it shows, what it saves, who may, and what it costs at any size."""

import gzip
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from courses.models import Activity
from enrolments.models import Enrolment
from foundation.audit.models import Entry
from gradebook.models import GradeEntry, GradeItem
from gradebook.services import enter, release
from gradebook.typed import parse
from learning.models import Attempt
from tests.factories.accounts import make_person, make_staff
from tests.factories.courses import make_course, make_lesson
from tests.factories.enrolments import give_edition_role, make_enrolment, make_tutored_edition
from tests.factories.gradebook import make_category, make_entry, make_scale, make_scheme
from tests.factories.learning import make_attempt

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25
MOST_BYTES = 300_000


def grid_url(edition, **query):
    return reverse("edition_grades:grid", args=[edition.pk], query=query)


def text_of(response):
    return re.sub(r"[ \n]+", " ", response.content.decode())


def save(client, item, enrolment, value, *, seen=0, reason=""):
    return client.post(
        reverse("edition_grades:save_cell", args=[enrolment.edition_id]),
        {"item": item.pk, "enrolment": enrolment.pk, "value": value, "seen": seen, "reason": reason},
    )


def cell(page, item, enrolment):
    """The input of a cell and the words beside it."""
    found = re.search(
        rf'<input name="c-{enrolment.pk}-{item.pk}" value="([^"]*)"[^>]*>(?:<small>([^<]*)</small>)?', page
    )
    return found[1], found[2] or ""


# --- showing ---


def test_the_grid_shows_results_states_and_totals(signed_in, tutor, enrolment, quiz_one, quiz_two, moot):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    make_attempt(enrolment, quiz_two.activity, score=None, finished=True)
    make_entry(moot, enrolment, Decimal("0.5"))

    page = text_of(signed_in(tutor).get(grid_url(enrolment.edition)))

    assert cell(page, quiz_one, enrolment) == ("80", "")
    assert cell(page, quiz_two, enrolment) == ("", "to be marked")
    assert cell(page, moot, enrolment) == ("10", "")
    assert "70\u00a0%" in page


def test_a_result_changed_by_hand_is_marked_with_a_word(signed_in, tutor, enrolment, quiz_one):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    make_entry(quiz_one, enrolment, kind="excused")

    page = text_of(signed_in(tutor).get(grid_url(enrolment.edition)))

    assert cell(page, quiz_one, enrolment) == ("excused", "changed")


def test_before_anybody_set_it_up_the_grid_shows_the_activities_and_can_be_begun(
    signed_in, coordinator, edition, enrolment
):
    make_attempt(enrolment, Activity.objects.get(title="Quiz one"), score=Decimal("0.8"))
    client = signed_in(coordinator)

    page = text_of(client.get(grid_url(edition)))
    assert "Nobody has set this gradebook up yet." in page
    assert "Quiz two" in page
    assert "80\u00a0%" in page
    assert 'name="c-' not in page

    client.post(reverse("edition_grades:create", args=[edition.pk]))
    assert [str(item) for item in edition.grade_scheme.items.all()] == ["Quiz one", "Quiz two"]
    assert 'name="c-' in text_of(client.get(grid_url(edition)))


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("", {"Missing", "Waiting", "Failing", "Fine"}),
        ("missing", {"Missing"}),
        ("waiting", {"Waiting"}),
        ("failing", {"Failing"}),
        ("hidden", {"Fine"}),
        ("gone", {"Gone"}),
    ],
)
def test_the_grid_can_be_narrowed_down(signed_in, tutor, scheme, quiz_one, moot, show, expected):
    scheme.scale = make_scale(pass_from=Decimal("0.6"))
    scheme.save()
    people = {
        name: make_enrolment(scheme.edition, make_person(last_name=name))
        for name in ("Missing", "Waiting", "Failing", "Fine", "Gone")
    }
    Enrolment.objects.filter(pk=people["Gone"].pk).update(withdrawn_at=timezone.now())
    make_entry(quiz_one, people["Missing"], kind="missing")
    make_attempt(people["Waiting"], quiz_one.activity, score=None, finished=True)
    make_attempt(people["Failing"], quiz_one.activity, score=Decimal("0.5"))
    make_attempt(people["Fine"], quiz_one.activity, score=Decimal("0.9"))
    make_entry(moot, people["Fine"], Decimal("0.9"))

    page = signed_in(tutor).get(grid_url(scheme.edition, show=show)).content.decode()

    shown = {name for name in people if f"<bdi>Amina {name}</bdi>" in page}
    assert shown == expected


def test_learners_are_found_by_name(signed_in, tutor, scheme, enrolment):
    make_enrolment(scheme.edition, make_person(last_name="Zhang"))

    page = signed_in(tutor).get(grid_url(scheme.edition, q="okello")).content.decode()

    assert "Amara Okello" in page
    assert "Zhang" not in page


# --- saving ---


def test_a_cell_is_saved_as_it_is_typed_and_answers_with_its_row(signed_in, tutor, enrolment, moot):
    response = save(signed_in(tutor), moot, enrolment, "17")

    assert response.status_code == 200
    page = text_of(response)
    assert cell(page, moot, enrolment)[0] == "17"
    assert "Saved: Amara Okello, Pleading." in page
    entry = GradeEntry.objects.get()
    assert (entry.score, entry.by) == (Decimal("0.85"), tutor)


@pytest.mark.parametrize(
    ("value", "said"), [("21", "The most that can be earned"), ("nonsense", "is no result")]
)
def test_what_is_no_result_is_refused_and_saves_nothing(signed_in, tutor, enrolment, moot, value, said):
    response = save(signed_in(tutor), moot, enrolment, value)

    assert response.status_code == 422
    assert said in text_of(response)
    assert not GradeEntry.objects.exists()


def test_an_override_without_a_reason_is_refused(signed_in, tutor, enrolment, quiz_one):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    client = signed_in(tutor)

    response = save(client, quiz_one, enrolment, "90")

    assert response.status_code == 422
    assert "Say why in the field “Reason”" in text_of(response)
    assert save(client, quiz_one, enrolment, "90", reason="Oral exam").status_code == 200
    assert Entry.objects.get(action="gradebook.enter").reason == "Oral exam"


def test_the_later_of_two_people_is_told_what_the_other_saved(signed_in, tutor, coordinator, enrolment, moot):
    other = enter(moot, enrolment, parse("12", moot), by=coordinator)
    client = signed_in(tutor)

    response = save(client, moot, enrolment, "15")

    assert response.status_code == 409
    page = text_of(response)
    assert "Luc Moreau has entered 12 meanwhile, and that stands." in page
    assert f'data-e="{other.pk}"' in page
    assert save(client, moot, enrolment, "15", seen=other.pk, reason="Agreed").status_code == 200
    assert [entry.score for entry in GradeEntry.objects.all()] == [Decimal("0.6"), Decimal("0.75")]


def test_an_entry_is_taken_back(signed_in, tutor, enrolment, moot):
    client = signed_in(tutor)
    save(client, moot, enrolment, "17")
    entry = GradeEntry.objects.get()

    response = client.post(reverse("edition_grades:undo", args=[enrolment.edition_id, entry.pk]))

    assert cell(text_of(response), moot, enrolment)[0] == ""
    assert GradeEntry.objects.newest().get().kind == "cleared"


def test_without_javascript_the_form_saves_what_was_touched_and_nothing_else(
    signed_in, tutor, enrolment, quiz_one, quiz_two, moot
):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    make_entry(moot, enrolment, Decimal("0.5"))
    client = signed_in(tutor)
    page = client.get(grid_url(enrolment.edition)).content.decode()
    fields = dict(re.findall(r'<input (?:type="hidden" )?name="((?:c|seen)-[^"]+)" value="([^"]*)"', page))
    # Meanwhile the learner improves; the untouched cell must not bring the older result back.
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.9"))
    fields[f"c-{enrolment.pk}-{quiz_two.pk}"] = "70"

    response = client.post(grid_url(enrolment.edition), fields | {"reason": ""})

    assert response.status_code == 302
    assert [(entry.item, entry.score) for entry in GradeEntry.objects.order_by("pk")][1:] == [
        (quiz_two, Decimal("0.7"))
    ]


def test_without_javascript_a_refusal_saves_nothing_and_keeps_what_was_typed(
    signed_in, tutor, enrolment, quiz_two, moot
):
    fields = {f"c-{enrolment.pk}-{quiz_two.pk}": "70", f"c-{enrolment.pk}-{moot.pk}": "seventeen"}

    response = signed_in(tutor).post(grid_url(enrolment.edition), fields)

    assert response.status_code == 422
    page = text_of(response)
    assert cell(page, quiz_two, enrolment)[0] == "70"
    assert cell(page, moot, enrolment)[0] == "seventeen"
    assert "“seventeen” is no result." in page
    assert not GradeEntry.objects.exists()


def test_without_javascript_what_somebody_else_saved_stands(signed_in, tutor, coordinator, enrolment, moot):
    make_entry(moot, enrolment, Decimal("0.5"), by=coordinator)

    response = signed_in(tutor).post(
        grid_url(enrolment.edition), {f"c-{enrolment.pk}-{moot.pk}": "12", "reason": "Mine"}
    )

    assert response.status_code == 422
    assert "Luc Moreau has entered something else meanwhile." in text_of(response)
    assert GradeEntry.objects.count() == 1


@pytest.mark.parametrize("name", ["c-1", "c-x-y", "c-9999999-1", "seen-1", "seen-x"])
def test_fields_that_are_not_ours_do_no_harm(signed_in, tutor, scheme, name):
    response = signed_in(tutor).post(grid_url(scheme.edition), {name: "1:2:3;x", "reason": "?"})

    assert response.status_code == 302
    assert not GradeEntry.objects.exists()


def test_a_cell_is_explained(signed_in, tutor, enrolment, quiz_one):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    make_entry(quiz_one, enrolment, Decimal("0.9"), by=tutor, reason="Oral exam")

    url = reverse("edition_grades:explain_cell", args=[enrolment.edition_id, enrolment.pk, quiz_one.pk])
    page = text_of(signed_in(tutor).get(url))

    assert "the activity gave 80" in page
    assert "Oral exam" in page
    assert "Total so far" in page


# --- who may ---


def staff_urls(edition, enrolment, item):
    return {
        "grid": grid_url(edition),
        "learner": reverse("edition_grades:learner", args=[edition.pk, enrolment.pk]),
        "entry": reverse("edition_grades:entry", args=[edition.pk, enrolment.pk, item.pk]),
        "explain": reverse("edition_grades:explain_cell", args=[edition.pk, enrolment.pk, item.pk]),
        "paste": reverse("edition_grades:paste", args=[edition.pk]),
        "upload": reverse("edition_grades:upload", args=[edition.pk]),
        "export": reverse("edition_grades:export", args=[edition.pk]),
        "release": reverse("edition_grades:release", args=[edition.pk]),
        "setup": reverse("edition_grades:setup", args=[edition.pk]),
        "add": reverse("edition_grades:add_item", args=[edition.pk]),
        "leave_out": reverse("edition_grades:leave_out", args=[edition.pk, item.pk]),
    }


FOR_MANAGERS = {"release", "setup", "add", "leave_out"}


def answers(client, urls):
    return {name: client.get(url, follow=True).status_code for name, url in urls.items()}


def test_a_tutor_enters_but_neither_releases_nor_weighs(signed_in, tutor, enrolment, moot):
    found = answers(signed_in(tutor), staff_urls(enrolment.edition, enrolment, moot))

    assert {name for name, status in found.items() if status == 404} == FOR_MANAGERS
    assert {status for name, status in found.items() if name not in FOR_MANAGERS} == {200}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REGISTRAR, Role.ADMINISTRATOR])
def test_managers_may_do_everything(signed_in, enrolment, moot, role):
    found = answers(signed_in(make_staff(role)), staff_urls(enrolment.edition, enrolment, moot))

    assert set(found.values()) == {200}


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EVALUATOR, Role.REVIEWER])
def test_other_staff_find_nothing(signed_in, enrolment, moot, role):
    found = answers(signed_in(make_staff(role)), staff_urls(enrolment.edition, enrolment, moot))

    assert set(found.values()) == {404}


def test_a_tutor_of_another_edition_finds_nothing_and_saves_nothing(signed_in, enrolment, moot):
    stranger = make_staff()
    give_edition_role(stranger, make_tutored_edition(), Role.MARKER)
    client = signed_in(stranger)

    assert set(answers(client, staff_urls(enrolment.edition, enrolment, moot)).values()) == {404}
    assert save(client, moot, enrolment, "17").status_code != 200
    assert not GradeEntry.objects.exists()


def test_learners_are_refused_and_strangers_asked_to_sign_in(signed_in, client, enrolment, moot):
    urls = staff_urls(enrolment.edition, enrolment, moot)
    for url in urls.values():
        assert "/accounts/login/" in client.get(url, follow=True).redirect_chain[-1][0]

    assert set(answers(signed_in(enrolment.person), urls).values()) == {403}


def test_a_learner_of_another_edition_cannot_be_reached_through_ones_own(signed_in, tutor, moot):
    other = make_enrolment()
    client = signed_in(tutor)
    url = reverse("edition_grades:save_cell", args=[moot.scheme.edition_id])

    response = client.post(url, {"item": moot.pk, "enrolment": other.pk, "value": "17"}, follow=True)

    assert response.status_code == 404
    assert not GradeEntry.objects.exists()


# --- what it costs ---


def fill(edition, quizzes, learners):
    """Learners with an attempt at every quiz and a few entries by hand, in bulk."""
    number = User.objects.count()
    people = User.objects.bulk_create(
        User(
            email=f"p{number + one}@example.org",
            first_name="Amina",
            last_name=f"Diallo {one:04}",
            password="!",
        )
        for one in range(learners)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(edition=edition, person=person, language="en") for person in people
    )
    Attempt.objects.bulk_create(
        Attempt(
            enrolment=enrolment,
            activity=quiz,
            language="en",
            score=Decimal("0.725"),
            pass_mark=0,
            finished_at=timezone.now(),
        )
        for enrolment in enrolments
        for quiz in quizzes
    )
    return enrolments


@pytest.mark.parametrize("show", ["", "missing"])
def test_the_grid_asks_as_many_queries_at_any_size(
    signed_in, tutor, scheme, quiz_one, quiz_two, moot, django_assert_max_num_queries, show
):
    client = signed_in(tutor)
    url = grid_url(scheme.edition, show=show)
    client.get(url)
    counts = []
    for more in (2, 10, 188):
        enrolments = fill(scheme.edition, [quiz_one.activity, quiz_two.activity], more)
        make_entry(moot, enrolments[0], kind="missing", by=tutor)
        with django_assert_max_num_queries(MOST_QUERIES) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts


def test_a_window_of_a_thousand_by_forty_stays_small_and_cheap(
    signed_in, coordinator, django_assert_max_num_queries
):
    edition = make_tutored_edition(make_course())
    scheme = make_scheme(edition)
    category = make_category(scheme)
    GradeItem.objects.bulk_create(
        GradeItem(scheme=scheme, category=category, name=f"Seminar paper number {one}") for one in range(40)
    )
    items = list(scheme.items.all())
    enrolments = fill(edition, [], 1_000)
    GradeEntry.objects.bulk_create(
        GradeEntry(
            item=item,
            enrolment=enrolment,
            kind="score",
            score=Decimal("0.725"),
            by=coordinator,
            comment="Good",
        )
        for enrolment in enrolments[:100]
        for item in items
    )
    client = signed_in(coordinator)
    url = grid_url(edition, p=2)
    client.get(url)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(url)

    assert response.content.count(b'name="c-') == 50 * 40
    assert len(gzip.compress(response.content)) <= MOST_BYTES / 4
    assert len(response.content) <= MOST_BYTES * 1.5


def test_saving_a_cell_costs_the_same_at_any_size(
    signed_in, tutor, scheme, quiz_one, quiz_two, moot, django_assert_max_num_queries
):
    client = signed_in(tutor)
    enrolments = fill(scheme.edition, [quiz_one.activity, quiz_two.activity], 3)
    save(client, moot, enrolments[0], "12")
    counts = []
    for enrolment, more in zip(enrolments[1:], (0, 30), strict=True):
        fill(scheme.edition, [quiz_one.activity], more)
        with django_assert_max_num_queries(60) as captured:
            assert save(client, moot, enrolment, "17").status_code == 200
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts


def test_new_activities_are_offered_and_added_with_a_click(signed_in, coordinator, scheme):
    from tests.factories.assessments import make_quiz

    make_quiz(scheme.edition.course, title="Quiz three", lesson=make_lesson(scheme.edition.course))
    client = signed_in(coordinator)
    assert "One activity of the course is not in the gradebook yet: Quiz three" in text_of(
        client.get(grid_url(scheme.edition))
    )

    client.post(reverse("edition_grades:add_activities", args=[scheme.edition_id]))

    assert scheme.items.filter(activity__title="Quiz three", category__name="Quizzes").exists()
    assert "not in the gradebook yet" not in text_of(client.get(grid_url(scheme.edition)))


def test_results_are_released_and_hidden_again_with_a_reason(signed_in, coordinator, moot):
    client = signed_in(coordinator)
    url = reverse("edition_grades:release", args=[moot.scheme.edition_id])

    client.post(url, {"items": [moot.pk], "release": "1"})
    moot.refresh_from_db()
    assert moot.released_at
    refused = client.post(url, {"items": [moot.pk], "hide": "1"})
    assert refused.status_code == 422
    assert "Say why they are hidden again." in text_of(refused)
    client.post(url, {"items": [moot.pk], "hide": "1", "reason": "A wrong mark"})
    moot.refresh_from_db()

    assert moot.released_at is None
    assert [
        entry.action for entry in Entry.objects.filter(action__in=["gradebook.release", "gradebook.hide"])
    ] == [
        "gradebook.hide",
        "gradebook.release",
    ]
    assert release(moot.scheme, [moot], by=coordinator) == 1
    assert release(moot.scheme, [moot], by=coordinator) == 0
