"""Banks hold questions in categories; what is used stays; what is used is approved by somebody else first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from accounts.models import Role
from assessments import drafts
from assessments.models import Question, QuestionBank, QuestionCategory, QuizItem, Verdict
from assessments.services import approval, banks
from foundation.audit.models import Entry
from tests.factories.accounts import make_staff
from tests.factories.assessments import make_bank, make_question, make_quiz
from tests.factories.cms import make_locale
from tests.factories.courses import give_course_role, make_course
from tests.factories.kinds import make_ready_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(course):
    return make_bank(course)


def drafted(bank, author, kind="single", **fields):
    """A question somebody wrote that nobody has approved."""
    question = make_ready_question(kind, bank, live=False, **fields)
    drafts.save_question(question, user=author)
    return Question.objects.get(pk=question.pk)


def reworded(question, author, stem="<p>Reworded</p>"):
    draft = question.get_latest_revision_as_object()
    text = draft.wording("en")
    text.stem = stem
    drafts.set_wording(draft, text)
    drafts.save_question(draft, user=author)
    return Question.objects.get(pk=question.pk)


def listed(client, bank, **query):
    page = client.get(reverse("question_bank:bank_results", args=[bank.pk]), query)
    return {question.name for question in page.context["object_list"]}


def test_a_bank_is_searched_and_narrowed_down(client, course, author, bank):
    inner = bank.categories.create(name="Inner", parent=bank.categories.create(name="Outer"))
    make_question(bank, name="Freezing", difficulty=1, category=inner, languages=("en", "fr"))
    make_question(bank, name="Seizing", difficulty=3, kind="multiple")
    drafted(bank, author, name="Tracing")
    make_locale("fr")
    drafts.classify(Question.objects.get(name="Seizing"), drafts.Found(difficulty=3, tags=["uncac"]))
    quiz = make_quiz(course, questions=0, published=False)
    drafts.add_questions(quiz, [Question.objects.get(name="Freezing")], points=1, user=author)
    tag = Question.objects.get(name="Seizing").tags.get()

    assert listed(client, bank) == {"Freezing", "Seizing", "Tracing"}
    assert listed(client, bank, q="freezing") == {"Freezing"}
    assert listed(client, bank, q="What comes first") == {"Freezing", "Seizing"}
    assert listed(client, bank, kind="multiple") == {"Seizing"}
    assert listed(client, bank, category=inner.parent.pk) == {"Freezing"}
    assert listed(client, bank, tag=tag.pk) == {"Seizing"}
    assert listed(client, bank, difficulty=3) == {"Seizing"}
    assert listed(client, bank, state="draft") == {"Tracing"}
    assert listed(client, bank, state="live") == {"Freezing", "Seizing"}
    assert listed(client, bank, missing="fr") == {"Seizing", "Tracing"}
    assert listed(client, bank, used="yes") == {"Freezing"}
    assert listed(client, bank, used="no") == {"Seizing", "Tracing"}


def test_the_lists_cost_as_many_queries_with_twelve_as_with_two(client, course, author, bank):
    def queries(url):
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    urls = [
        reverse("question_bank:index"),
        reverse("question_bank:bank", args=[bank.pk]),
        reverse("question_bank:categories", args=[bank.pk]),
    ]
    for _number in range(2):
        make_question(bank, category=bank.categories.create(name=f"C {_number}"))
        make_bank()
    with_two = [queries(url) for url in urls]
    for _number in range(10):
        make_question(bank, category=bank.categories.create(name=f"D {_number}"))
        make_bank()

    assert [queries(url) for url in urls] == with_two


def test_categories_are_added_renamed_moved_and_deleted_when_empty(client, course, author, bank):
    url = reverse("question_bank:categories", args=[bank.pk])

    client.post(url, {"name": "Freezing"})
    client.post(url, {"name": "Seizing"})
    first, second = QuestionCategory.objects.order_by("name")
    client.post(reverse("question_bank:category", args=[second.pk]), {"name": "Seizure", "parent": first.pk})
    held = client.post(reverse("question_bank:delete_category", args=[first.pk]), follow=True)
    client.post(reverse("question_bank:delete_category", args=[second.pk]))

    assert "“Freezing” holds other categories. Move them first." in held.text
    assert list(QuestionCategory.objects.all()) == [first]


@pytest.mark.parametrize("holding", ["question", "draw", "published draw"])
def test_a_category_in_use_is_not_deleted(course, author, bank, holding):
    category = bank.categories.create(name="Freezing")
    quiz = make_quiz(course, questions=1)
    if holding == "question":
        make_question(bank, category=category)
    else:
        draw = QuizItem(kind="draw", draw_bank=bank, draw_category=category)
        drafts.place_item(quiz, draw, user=author)
    if holding == "published draw":
        quiz.refresh_from_db()
        make_question(bank, category=category)
        quiz.latest_revision.publish(skip_permission_checks=True)

    with pytest.raises(banks.BankRefused):
        banks.delete_category(category)

    assert QuestionCategory.objects.filter(pk=category.pk).exists()


def test_a_category_does_not_stand_inside_itself_nor_twice_in_one_place(client, course, author, bank):
    outer = bank.categories.create(name="Outer")
    inner = bank.categories.create(name="Inner", parent=outer)

    itself = client.post(
        reverse("question_bank:category", args=[outer.pk]), {"name": "Outer", "parent": inner.pk}
    )
    twice = client.post(reverse("question_bank:categories", args=[bank.pk]), {"name": "outer"})

    assert itself.status_code == twice.status_code == 422
    assert "cannot stand inside itself" in itself.text
    assert "in this place already" in twice.text
    assert QuestionCategory.objects.count() == 2


def test_many_questions_are_sorted_at_once_without_losing_their_tags(client, course, author, bank):
    category = bank.categories.create(name="Freezing")
    first, second, third = (make_question(bank) for _number in range(3))
    drafts.classify(first, drafts.Found(tags=["kept"], outcome="Can freeze."))

    client.post(
        reverse("question_bank:bulk", args=[bank.pk]),
        {
            "action": "sort",
            "question": [first.pk, second.pk],
            "category": category.pk,
            "difficulty": "2",
            "tags": "UNCAC, new",
        },
    )

    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.category, first.difficulty, first.outcome) == (category, 2, "Can freeze.")
    assert {tag.name for tag in first.tags.all()} == {"kept", "uncac", "new"}
    assert third.category is None
    assert Entry.objects.filter(action="assessments.classify_questions").count() == 1


def test_publishing_an_older_draft_does_not_undo_the_sorting(course, author, bank):
    question = reworded(make_question(bank), author)
    revision = question.latest_revision
    category = bank.categories.create(name="Freezing")
    banks.classify_questions([question], author, category=category, tags=["uncac"])

    revision.publish(skip_permission_checks=True)

    question.refresh_from_db()
    assert question.category == category
    assert [tag.name for tag in question.tags.all()] == ["uncac"]


def test_a_question_is_sent_read_by_somebody_else_and_approved(client, course, author, reviewer, bank):
    question = drafted(bank, author)
    client.post(reverse("question_bank:submit", args=[question.pk]), {"message": "Please read."})
    client.force_login(reviewer)

    page = client.get(reverse("question_bank:question", args=[question.pk]))
    client.post(reverse("question_bank:approve", args=[question.pk]), {"comment": "Good."})

    question.refresh_from_db()
    assert "Please read." in page.text
    assert question.live
    assert question.versions.get().number == 1
    review = question.reviews.get()
    assert (review.verdict, review.decided_by, review.comment) == (Verdict.APPROVED, reviewer, "Good.")
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"assessments.submit_question", "assessments.approve_question"} <= actions


def test_nobody_approves_what_they_wrote(client, course, author, bank):
    give_course_role(author, course, Role.REVIEWER)
    other = make_staff()
    question = drafted(bank, author)
    review = approval.submit_question(question, other)

    answer = client.post(reverse("question_bank:approve", args=[question.pk]), follow=True)

    assert "You cannot approve what you wrote" in answer.text
    review.refresh_from_db()
    question.refresh_from_db()
    assert review.decided_at is None
    assert not question.live


def test_a_reviewer_who_submitted_it_does_not_approve_it(course, author, reviewer, bank):
    review = approval.submit_question(drafted(bank, author), reviewer)

    with pytest.raises(approval.ApprovalRefused, match="You cannot approve what you wrote"):
        approval.approve_question(review, reviewer)


def test_what_waits_for_approval_cannot_be_changed_until_it_is_withdrawn(client, course, author, bank):
    question = drafted(bank, author)
    approval.submit_question(question, author)

    with pytest.raises(drafts.DraftRefused, match="waiting for approval"):
        reworded(question, author)
    client.post(reverse("question_bank:withdraw", args=[question.pk]))

    assert "Reworded" in reworded(question, author).get_latest_revision_as_object().wording("en").stem


def test_returning_needs_words_and_leaves_the_draft(client, course, author, reviewer, bank):
    question = drafted(bank, author)
    approval.submit_question(question, author)
    client.force_login(reviewer)
    url = reverse("question_bank:return", args=[question.pk])

    without = client.post(url, {"comment": ""})
    client.post(url, {"comment": "Which article?"})

    assert without.status_code == 422
    assert "Say what should change." in without.text
    assert not Question.objects.get(pk=question.pk).live
    assert listed(client, bank, state="returned") == {question.name}
    client.force_login(author)
    assert "Which article?" in client.get(reverse("question_bank:question", args=[question.pk])).text


def test_an_incomplete_question_is_not_sent(client, course, author, bank):
    question = drafted(bank, author)
    draft = question.get_latest_revision_as_object()
    draft.options = draft.options[:1]
    drafts.save_question(draft, user=author)

    answer = client.post(reverse("question_bank:submit", args=[question.pk]), follow=True)

    assert "It needs at least two options." in answer.text
    assert not question.reviews.exists()


def test_a_case_is_approved_with_its_questions(course, author, reviewer, bank):
    case, part = drafted(bank, author, "case"), drafted(bank, author)
    drafts.add_parts(case, [part], points=2, user=author)
    case.refresh_from_db()

    with pytest.raises(approval.ApprovalRefused, match="approved with it"):
        approval.submit_question(part, author)
    approval.approve_question(approval.submit_question(case, author), reviewer)

    part.refresh_from_db()
    assert part.live
    assert case.versions.get().parts.get().question_version == part.versions.get()


def test_only_approved_questions_are_drawn(course, author, reviewer, bank):
    question = drafted(bank, author)
    draw = QuizItem(kind="draw", draw_bank=bank, draw_count=1)
    assert not draw.pool().exists()

    approval.approve_question(approval.submit_question(question, author), reviewer)

    assert draw.pool().get() == question


def test_many_are_sent_and_approved_at_once_and_refusals_name_the_question(
    client, course, author, reviewer, bank
):
    ready, empty = drafted(bank, author, name="Ready"), drafted(bank, author, name="Empty")
    draft = empty.get_latest_revision_as_object()
    draft.options = []
    drafts.save_question(draft, user=author)
    url = reverse("question_bank:bulk", args=[bank.pk])

    sent = client.post(url, {"action": "submit", "question": [ready.pk, empty.pk]}, follow=True)
    client.force_login(reviewer)
    approved = client.post(url, {"action": "approve", "question": [ready.pk, empty.pk]}, follow=True)

    assert "1 question has been sent for approval." in sent.text
    assert "“Empty”: It needs at least two options." in sent.text
    assert "1 question has been approved." in approved.text
    assert "“Empty” is not waiting for an answer any more." in approved.text
    assert Question.objects.get(pk=ready.pk).live


def test_a_shared_question_that_is_approved_again_reaches_the_drafts_of_quizzes(course, author, reviewer):
    shared = make_bank(name="For everybody")
    writer, reader = make_staff(Role.AUTHOR), make_staff(Role.REVIEWER)
    question = make_ready_question("single", shared)
    question.save_revision(clean=False).publish(skip_permission_checks=True)
    question.refresh_from_db()
    quiz = make_quiz(course, questions=1)
    drafts.add_questions(quiz, [question], points=1, user=author)
    changed = reworded(question, writer)
    review = approval.submit_question(changed, writer)

    def words():
        quiz.refresh_from_db()
        return quiz.get_latest_revision_as_object().items_to_read()[-1].shown.wording("en").stem

    assert "Reworded" not in words()
    approval.approve_question(review, reader)
    assert "Reworded" in words()


def test_history_lists_what_changed_from_version_to_version(client, course, author, reviewer, bank):
    question = drafted(bank, author)
    approval.approve_question(approval.submit_question(question, author), reviewer)
    question = reworded(Question.objects.get(pk=question.pk), author)
    approval.approve_question(approval.submit_question(question, author), reviewer)

    page = client.get(reverse("question_bank:question", args=[question.pk]))
    old = client.get(reverse("question_bank:version", args=[question.pk, 1]))
    new = client.get(reverse("question_bank:version", args=[question.pk, 2]))

    assert "Version 2" in page.text
    assert "deletion" in page.text
    assert "What does the law say?" in old.text
    assert "Reworded" not in old.text
    assert "Reworded" in new.text


def test_a_copy_says_the_same_under_an_identity_of_its_own(client, course, author, bank):
    question = make_ready_question("gaps", bank, difficulty=2)
    drafts.classify(question, drafts.Found(difficulty=2, tags=["uncac"]))

    client.post(reverse("question_bank:copy", args=[question.pk]))

    twin = Question.objects.exclude(pk=question.pk).get()
    assert twin.content == question.content
    assert twin.key != question.key
    assert (twin.live, twin.difficulty) == (False, 2)
    assert [tag.name for tag in twin.tags.all()] == ["uncac"]
    assert twin.name == f"Copy of {question.name}"


@pytest.mark.parametrize("used", ["in a draft", "in a quiz", "in a case", "waiting"])
def test_a_question_in_use_is_not_deleted(client, course, author, bank, used):
    question = drafted(bank, author)
    if used == "waiting":
        approval.submit_question(question, author)
    elif used == "in a case":
        drafts.add_parts(drafted(bank, author, "case"), [question], points=1, user=author)
    elif used == "in a quiz":
        make_quiz(course, questions=[question])
    else:
        drafts.add_questions(make_quiz(course, questions=1), [question], points=1, user=author)

    answer = client.post(reverse("question_bank:delete", args=[question.pk]), follow=True)

    assert question.name in answer.text
    assert "The question has been deleted." not in answer.text
    assert Question.objects.filter(pk=question.pk).exists()


def test_an_answered_question_is_not_deleted_even_when_no_quiz_holds_it_any_more(course, author, bank):
    from assessments.services import begin_quiz
    from tests.factories.enrolments import make_edition, make_enrolment

    question = make_ready_question("single", bank)
    quiz = make_quiz(course, questions=[question, make_question(bank)])
    begin_quiz(make_enrolment(make_edition(course)), quiz, language="en")
    drafts.arrange_items(quiz, [(1, 1)], state=drafts.state_of(quiz), user=author)
    quiz.refresh_from_db()
    quiz.latest_revision.publish(skip_permission_checks=True)

    with pytest.raises(banks.BankRefused, match="was asked in 1 attempt"):
        banks.delete_question(question, author)


def test_a_question_nothing_uses_is_deleted_with_its_versions(client, course, author, reviewer, bank):
    question = drafted(bank, author)
    approval.approve_question(approval.submit_question(question, author), reviewer)

    client.post(reverse("question_bank:delete", args=[question.pk]))

    assert not Question.objects.filter(pk=question.pk).exists()
    assert Entry.objects.filter(action="assessments.delete_question").exists()


@pytest.mark.parametrize("road", ["before_bulk_action", "before_delete_snippet"])
def test_wagtails_own_roads_to_deletion_are_refused_too(rf, course, author, bank, road):
    from django.contrib.messages.storage.fallback import FallbackStorage
    from wagtail import hooks

    question = make_question(bank)
    make_quiz(course, questions=[question])
    request = rf.post("/")
    request.user, request.session = author, {}
    request._messages = FallbackStorage(request)

    class Action:
        next_url = "/cms/"

    args = (
        (request, "delete", [question], Action()) if road == "before_bulk_action" else (request, [question])
    )
    answers = [hook(*args) for hook in hooks.get_hooks(road)]

    assert any(answer is not None and answer.status_code == 302 for answer in answers)


def test_authors_of_the_site_begin_shared_banks(client, db):
    client.force_login(make_staff(Role.AUTHOR))

    client.post(reverse("question_bank:begin"), {"name": "Mutual legal assistance", "language": "fr"})

    bank = QuestionBank.objects.get()
    assert (bank.course, bank.source_language) == (None, "fr")


@pytest.mark.parametrize(
    ("role", "may_write", "may_review"),
    [(Role.AUTHOR, True, False), (Role.REVIEWER, False, True), (Role.TRANSLATOR, False, False)],
)
def test_roles_for_the_site_hold_on_shared_banks(client, db, role, may_write, may_review):
    question = make_ready_question("single", make_bank())
    client.force_login(make_staff(role))

    assert client.get(reverse("question_bank:question", args=[question.pk])).status_code == 200
    edit = client.get(reverse("question_bank:edit", args=[question.pk]), follow=True)
    approve = client.post(reverse("question_bank:approve", args=[question.pk]), follow=True)

    assert (edit.status_code == 200) is may_write
    assert approve.status_code == 404
    assert (
        "Approve</option>" in client.get(reverse("question_bank:bank", args=[question.bank_id])).text
    ) is (may_review)


def test_who_writes_one_course_reads_shared_banks_but_not_those_of_other_courses(client, course, author):
    shared, foreign = make_question(make_bank()), make_question(make_bank(make_course("Other")))

    assert client.get(reverse("question_bank:question", args=[shared.pk])).status_code == 200
    assert client.get(reverse("question_bank:edit", args=[shared.pk]), follow=True).status_code == 404
    assert client.get(reverse("question_bank:question", args=[foreign.pk]), follow=True).status_code == 404
    assert client.get(reverse("question_bank:bank", args=[foreign.bank_id]), follow=True).status_code == 404


def test_banks_are_for_staff(client, course):
    bank = make_bank(course)

    assert client.get(reverse("question_bank:bank", args=[bank.pk])).status_code == 302
    client.force_login(make_staff())
    assert client.get(reverse("question_bank:bank", args=[bank.pk]), follow=True).status_code == 404


@pytest.mark.parametrize("kind", ["single", "matching", "short_answer", "gaps", "hotspot", "essay", "case"])
def test_a_question_is_worded_in_another_language_under_the_same_keys(client, course, author, bank, kind):
    make_locale("fr")
    question = make_ready_question(kind, bank)
    url = reverse("question_bank:words", args=[question.pk, "fr"])
    form = client.get(url).context["form"]
    sent = {}
    for slot in form.slots:
        words = f"mots {slot.name}" if slot.path != ("stem",) else "Dans [[1]] États, [[2]], en [[3]]"
        sent[slot.name] = rich_text(f"<p>{words}</p>") if slot.sort in ("rich", "line") else words

    client.post(url, sent)

    draft = Question.objects.get(pk=question.pk).get_latest_revision_as_object()
    source, french = draft.wording("en"), draft.wording("fr")
    assert set(french.options) == set(source.options)
    assert set(french.extra) == set(source.extra)
    assert kind in ("case", "hotspot") or draft.problems("fr") == []


def test_a_translation_with_a_gap_missing_says_so(client, course, author, bank):
    make_locale("fr")
    question = make_ready_question("gaps", bank)
    url = reverse("question_bank:words", args=[question.pk, "fr"])

    client.post(url, {"words-stem": rich_text("<p>Dans [[1]] États</p>")})

    assert "must hold each gap exactly once" in client.get(url).text


def test_the_staff_home_names_what_waits_for_approval(course, author, reviewer, bank):
    from reports.todo import to_do

    question = drafted(bank, author)
    approval.submit_question(question, author)

    def waiting(person):
        return [item.count for item in to_do(person) if item.label == "Questions of banks to approve"]

    assert waiting(reviewer) == [1]
    assert waiting(author) == []
