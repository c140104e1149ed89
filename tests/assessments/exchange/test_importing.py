"""Questions of a file become drafts of a bank: all or nothing, and once."""

import base64
import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from accounts.models import Role
from assessments import tasks
from assessments.exchange import saving
from assessments.exchange.exporting import export_questions
from assessments.exchange.values import Unreadable
from assessments.models import (
    CasePart,
    Question,
    QuestionBank,
    QuestionCategory,
    QuestionImport,
    QuestionText,
)
from assessments.services import approval
from assessments.services.exchange import ImportRefused, confirm_import, import_file, prepare_import
from cms.models import LmsImage
from foundation.audit.models import Entry
from tests.assessments.exchange.test_moodlexml import picture, question
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_bank, make_quiz, take_quiz
from tests.factories.courses import give_course_role, make_course
from tests.factories.enrolments import make_edition, make_enrolment

GIFT = """$CATEGORY: $course$/top/Law/Basics

// [id:q1] [tag:Law]
::One:: What first? {=Freeze#yes ~Ask#no}

Just text

::Two:: Is it so? {T}
"""


@pytest.fixture
def user(db):
    return make_person()


@pytest.fixture
def bank(db):
    return make_bank()


def bring_in(bank, text, form="gift", language="en", user=None):
    data = text if isinstance(text, bytes) else text.encode()
    return import_file(bank, BytesIO(data), form=form, language=language, name="file", user=user)


def prepare(bank, user, text=GIFT, form="gift"):
    return prepare_import(bank, BytesIO(text.encode()), name="q.gift", form=form, language="en", user=user)


def quiz_of(*questions):
    return f"<quiz>{''.join(questions)}</quiz>"


def test_questions_come_in_as_drafts_with_category_tags_and_id_number(bank, user):
    lines, outcome = bring_in(bank, GIFT, user=user)

    one, two = outcome.created
    assert [line["state"] for line in lines] == ["category", "new", "skipped", "new"]
    row = Question.objects.get(pk=one.pk)
    assert (row.bank, row.name, row.id_number, row.live, row.kind) == (bank, "One", "q1", False, "single")
    assert (str(row.category.parent), str(row.category)) == ("Law", "Basics")
    assert list(row.tags.names()) == ["law"]
    assert row.problems("en") == []
    assert row.get_latest_revision_as_object().content == row.content
    assert list(two.tags.names()) == []


def test_what_came_in_is_recorded(bank, user):
    bring_in(bank, GIFT, user=user)

    entry = Entry.objects.get(action="assessments.import_questions")
    assert (entry.actor, entry.after) == (user, {"file": "file", "questions": 2, "there": 0})


def test_the_same_file_again_doubles_nothing(bank):
    bring_in(bank, GIFT)
    before = list(Question.objects.values_list("pk", flat=True))

    lines, outcome = bring_in(bank, GIFT)

    assert (outcome.created, outcome.there) == ([], 2)
    assert [line["state"] for line in lines] == ["category", "there", "skipped", "there"]
    assert list(Question.objects.values_list("pk", flat=True)) == before
    assert QuestionCategory.objects.count() == 2


def test_a_question_is_known_by_its_id_number_although_its_words_changed(bank):
    bring_in(bank, GIFT)

    _lines, outcome = bring_in(bank, GIFT.replace("What first?", "What comes first?"))

    assert outcome.there == 2


def test_the_same_question_twice_in_one_file_comes_in_once(bank):
    _lines, outcome = bring_in(bank, "::A::What? {=a}\n\n::A::What? {=a}\n\n::B::What? {=a}")

    assert (len(outcome.created), outcome.there) == (2, 1)


def test_another_bank_gets_questions_of_its_own(bank):
    bring_in(bank, GIFT)
    other = make_bank()

    _lines, outcome = bring_in(other, GIFT)

    assert len(outcome.created) == 2
    assert bring_in(other, GIFT)[1].there == 2


def test_an_unreadable_file_leaves_everything_as_it_was(bank):
    with pytest.raises(Unreadable):
        bring_in(bank, quiz_of(question("essay", "")) + "<", "moodlexml")

    assert not Question.objects.exists()


def test_a_fault_half_way_leaves_nothing_not_even_a_picture(bank, monkeypatch):
    text = question("essay", "", text=f'x<img src="{inline(picture())}" alt="A">')
    monkeypatch.setattr(saving.Saver, "save_parts", lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring_in(bank, quiz_of(text), "moodlexml")

    assert not Question.objects.exists()
    assert not LmsImage.objects.exists()
    assert not [name for name in default_storage.listdir("original_images")[1] if name.startswith("picture")]


def inline(data):
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def test_a_picture_becomes_an_image_of_the_site_once(bank, user):
    shown = f'<p>x</p><img src="{inline(picture("blue"))}" alt="A seal">'
    texts = [question("essay", "", text=shown), question("essay", "", name="Other", text=shown)]

    _lines, outcome = bring_in(bank, quiz_of(*texts), "moodlexml", user=user)

    image = LmsImage.objects.get()
    assert (image.title, image.description, image.uploaded_by_user) == ("A seal", "A seal", user)
    assert (image.width, image.height) == (4, 3)
    for row in outcome.created:
        assert f'id="{image.pk}"' in row.texts.get().stem
        assert ReferenceIndex.get_references_to(image).filter(object_id=str(row.pk)).count() == 1


def test_a_hundred_questions_cost_hardly_more_queries_than_two(bank):
    def file(count):
        return "\n\n".join(f"// [tag:t{n % 3}]\n::Q{n}::What {n}? {{=a ~b}}" for n in range(count))

    bring_in(bank, file(3))
    queries = {}
    for count in (2, 100):
        other = make_bank()
        with CaptureQueriesContext(connection) as captured:
            bring_in(other, file(count))
        queries[count] = len(captured)
    # SQLite takes forty rows at a time.
    assert queries[100] <= queries[2] + 6


def test_an_export_brought_into_another_bank_is_a_copy(bank):
    bring_in(bank, GIFT)
    file = "".join(export_questions(bank, Question.objects.filter(bank=bank)))
    other = make_bank()

    _lines, outcome = bring_in(other, file, "moodlexml")

    assert [row.content for row in outcome.created] == [row.content for row in bank.questions.order_by("pk")]
    assert {str(row.category) for row in outcome.created} == {"Basics"}
    assert bring_in(other, file, "moodlexml")[1].there == 2
    assert bring_in(bank, file, "moodlexml")[1].there == 2


def test_an_export_brings_deleted_questions_back_with_their_identity(bank):
    bring_in(bank, GIFT)
    file = "".join(export_questions(bank, Question.objects.filter(bank=bank)))
    keys = set(bank.questions.values_list("key", flat=True))
    Question.objects.all().delete()

    bring_in(bank, file, "moodlexml")

    assert set(bank.questions.values_list("key", flat=True)) == keys


def test_a_case_finds_its_questions_in_whichever_bank_it_comes_into(bank):
    case, part = make_case(bank)
    file = "".join(export_questions(bank, Question.objects.filter(bank=bank)))
    other = make_bank()

    bring_in(other, file, "moodlexml")

    copy = CasePart.objects.get(case__bank=other)
    assert copy.case.name == case.name
    assert copy.case.content == case.content
    assert not QuestionCategory.objects.exists()
    assert (copy.question.bank, copy.question.name, copy.points) == (other, part.name, 3)


def make_case(bank):
    _lines, outcome = bring_in(bank, "::Part::What? {=a}")
    part = outcome.created[0]
    case = Question.objects.create(bank=bank, kind="case", name="Case")
    QuestionText.objects.create(question=case, language="en", stem="<p>Facts</p>")
    CasePart.objects.create(case=case, question=part, points=3)
    return case, part


# --- preview and confirming ---


def test_a_preview_saves_no_question_and_says_what_would_come(bank, user):
    prepared = prepare(bank, user)

    assert not Question.objects.exists()
    assert not QuestionCategory.objects.exists()
    _category, one, skipped, _two = prepared.lines
    assert (one["name"], one["kind"], one["words"]) == ("One", "single", "What first?")
    assert (skipped["line"], "description" in skipped["reason"]) == (6, True)


def test_confirming_brings_in_exactly_what_was_shown_and_only_once(
    bank, user, django_capture_on_commit_callbacks
):
    prepared = prepare(bank, user)
    name = prepared.file.name

    with django_capture_on_commit_callbacks(execute=True):
        first = confirm_import(prepared, user=user)
    again = confirm_import(QuestionImport.objects.get(pk=prepared.pk), user=user)

    assert (first.brought_in, first.were_there) == (again.brought_in, again.were_there) == (2, 0)
    assert Question.objects.count() == 2
    assert not default_storage.exists(name)


def test_a_second_click_that_waited_for_the_first_changes_nothing(bank, user):
    prepared = prepare(bank, user)
    same = QuestionImport.objects.get(pk=prepared.pk)
    confirm_import(prepared, user=user)

    same.file = prepared.file
    default_storage.save(same.file.name, BytesIO(GIFT.encode()))
    assert confirm_import(same, user=user).brought_in == 2
    assert Question.objects.count() == 2


def test_a_click_that_finds_the_file_gone_gets_what_came_of_it(bank, user):
    prepared = prepare(bank, user)
    late = QuestionImport.objects.get(pk=prepared.pk)
    confirm_import(prepared, user=user)
    default_storage.delete(late.file.name)

    assert confirm_import(late, user=user).brought_in == 2


def test_a_file_that_is_gone_without_having_come_in_is_refused(bank, user):
    prepared = prepare(bank, user)
    default_storage.delete(prepared.file.name)

    with pytest.raises(ImportRefused):
        confirm_import(prepared, user=user)


def test_a_file_that_is_no_longer_the_one_looked_at_is_refused(bank, user):
    prepared = prepare(bank, user)
    default_storage.delete(prepared.file.name)
    default_storage.save(prepared.file.name, BytesIO(b"::X::Other? {=a}"))

    with pytest.raises(ImportRefused):
        confirm_import(prepared, user=user)

    assert not Question.objects.exists()


def test_a_file_nobody_confirms_is_removed_after_a_day(bank, user, django_capture_on_commit_callbacks):
    old, young = prepare(bank, user), prepare(bank, user)
    QuestionImport.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.discard_waiting_imports.call()

    assert list(QuestionImport.objects.all()) == [young]
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(young.file.name)


def test_a_file_without_questions_is_refused(bank, user):
    with pytest.raises(Unreadable):
        prepare(bank, user, text="\n\n// only a comment\n")


# --- the command ---


def run(tmp_path, capsys, text, *options, name="q.gift"):
    path = tmp_path / name
    path.write_text(text)
    status = 0
    try:
        call_command("import_questions", str(path), "--bank", "Fresh", *options)
    except SystemExit as ended:
        status = ended.code
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_the_command_prints_what_came_in_and_makes_the_bank(tmp_path, capsys):
    status, said = run(tmp_path, capsys, GIFT)

    assert status == 0
    assert [line["name"] for line in said["imported"]] == ["One", "Two"]
    assert [line["line"] for line in said["skipped"]] == [6]
    assert said["categories"] == [{"line": 1, "name": "Law / Basics"}]
    assert QuestionBank.objects.get(name="Fresh").questions.count() == 2


@pytest.mark.django_db
def test_a_dry_run_prints_the_same_and_saves_nothing(tmp_path, capsys):
    _status, dry = run(tmp_path, capsys, GIFT, "--dry-run")
    assert not QuestionBank.objects.exists()
    _status, wet = run(tmp_path, capsys, GIFT)

    assert dry.pop("dry_run")
    assert not wet.pop("dry_run")
    assert dry == wet


@pytest.mark.django_db
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("text", "name"), [("<quiz><question>", "q.xml"), ("Only text.", "q.gift"), ("", "q.gift")]
)
def test_the_command_exits_1_when_nothing_could_be_read(tmp_path, capsys, text, name, options):
    status, said = run(tmp_path, capsys, text, *options, name=name)

    assert status == 1
    assert said["imported"] == []
    assert not Question.objects.exists()


@pytest.mark.django_db
def test_the_command_exits_0_when_everything_is_there_already(tmp_path, capsys):
    run(tmp_path, capsys, GIFT)
    status, said = run(tmp_path, capsys, GIFT)

    assert status == 0
    assert (said["imported"], len(said["already_there"])) == ([], 2)


@pytest.mark.django_db
def test_the_command_takes_format_and_language(tmp_path, capsys):
    status, said = run(tmp_path, capsys, "Quoi ? {=a}", "--format", "gift", "--language", "fr", name="q.xml")

    assert (status, said["format"], said["language"]) == (0, "gift", "fr")
    assert Question.objects.get().source_language == "fr"


@pytest.mark.django_db
def test_the_command_says_that_there_is_no_such_file():
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_questions", "/nowhere.gift", "--bank", "x")


def test_what_came_in_is_approved_put_into_a_quiz_and_answered_like_any_question(db):
    course = make_course()
    bank = make_bank(course)
    author = make_staff()
    give_course_role(author, course, Role.AUTHOR)
    text = "A {=x ~y}\n\nB {~%50%x ~%50%y ~z}\n\nC {T}\n\nD {=x}\n\nE {#1:0.5}\n\nF {=a->b =c->d}"
    _lines, outcome = bring_in(bank, text, user=author)
    questions = [Question.objects.get(pk=row.pk) for row in outcome.created]

    for row in questions:
        approval.submit_question(row, author)
    quiz = make_quiz(course, questions=questions)
    right = [row.behaviour.right_response(row.content, "en") for row in questions]
    attempt = take_quiz(make_enrolment(make_edition(course)), quiz, *right)

    attempt.refresh_from_db()
    assert attempt.score == 1
