"""Many results at once: pasted, from a file, out as a file; nothing before a preview was confirmed."""

import io
import re
import uuid
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from foundation.audit.models import Entry
from gradebook.book import Book
from gradebook.models import EntryKind, EntrySource, GradeBatch, GradeEntry, GradeItem
from gradebook.preview import preview_of
from gradebook.proposals import Proposal
from gradebook.refusals import ChangedSincePreview, ReasonNeeded
from gradebook.services import apply_batch, enter
from gradebook.tables import NotATable, pasted, table_of, workbook
from gradebook.typed import Typed
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_enrolment
from tests.factories.gradebook import make_entry
from tests.factories.learning import make_attempt

pytestmark = pytest.mark.django_db
quick = settings(max_examples=60, deadline=None)


def url(name, scheme):
    return reverse(f"edition_grades:{name}", args=[scheme.edition_id])


def payload_of(response):
    return re.search(r'name="payload" value="([^"]+)"', response.content.decode())[1]


def file_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("results.xlsx", content.getvalue())


@pytest.fixture
def other(edition):
    return make_enrolment(edition, make_person("omar@example.org", first_name="Omar", last_name="Haddad"))


# --- reading what was pasted ---


@pytest.mark.parametrize(
    "text",
    [
        "amara@example.org\t17\nomar@example.org\t12,5",
        "amara@example.org;17\nomar@example.org;12,5",
        "amara@example.org 17\nomar@example.org 12,5",
        "amara@example.org, 17\nomar@example.org, 12,5",
        "\nAMARA@example.org\t17\n\nomar@example.org\t12,5\n",
        "E-mail\tPleading\namara@example.org\t17\nomar@example.org\t12,5",
        "Name\tE-mail\tPleading\nAmara\tamara@example.org\t17\nOmar\tomar@example.org\t12,5",
    ],
)
def test_pasted_columns_are_understood_however_they_are_separated(moot, text):
    table = pasted(text, [moot], moot)

    assert [(line.learner.lower(), line.values) for line in table.lines] == [
        ("amara@example.org", {moot.pk: "17"}),
        ("omar@example.org", {moot.pk: "12,5"}),
    ]
    assert table.problems == []


def test_the_first_line_may_name_several_items(quiz_one, moot):
    text = "E-mail\tPleading\tQuiz one\tRemarks\namara@example.org\t17\t80 %\tgood"

    table = pasted(text, [quiz_one, moot])

    assert [line.values for line in table.lines] == [{moot.pk: "17", quiz_one.pk: "80 %"}]
    assert [(problem.line, problem.sentence) for problem in table.problems] == [
        (1, "“Remarks” is no item of this gradebook: the column is passed over.")
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("amara@example.org\t17\nOmar Haddad\t12", 2, "neither an e-mail address nor an enrolment number"),
        ("amara@example.org\t17\nAMARA@example.org\t12", 2, "This learner stands in line 1 already."),
        ("Omar\t12", 1, "in any line"),
    ],
)
def test_lines_that_name_nobody_or_somebody_twice_are_named(moot, text, line, said):
    problems = pasted(text, [moot], moot).problems

    assert [problem.line for problem in problems] == [line]
    assert said in problems[0].sentence


def test_values_without_a_column_of_ours_are_refused(moot):
    table = pasted("E-mail\tHomework\namara@example.org\t17", [moot])

    assert "No column is an item of this gradebook." in table.problems[-1].sentence


@quick
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    item = GradeItem(pk=1, name="Moot", key=uuid.uuid4())

    for chosen in (None, item):
        table = pasted(text, [item], chosen)
        assert all(problem.sentence for problem in table.problems)


@quick
@given(
    st.lists(
        st.lists(st.sampled_from(["", "a@b.org", "Moot", "17", "x", str(uuid.UUID(int=7))]), max_size=5),
        max_size=6,
    )
)
def test_no_table_breaks_the_reader_and_every_learner_stands_in_it_once(rows):
    item = GradeItem(pk=1, name="Moot", key=uuid.uuid4())

    table = table_of(list(enumerate(rows, start=1)), [item])

    learners = [line.learner for line in table.lines]
    assert len(learners) == len(set(learners))


# --- the preview ---


def test_the_preview_says_what_would_change_and_saves_nothing(
    signed_in, tutor, enrolment, other, moot, quiz_one
):
    make_entry(moot, enrolment, Decimal("0.5"))
    make_entry(moot, other, Decimal("0.6"))
    text = "amara@example.org\t17\nomar@example.org\t12\nnobody@example.org\t5\namina\t4"

    response = signed_in(tutor).post(url("paste", moot.scheme), {"item": moot.pk, "text": text})

    preview = response.context["preview"]
    assert [(change.enrolment, change.before, change.after) for change in preview.changes] == [
        (enrolment, "10", "17")
    ]
    assert preview.unchanged == 1
    assert [problem.line for problem in preview.problems] == [3, 4]
    assert "“nobody@example.org” is not in this edition." in response.content.decode()
    assert GradeEntry.objects.count() == 2


def test_a_value_that_is_no_result_is_named_with_its_line(signed_in, tutor, enrolment, moot):
    response = signed_in(tutor).post(
        url("paste", moot.scheme), {"item": moot.pk, "text": "amara@example.org\tgreat"}
    )

    assert "Line 1: Amara Okello: “great” is no result." in response.content.decode()
    assert response.context["preview"].changes == []


def test_confirming_saves_all_once_with_one_entry_in_the_log(signed_in, tutor, enrolment, other, moot):
    client = signed_in(tutor)
    text = "amara@example.org\t17\nomar@example.org\tex"
    preview = client.post(url("paste", moot.scheme), {"item": moot.pk, "text": text})
    confirming = {"payload": payload_of(preview), "reason": "Handed over on paper"}

    client.post(url("confirm", moot.scheme), confirming)
    client.post(url("confirm", moot.scheme), confirming)

    assert [
        (entry.enrolment, entry.kind, entry.score, entry.source) for entry in GradeEntry.objects.all()
    ] == [
        (enrolment, "score", Decimal("0.85"), EntrySource.PASTED),
        (other, "excused", None, EntrySource.PASTED),
    ]
    recorded = Entry.objects.get(action="gradebook.apply_batch")
    assert recorded.reason == "Handed over on paper"
    assert recorded.after[f"{enrolment.key} · Pleading"]["score"] == "0.85000000"
    assert GradeBatch.objects.count() == 1


def test_confirming_is_refused_when_a_cell_changed_meanwhile_and_shows_the_new_preview(
    signed_in, tutor, coordinator, enrolment, other, moot
):
    client = signed_in(tutor)
    text = "amara@example.org\t17\nomar@example.org\t12"
    preview = client.post(url("paste", moot.scheme), {"item": moot.pk, "text": text})
    enter(moot, enrolment, Typed(EntryKind.SCORE, Decimal("0.5")), by=coordinator)

    response = client.post(
        url("confirm", moot.scheme), {"payload": payload_of(preview), "reason": "On paper"}
    )

    assert response.status_code == 409
    assert "Nothing was saved: look at the new preview." in response.content.decode()
    assert GradeEntry.objects.count() == 1
    client.post(url("confirm", moot.scheme), {"payload": payload_of(response), "reason": "On paper"})
    assert sorted(GradeEntry.objects.newest().values_list("score", flat=True)) == [
        Decimal("0.6"),
        Decimal("0.85"),
    ]


def test_confirming_is_refused_when_the_activity_gave_something_meanwhile(
    signed_in, tutor, enrolment, quiz_one
):
    client = signed_in(tutor)
    preview = client.post(
        url("paste", quiz_one.scheme), {"item": quiz_one.pk, "text": "amara@example.org\t70"}
    )
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.9"))

    response = client.post(url("confirm", quiz_one.scheme), {"payload": payload_of(preview)})

    assert response.status_code == 409
    assert not GradeEntry.objects.exists()


def test_changing_what_is_there_needs_a_reason(signed_in, tutor, enrolment, moot):
    make_entry(moot, enrolment, Decimal("0.5"))
    client = signed_in(tutor)
    preview = client.post(url("paste", moot.scheme), {"item": moot.pk, "text": "amara@example.org\t17"})

    response = client.post(url("confirm", moot.scheme), {"payload": payload_of(preview)})

    assert response.status_code == 422
    assert "say why these results change" in response.content.decode()
    assert GradeEntry.objects.count() == 1


def test_a_preview_of_somebody_else_or_of_another_gradebook_confirms_nothing(
    signed_in, tutor, coordinator, enrolment, moot
):
    preview = signed_in(tutor).post(
        url("paste", moot.scheme), {"item": moot.pk, "text": "amara@example.org\t17"}
    )

    response = signed_in(coordinator).post(
        url("confirm", moot.scheme), {"payload": payload_of(preview)}, follow=True
    )

    assert "This preview can no longer be used." in response.content.decode()
    assert not GradeEntry.objects.exists()


def test_nobody_confirms_a_result_of_their_own(signed_in, tutor, edition, other, moot):
    make_enrolment(edition, tutor)
    client = signed_in(tutor)
    text = f"{tutor.email}\t20\nomar@example.org\t12"
    preview = client.post(url("paste", moot.scheme), {"item": moot.pk, "text": text})

    response = client.post(
        url("confirm", moot.scheme), {"payload": payload_of(preview), "reason": "On paper"}, follow=True
    )

    assert "Nobody marks their own work." in response.content.decode()
    assert not GradeEntry.objects.exists()


def test_a_batch_is_all_or_nothing(scheme, enrolment, other, moot, tutor):
    good = Proposal(enrolment.pk, moot.pk, Typed(EntryKind.SCORE, Decimal("0.5")), 0, None)
    stale = Proposal(other.pk, moot.pk, Typed(EntryKind.SCORE, Decimal("0.5")), 99, None)

    with pytest.raises(ChangedSincePreview) as refused:
        apply_batch(scheme, [good, stale], key=uuid.uuid4(), source=EntrySource.PASTED, by=tutor)

    assert refused.value.cells == [stale]
    with pytest.raises(ReasonNeeded):
        excused = Proposal(other.pk, moot.pk, Typed(EntryKind.EXCUSED), 0, None)
        apply_batch(scheme, [good, excused], key=uuid.uuid4(), source=EntrySource.PASTED, by=tutor)
    assert not GradeEntry.objects.exists()


# --- workbooks ---


def export(client, scheme):
    response = client.post(url("export", scheme), {"reason": "Board of examiners"})
    return load_workbook(io.BytesIO(response.content))


def test_the_export_has_names_results_states_and_the_way_to_the_total(
    signed_in, coordinator, enrolment, quiz_one, quiz_two, moot
):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.8"))
    make_entry(moot, enrolment, kind="excused")

    sheet = export(signed_in(coordinator), moot.scheme).active

    heads, row = ([cell.value for cell in line] for line in list(sheet.rows)[1:3])
    found = dict(zip(heads, row, strict=True))
    assert found["Family name"] == "Okello"
    assert found["E-mail"] == "amara@example.org"
    assert (found["Quiz one (out of 100)"], found["Quiz two (out of 100)"]) == (80, None)
    assert found["Pleading (out of 20)"] == "excused"
    assert (found["Total, %"], found["On the scale"]) == (80, "80\u00a0%")
    assert "Pleading: Excused" in found["States"]
    assert "Quizzes, average: 80" in found["How the total comes about"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert Entry.objects.get(action="gradebook.export").reason == "Board of examiners"


def test_a_tutors_export_has_no_addresses_and_can_still_be_read_back(signed_in, tutor, enrolment, moot):
    client = signed_in(tutor)
    book = export(client, moot.scheme)
    assert "amara@example.org" not in str([cell.value for row in book.active.rows for cell in row])
    column = next(cell.column for cell in next(iter(book.active.rows)) if cell.value == str(moot.key))
    book.active.cell(row=3, column=column).value = 17.5
    content = io.BytesIO()
    book.save(content)

    response = client.post(
        url("upload", moot.scheme), {"file": SimpleUploadedFile("g.xlsx", content.getvalue())}
    )

    (change,) = response.context["preview"].changes
    assert (change.enrolment, change.item.plan.key, change.after) == (enrolment, moot.pk, "17.5")
    assert response.context["preview"].problems == []


def test_an_export_read_back_unchanged_changes_nothing(
    signed_in, coordinator, enrolment, other, quiz_one, moot
):
    make_attempt(enrolment, quiz_one.activity, score=Decimal("0.667"))
    make_entry(moot, enrolment, Decimal("0.33333333"))
    make_entry(moot, other, kind="missing")
    client = signed_in(coordinator)
    content = client.post(url("export", moot.scheme), {"reason": "Look"}).content

    response = client.post(url("upload", moot.scheme), {"file": SimpleUploadedFile("g.xlsx", content)})

    preview = response.context["preview"]
    assert (preview.changes, preview.problems, preview.unchanged) == ([], [], 3)


def test_names_never_become_formulas(signed_in, coordinator, edition, moot):
    make_enrolment(edition, make_person(last_name="=1+1", first_name="@SUM"))

    sheet = export(signed_in(coordinator), moot.scheme).active

    assert all(cell.data_type != "f" for row in sheet.rows for cell in row)


def test_formulas_in_a_file_are_not_read_and_named(enrolment, moot):
    file = file_of(["E-mail", "Pleading"], ["amara@example.org", "=10+7"])

    table = workbook(file, [moot])

    assert table.lines[0].values == {moot.pk: ""}
    assert "Cell B2 holds a formula; formulas are not read." in [
        problem.sentence for problem in table.problems
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(17, "17"), (17.5, "17.5"), ("17,5", "17,5"), (0.1, "0.1"), (True, "True")]
)
def test_cells_are_read_as_they_stand(moot, value, text):
    table = workbook(file_of(["E-mail", "Pleading"], ["amara@example.org", value]), [moot])

    assert table.lines[0].values == {moot.pk: text}


def test_a_cell_shown_as_a_percentage_is_one(moot):
    book = Workbook()
    book.active.append(["E-mail", "Pleading"])
    book.active.append(["amara@example.org", 0.85])
    book.active["B2"].number_format = "0%"
    content = io.BytesIO()
    book.save(content)

    table = workbook(SimpleUploadedFile("g.xlsx", content.getvalue()), [moot])

    assert table.lines[0].values[moot.pk].replace(".00", "") == "85 %"


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (70 * 1024 * 1024))
    return content.getvalue()


def entities():
    """A workbook whose sheet declares an entity of its own and uses it."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file_of(["a"]).read())) as good,
        zipfile.ZipFile(content, "w") as archive,
    ):
        for entry in good.infolist():
            text = good.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + re.sub(rb"<v>.*?</v>", b"<v>&a;</v>", text)
            archive.writestr(entry, text)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"not a workbook", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + b"0" * 600, bomb(), entities()],
    ids=["empty", "text", "broken", "old", "bomb", "entities"],
)
def test_files_that_are_no_workbooks_are_refused_with_a_sentence(moot, content):
    with pytest.raises(NotATable) as refused:
        workbook(SimpleUploadedFile("g.xlsx", content), [moot])

    assert "Download the export" in str(refused.value)


def test_a_sheet_with_too_many_rows_is_refused(moot, monkeypatch):
    monkeypatch.setattr("gradebook.tables.MOST_ROWS", 3)

    with pytest.raises(NotATable) as refused:
        workbook(file_of(*[["amara@example.org", 1]] * 4), [moot])

    assert "more than 3 rows" in str(refused.value)


def test_a_refused_file_stays_on_its_screen(signed_in, tutor, moot):
    response = signed_in(tutor).post(
        url("upload", moot.scheme), {"file": SimpleUploadedFile("g.xlsx", b"not a workbook")}
    )

    assert response.status_code == 422
    assert "This is no Excel workbook" in response.content.decode()


def test_what_was_pasted_stays_when_it_is_refused(signed_in, tutor, moot):
    response = signed_in(tutor).post(url("paste", moot.scheme), {"item": "", "text": ""})

    assert response.status_code == 422
    assert "Paste at least one line." in response.content.decode()


def test_an_empty_cell_changes_nothing(moot, enrolment):
    make_entry(moot, enrolment, Decimal("0.5"))
    table = pasted("amara@example.org\t", [moot], moot)

    preview = preview_of(Book(enrolment.edition), [enrolment], table, EntrySource.PASTED)

    assert (preview.changes, preview.unchanged) == ([], 0)
