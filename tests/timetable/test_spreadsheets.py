"""A timetable from a spreadsheet: what it means, what is in the way, and what becomes of it once confirmed."""

import contextlib
import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.models import Role
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import give_edition_role, make_cohort, make_edition, make_enrolment
from tests.factories.timetable import make_campus, make_room, make_session
from tests.timetable.sheets import HEADS, upload_of, workbook
from timetable.models import Session
from timetable.reading import Unreadable, day_of, hour_of, read
from timetable.sheets import NotATimetable, Row, rows_of, rows_under_headings

UPLOAD, CONFIRM = "/cms/timetable/sessions/spreadsheet/", "/cms/timetable/sessions/spreadsheet/confirm/"
LINK = "https://meet.example.org/a"


@pytest.fixture
def edition(db):
    return make_edition(code="llm-evidence")


def lines_of(edition, *rows, **options):
    return read(rows_of(workbook(*rows, **options)), {edition.code: edition})


def problems(edition, *cells):
    [line] = lines_of(edition, list(cells))
    return " ".join(line.problems)


def test_a_line_becomes_a_plan_by_the_clock_of_the_campus(edition):
    room = make_room(make_campus("Nairobi", time_zone="Africa/Nairobi"), name="Aula A")
    lecturer = make_person("conti@example.org")
    row = ["LLM-evidence", "Evidence", datetime.date(2027, 3, 15), datetime.time(9), "12.30", "nairobi"]

    [line] = lines_of(edition, [*row, "aula a", "", "Conti@example.org"])

    assert line.is_new
    assert (line.plan.room, line.plan.lecturers, line.plan.minutes) == (room, (lecturer,), 210)
    assert line.plan.starts_at == datetime.datetime(2027, 3, 15, 6, tzinfo=datetime.UTC)


def test_headings_may_be_in_any_language_of_the_screens_and_below_a_title(edition):
    heads = ["Code de la session", "Titre", "Jour", "Début", "Fin", "Lien en ligne"]

    [line] = lines_of(
        edition,
        ["llm-evidence", "Evidence", "15.03.2027", "9h00", "12:00", LINK],
        heads=heads,
        above=[["Timetable of the spring term"], []],
    )

    assert line.is_new


def test_merged_cells_count_for_every_line_they_cover(edition):
    rows = [
        ["llm-evidence", "Evidence", "2027-03-15", "09:00", "10:00", "", "", LINK],
        ["", "", "2027-03-16", "09:00", "10:00", "", "", LINK],
    ]

    lines = lines_of(edition, *rows, merged=["A2:A3", "B2:B3"])

    assert [(line.plan.title, line.plan.on.day) for line in lines] == [("Evidence", 15), ("Evidence", 16)]


def test_a_merged_area_over_all_the_sheet_takes_no_time(edition):
    lines = lines_of(
        edition,
        ["llm-evidence", "Evidence", "2027-03-15", "09:00", "10:00", "", "", LINK],
        merged=["J1:XFD1048576"],
    )

    assert len(lines) == 1


def test_two_people_of_one_name_are_told_apart_by_address(edition):
    for address in ("one@example.org", "two@example.org"):
        person = make_person(address, first_name="Li", last_name="Wei")
        give_edition_role(person, edition, Role.TUTOR)
    cells = ["llm-evidence", "Evidence", "2027-03-15", "09:00", "10:00", "", "", LINK]

    assert "Several people are called “Li Wei”" in problems(edition, *cells, "Li Wei")
    assert "is called “Wei”" in problems(edition, *cells, "Wei")
    assert "address ghost@example.org" in problems(edition, *cells, "ghost@example.org")
    assert problems(edition, *cells, "two@example.org") == ""


@pytest.mark.parametrize(
    ("place", "cell", "says"),
    [
        (0, "other", "“other” is the code of no edition"),
        (1, "", "Give the session a title"),
        (2, "31.02.2027", "“31.02.2027” is no day"),
        (3, "25:00", "“25:00” is no time"),
        (4, "08:00", "would end before it begins"),
        (6, "Aula Z", "There is no room “Aula Z”"),
        (7, "javascript:alert(1)", "is no web address"),
        (7, "", "Say where it is held"),
    ],
)
def test_what_is_wrong_in_a_line_is_said(edition, place, cell, says):
    cells = ["llm-evidence", "Evidence", "2027-03-15", "09:00", "10:00", "", "", LINK, ""]
    cells[place] = cell

    assert says in problems(edition, *cells)


def test_a_room_that_two_campuses_have_needs_the_campus(edition):
    rooms = [make_room(make_campus(name), name="Aula A") for name in ("Turin", "Geneva")]
    cells = ["llm-evidence", "Evidence", "2027-03-15", "09:00", "10:00"]

    assert "Name the campus too" in problems(edition, *cells, "", "Aula A")
    [line] = lines_of(edition, [*cells, "Geneva", "Aula A"])
    assert line.plan.room == rooms[1]


def test_lines_that_clash_with_each_other_or_are_there_already_are_told_apart(edition):
    room = make_room()
    make_session(edition, title="Evidence", room=room, on=datetime.date(2027, 3, 15))
    cells = ["llm-evidence", "Evidence", "2027-03-15", "09:00", "12:00", "", room.name]
    other = ["llm-evidence", "Proof", "2027-03-16", "09:00", "12:00", "", room.name]
    clash = ["llm-evidence", "Appeal", "2027-03-16", "10:00", "12:00", "", room.name]

    lines = lines_of(edition, cells, other, clash)

    assert [line.is_there for line in lines] == [True, False, False]
    assert [line.is_new for line in lines] == [False, True, False]
    assert "by “Proof”" in lines[2].problems[0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"<html>", b"a,b\n1,2"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(NotATimetable):
        rows_of(BytesIO(content))


def test_a_sheet_without_headings_or_with_too_many_rows_is_refused():
    with pytest.raises(NotATimetable, match="names the columns"):
        rows_of(workbook(heads=["a", "b"]))
    with pytest.raises(NotATimetable, match="1000 rows"):
        rows_of(workbook(*[["x"]] * 1001))


@given(st.text())
def test_any_text_is_a_day_or_a_time_or_refused(text):
    for reader in (day_of, hour_of):
        with contextlib.suppress(Unreadable):
            reader(text)


@pytest.mark.django_db
@given(st.lists(st.lists(st.text(max_size=12), min_size=9, max_size=9), max_size=3))
def test_any_cells_are_read_or_explained(cells):
    rows = rows_under_headings([HEADS, *cells])

    for line in read(rows, {}):
        assert line.problems or line.plan


@pytest.mark.parametrize("count", [2, 12])
def test_many_lines_are_read_in_as_many_queries_as_two(count, edition, django_assert_max_num_queries):
    room, lecturer = make_room(), make_person()
    make_enrolment(edition)
    make_cohort(edition)
    rows = [
        Row(
            number,
            {
                "edition": edition.code,
                "title": "Evidence",
                "on": f"2027-03-{number + 1:02}",
                "starts": "09:00",
                "ends": "10:00",
                "room": room.name,
                "lecturers": lecturer.email,
            },
        )
        for number in range(count)
    ]

    with django_assert_max_num_queries(9):
        lines = read(rows, {edition.code: edition})

    assert all(line.is_new for line in lines)


def test_a_file_is_shown_first_and_scheduled_once_confirmed(signed_in, coordinator, edition):
    client = signed_in(coordinator)
    rows = [
        ["llm-evidence", "Evidence", "2027-03-15", "09:00", "10:00", "", "", LINK],
        ["llm-evidence", "Broken", "never", "09:00", "10:00", "", "", LINK],
    ]

    preview = client.post(UPLOAD, {"file": upload_of(workbook(*rows))})

    assert not Session.objects.exists()
    assert "One session would be scheduled" in preview.content.decode()
    assert "“never” is no day" in preview.content.decode()
    payload = preview.context["confirm"].initial["payload"]
    assert client.post(CONFIRM, {"payload": payload}).status_code == 302
    again = client.post(CONFIRM, {"payload": payload})
    assert again.status_code == 409
    assert Session.objects.get().title == "Evidence"


def test_what_came_in_between_is_shown_and_nothing_is_scheduled(signed_in, coordinator, edition):
    client, room = signed_in(coordinator), make_room()
    rows = [
        ["llm-evidence", "One", "2027-03-15", "09:00", "10:00", "", room.name],
        ["llm-evidence", "Two", "2027-03-16", "09:00", "10:00", "", room.name],
    ]
    preview = client.post(UPLOAD, {"file": upload_of(workbook(*rows))})
    make_session(room=room, on=datetime.date(2027, 3, 16))

    response = client.post(CONFIRM, {"payload": preview.context["confirm"].initial["payload"]})

    assert response.status_code == 409
    assert "Nothing has been scheduled" in response.content.decode()
    assert Session.objects.count() == 1


def test_nobody_confirms_what_was_shown_to_somebody_else_or_schedules_elsewhere(client, signed_in, edition):
    mine, other = make_staff(), make_staff()
    give_edition_role(mine, edition, Role.COORDINATOR)
    give_edition_role(other, make_edition(code="other"), Role.COORDINATOR)
    rows = [["llm-evidence", "Evidence", "2027-03-15", "09:00", "10:00", "", "", LINK]]
    preview = signed_in(mine).post(UPLOAD, {"file": upload_of(workbook(*rows))})
    payload = preview.context["confirm"].initial["payload"]

    signed_in(other).post(CONFIRM, {"payload": payload})
    theirs = client.post(UPLOAD, {"file": upload_of(workbook(*rows))})

    assert not Session.objects.exists()
    assert "is the code of no edition" in theirs.content.decode()


def test_what_is_downloaded_is_read_back_as_being_there(signed_in, coordinator, edition):
    lecturer = make_person()
    make_session(edition, title="=cmd()", lecturers=[lecturer], capacity=20, notes="Bring\nthe file")
    client = signed_in(coordinator)

    response = client.get("/cms/timetable/sessions/export/")

    content = BytesIO(response.content)
    assert load_workbook(content).active["B2"].value == "'=cmd()"
    content.seek(0)
    [line] = read(rows_of(content), {edition.code: edition})
    assert line.is_there
    assert line.plan.lecturers == (lecturer,)


def test_headings_are_told_apart_in_every_language():
    from timetable.sheets import COLUMNS, column_names

    assert set(column_names().values()) == set(COLUMNS)
