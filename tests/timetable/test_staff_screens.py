"""The staff's screens: scheduling, moving, calling off, the week, the list, rooms."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import give_edition_role, make_cohort, make_edition, make_enrolment
from tests.factories.timetable import make_campus, make_room, make_session
from timetable.models import Room, Session

MONDAY = datetime.date(2027, 3, 15)
WEEK = "/cms/timetable/week/?week=2027-W11"


@pytest.fixture
def edition(db):
    return make_edition(starts_on=datetime.date(2027, 1, 1))


def typed(**fields):
    defaults = {
        "title": "Evidence",
        "on": "2027-03-15",
        "starts": "09:00",
        "ends": "12:00",
        "online_link": "https://meet.example.org/a",
    }
    return defaults | fields


def add_url(edition, name="add_to"):
    return reverse(f"sessions:{name}", args=[edition.pk])


def test_a_session_is_scheduled_with_room_lecturers_and_a_message(
    signed_in, coordinator, edition, django_capture_on_commit_callbacks
):
    room, tutor, guest = make_room(seats=40), make_person(), make_person("guest@example.org")
    give_edition_role(tutor, edition, Role.TUTOR)
    make_enrolment(edition)
    fields = typed(room=room.pk, lecturers=[tutor.pk], others="Guest@example.org", announce="on")

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in(coordinator).post(add_url(edition), fields)

    session = Session.objects.get()
    assert response.url == f"/cms/timetable/week/?week=2027-W11&edition={edition.pk}"
    assert (session.room, session.minutes, session.time_zone) == (room, 180, "Europe/Rome")
    assert {lecturer.person for lecturer in session.lecturers.all()} == {tutor, guest}
    assert Message.objects.count() == 3


def test_a_clash_stands_at_its_field_and_what_was_typed_stays(signed_in, coordinator, edition):
    taken = make_session(title="Appeal", on=MONDAY)

    response = signed_in(coordinator).post(add_url(edition), typed(room=taken.room.pk))

    assert response.status_code == 422
    assert "is taken on 15 March 2027" in response.context["form"].errors["room"][0]
    assert response.context["form"]["title"].value() == "Evidence"
    assert Session.objects.get() == taken


def test_a_concern_is_read_before_the_session_is_scheduled(signed_in, coordinator, edition):
    client, room = signed_in(coordinator), make_room(seats=1)
    for _number in range(2):
        make_enrolment(edition)
    fields = typed(room=room.pk, online_link="")

    asked = client.post(add_url(edition), fields)
    assert asked.status_code == 422
    assert "has 1 seats; 2 people are expected" in asked.content.decode()
    assert not Session.objects.exists()
    client.post(add_url(edition), fields | {"despite": "something else"})
    assert not Session.objects.exists()

    client.post(add_url(edition), fields | {"despite": asked.context["digest"]})
    assert Session.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends": "08:00"}, "ends"),
        ({"online_link": ""}, "room"),
        ({"on": "2027-03-28", "starts": "02:30", "ends": "04:00"}, "starts"),
        ({"others": "nobody@example.org"}, "others"),
        ({"title": ""}, "title"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(signed_in, coordinator, edition, fields, field):
    response = signed_in(coordinator).post(add_url(edition), typed(**fields))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Session.objects.exists()


def test_a_series_leaves_out_the_days_that_clash_when_asked(signed_in, coordinator, edition):
    client, room = signed_in(coordinator), make_room()
    make_session(room=room, on=datetime.date(2027, 3, 22))
    fields = typed(
        room=room.pk, weekdays=["1"], first_on="2027-03-15", last_on="2027-04-05", every_weeks="1"
    ) | {"without": "2027-04-05"}

    refused = client.post(add_url(edition, "add_series"), fields)
    assert refused.status_code == 422
    assert "Leave out the days that clash" in refused.content.decode()
    assert Session.objects.count() == 1

    client.post(add_url(edition, "add_series"), fields | {"leave_out": "1"})
    days = Session.objects.filter(series__isnull=False).values_list("on", flat=True)
    assert [day.isoformat() for day in days.order_by("on")] == ["2027-03-15", "2027-03-29"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"without": "Easter"}, "without"),
        ({"last_on": "2027-03-01"}, "last_on"),
        ({"weekdays": ["2"], "last_on": "2027-03-15"}, "__all__"),
        ({"last_on": "2029-03-15"}, "__all__"),
        ({"weekdays": []}, "weekdays"),
    ],
)
def test_a_pattern_that_makes_no_sense_is_refused(signed_in, coordinator, edition, fields, field):
    pattern = typed(weekdays=["1"], first_on="2027-03-15", last_on="2027-03-29", every_weeks="1")

    response = signed_in(coordinator).post(add_url(edition, "add_series"), pattern | fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_session_is_moved_with_a_reason_and_the_second_tab_is_told(signed_in, coordinator, edition):
    session, client = make_session(edition, on=MONDAY), signed_in(coordinator)
    url = reverse("sessions:edit", args=[session.pk])
    fields = typed(title=session.title, room=session.room_id, starts="14:00", ends="16:00", seen="0")

    assert client.post(url, fields).status_code == 422
    client.post(url, fields | {"reason": "Visit to court"})
    session.refresh_from_db()
    assert (session.starts, session.minutes) == (datetime.time(14), 120)
    assert Entry.objects.get(action="timetable.move").reason == "Visit to court"

    late = client.post(url, fields | {"reason": "Light", "starts": "15:00"})
    assert late.status_code == 422
    assert "Somebody else has changed this session" in late.content.decode()


def test_a_session_or_the_rest_of_its_series_is_cancelled(signed_in, coordinator, edition):
    client = signed_in(coordinator)
    fields = typed(weekdays=["1"], first_on="2027-03-15", last_on="2027-04-05", every_weeks="1")
    client.post(add_url(edition, "add_series"), fields)
    first, second, third, _fourth = Session.objects.in_order()

    assert client.post(reverse("sessions:cancel", args=[first.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("sessions:cancel", args=[first.pk]), {"reason": "Strike"})
    assert Session.objects.standing().count() == 3
    client.post(reverse("sessions:cancel", args=[third.pk]), {"reason": "Strike", "following": "following"})
    assert list(Session.objects.standing()) == [second]


def test_the_week_shows_what_the_person_manages_day_by_day(signed_in, edition):
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.COORDINATOR)
    make_session(edition, title="Evidence", on=MONDAY, time_zone="Africa/Nairobi")
    make_session(title="Elsewhere", on=MONDAY)

    page = signed_in(tutor).get(WEEK).content.decode()

    assert "Evidence" in page
    assert "09:00–12:00" in page
    assert "Elsewhere" not in page


def test_the_week_is_narrowed_down_to_edition_campus_and_room(signed_in, coordinator, edition):
    room = make_room()
    make_session(edition, title="Evidence", on=MONDAY, room=room)
    make_session(title="Elsewhere", on=MONDAY)
    client = signed_in(coordinator)

    for query in (f"edition={edition.pk}", f"room={room.pk}", f"campus={room.campus_id}"):
        page = client.get(f"{WEEK}&{query}").content.decode()
        assert "Evidence" in page
        assert "Elsewhere" not in page
    assert "Elsewhere" in client.get(f"{WEEK}&room=x").content.decode()


def test_the_list_is_searched_and_filtered(signed_in, coordinator, edition):
    lecturer = make_person(first_name="Sofia", last_name="Conti")
    make_session(edition, title="Evidence", lecturers=[lecturer, make_person()])
    make_session(title="Cancelled one", cancelled_at=datetime.datetime.now(datetime.UTC))
    client = signed_in(coordinator)

    def titles(query):
        return [
            session.title
            for session in client.get(f"/cms/timetable/sessions/?{query}").context["object_list"]
        ]

    assert titles("q=conti") == ["Evidence"]
    assert titles("state=cancelled") == ["Cancelled one"]
    assert titles(f"edition={edition.pk}&state=to_come") == ["Evidence"]


def addresses(session):
    yield "/cms/timetable/week/"
    yield "/cms/timetable/sessions/"
    yield "/cms/timetable/sessions/new/"
    yield "/cms/timetable/sessions/spreadsheet/"
    yield "/cms/timetable/sessions/export/"
    for name in ("edit", "cancel"):
        yield reverse(f"sessions:{name}", args=[session.pk])
    yield add_url(session.edition)
    yield add_url(session.edition, "add_series")


def test_who_manages_an_edition_opens_every_screen_and_nobody_else_does(client, signed_in, edition):
    session = make_session(edition)
    here, elsewhere, tutor = make_staff(), make_staff(), make_staff()
    give_edition_role(here, edition, Role.COORDINATOR)
    give_edition_role(elsewhere, make_edition(), Role.COORDINATOR)
    give_edition_role(tutor, edition, Role.TUTOR)

    for url in addresses(session):
        client.logout()
        assert client.get(url).status_code == 302
        assert client.get(url).url.startswith("/cms/login")
        assert signed_in(here).get(url).status_code == 200
        assert signed_in(tutor).get(url).status_code in (302, 404)
    for url in [*addresses(session)][5:]:
        assert signed_in(elsewhere).get(url, follow=True).status_code == 404


def test_rooms_are_added_and_closed_by_site_coordinators_only(signed_in, coordinator, edition):
    campus = make_campus()
    add = "/cms/timetable/rooms/new/"
    local = make_staff()
    give_edition_role(local, edition, Role.COORDINATOR)
    fields = {"campus": campus.pk, "name": "Aula A", "seats": "30", "directions": ""}

    signed_in(local).post(add, fields)
    assert not Room.objects.exists()
    client = signed_in(coordinator)
    client.post(add, fields)
    room = Room.objects.get()
    make_session(edition, room=room)
    edit = f"/cms/timetable/rooms/edit/{room.pk}/"
    assert "are still to be held here" in client.post(edit, fields | {"is_closed": "on"}).content.decode()
    Session.objects.all().update(cancelled_at=datetime.datetime.now(datetime.UTC))
    client.post(edit, fields | {"is_closed": "on"})
    room.refresh_from_db()
    assert room.closed_at
    assert [entry.action for entry in Entry.objects.order_by("number")] == [
        "timetable.add_room",
        "timetable.change_room",
    ]


@pytest.mark.parametrize("count", [2, 12])
@pytest.mark.parametrize("url", [WEEK, "/cms/timetable/sessions/"])
def test_week_and_list_ask_as_often_for_twelve_sessions_as_for_two(
    count, url, signed_in, coordinator, django_assert_max_num_queries
):
    for number in range(count):
        edition = make_edition()
        cohort = make_cohort(edition)
        make_session(
            edition, cohort=cohort, on=MONDAY, starts=datetime.time(6 + number), lecturers=[make_person()]
        )
    client = signed_in(coordinator)
    client.get(url)

    with django_assert_max_num_queries(23):
        assert client.get(url).status_code == 200


def test_the_list_begins_with_what_comes_next_and_ends_with_what_is_over(signed_in, coordinator, edition):
    today = timezone.localdate()
    for title, days in (("Over", -40), ("Later", 30), ("Next", 2)):
        make_session(edition, title=title, on=today + datetime.timedelta(days=days))
    client = signed_in(coordinator)

    shown = client.get("/cms/timetable/sessions/").context["object_list"]
    sorted_by_day = client.get("/cms/timetable/sessions/?ordering=starts_at").context["object_list"]

    assert [session.title for session in shown] == ["Next", "Later", "Over"]
    assert [session.title for session in sorted_by_day] == ["Over", "Next", "Later"]


def test_a_clash_with_a_restricted_edition_is_named_to_who_manages_it_and_to_nobody_else(signed_in, edition):
    hidden = make_edition(starts_on=datetime.date(2027, 1, 1), is_restricted=True)
    taken = make_session(hidden, title="Closed hearing", on=MONDAY)
    manages_both, manages_one = make_staff(), make_staff()
    for person, managed in ((manages_both, edition), (manages_both, hidden), (manages_one, edition)):
        give_edition_role(person, managed, Role.COORDINATOR)

    said = [
        signed_in(person).post(add_url(edition), typed(room=taken.room.pk)).context["form"].errors["room"][0]
        for person in (manages_both, manages_one)
    ]

    assert "Closed hearing" in said[0]
    assert "Closed hearing" not in said[1]
    assert "a session of a restricted edition" in said[1]
