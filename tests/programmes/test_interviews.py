"""Interviews: slots on any clock, booked once, moved, given up; calendar files that other programs read."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from foundation.outbox.models import Message
from programmes.applications.services import record_outcome, withdraw_application
from programmes.interviews import calendar, services
from programmes.interviews.refusals import InterviewRefusal, InterviewRefused
from programmes.interviews.tasks import remind_of_interviews
from programmes.interviews.times import NoSuchTime, moment_of, slot_starts
from programmes.models import Application, InterviewBooking, InterviewSlot
from tests.factories.accounts import make_person
from tests.factories.selection import make_applicant, make_assessor, make_coordinator, make_selection

TURIN = "Europe/Rome"


def refused(refusal):
    return pytest.raises(InterviewRefused, match=str(refusal.label)[:40])


def in_days(number):
    return timezone.now() + datetime.timedelta(days=number)


def make_slot(call, starts_at=None, **fields):
    defaults = {"minutes": 30, "time_zone": TURIN, "link": "https://meet.example.org/a"}
    (slot,) = services.offer_slots(
        call, [starts_at or in_days(3)], by=make_coordinator(call), **defaults | fields
    )
    return slot


def make_invited(call, **fields):
    application = make_applicant(call, make_person(**fields))
    services.invite([application], by=make_coordinator(call))
    return application


class TestTimes:
    def test_slots_follow_one_another_until_the_last_one_fits_no_more(self):
        found = slot_starts(
            datetime.date(2026, 11, 3),
            datetime.time(9, 0),
            datetime.time(10, 30),
            minutes=30,
            pause=10,
            zone=TURIN,
        )

        assert [f"{one.astimezone(ZoneInfo(TURIN)):%H:%M}" for one in found] == ["09:00", "09:40"]

    @pytest.mark.parametrize(
        ("day", "hour"),
        [(datetime.date(2026, 3, 29), 2), (datetime.date(2026, 10, 25), 2)],
    )
    def test_a_time_in_the_change_of_clocks_is_refused(self, day, hour):
        with pytest.raises(NoSuchTime, match="change of clocks"):
            moment_of(day, datetime.time(hour, 30), TURIN)

    def test_the_same_wall_time_is_another_moment_in_summer(self):
        winter = moment_of(datetime.date(2026, 3, 28), datetime.time(9, 0), TURIN)
        summer = moment_of(datetime.date(2026, 3, 29), datetime.time(9, 0), TURIN)

        assert (winter.hour, summer.hour) == (8, 7)

    @given(
        st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)),
        st.times(),
        st.sampled_from(
            [TURIN, "Africa/Nairobi", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"]
        ),
    )
    def test_clocks_in_the_zone_show_what_was_typed(self, day, time, zone):
        try:
            moment = moment_of(day, time, zone)
        except NoSuchTime:
            return
        local = moment.astimezone(ZoneInfo(zone))
        assert (local.date(), local.time()) == (day, time)


@pytest.mark.django_db
class TestBooking:
    def test_an_invited_applicant_takes_a_time_once_and_is_written_to(self):
        call = make_selection()
        application, slot = (
            make_invited(call, time_zone="Africa/Nairobi"),
            make_slot(call, datetime.datetime(2030, 7, 1, 8, 0, tzinfo=datetime.UTC)),
        )

        first = services.book(application, slot, by=application.person)

        assert services.book(application, slot, by=application.person) == first
        body = Message.objects.get(kind="programmes.interview_booked").body
        assert "11:00" in body  # in Nairobi
        assert "10:00" in body  # in Turin
        assert f"/interviews/{first.uid}.ics" in body

    @pytest.mark.parametrize("case", ["not invited", "full", "past", "gone", "another call"])
    def test_a_time_that_cannot_be_taken_is_refused_with_the_rule(self, case):
        call = make_selection()
        application = make_invited(call)
        slot = make_slot(make_selection() if case == "another call" else call)
        expected, now = InterviewRefusal.SLOT_GONE, None
        if case == "not invited":
            application, expected = make_applicant(call), InterviewRefusal.NOT_INVITED
        elif case == "full":
            other = make_invited(call)
            services.book(other, slot, by=other.person)
            expected = InterviewRefusal.SLOT_FULL
        elif case == "past":
            expected, now = InterviewRefusal.SLOT_PAST, in_days(4)
        elif case == "gone":
            services.cancel_slot(slot, by=make_person(), reason="The room is taken")

        with refused(expected):
            services.book(application, slot, by=application.person, now=now)

    def test_moving_frees_the_old_time_and_keeps_the_calendar_entry(self):
        call = make_selection()
        application, other = make_invited(call), make_invited(call)
        old, new = make_slot(call, in_days(3)), make_slot(call, in_days(4))
        first = services.book(application, old, by=application.person)

        moved = services.book(application, new, by=application.person)

        assert (moved.uid, moved.sequence) == (first.uid, 1)
        assert services.book(other, old, by=other.person)

    def test_staff_cancel_a_slot_and_whoever_had_it_chooses_again(self):
        call = make_selection()
        application, slot, other = make_invited(call), make_slot(call), make_slot(call, in_days(5))
        services.book(application, slot, by=application.person)

        assert services.cancel_slot(slot, by=make_coordinator(call), reason="The panel is ill") == 1
        assert services.cancel_slot(slot, by=make_coordinator(call), reason="Again") == 0

        assert "The panel is ill" in Message.objects.get(kind="programmes.interview_cancelled").body
        assert services.book(application, other, by=application.person)

    def test_a_time_is_given_up_before_it_begins_and_not_after(self):
        call = make_selection()
        application, slot = make_invited(call), make_slot(call)
        booking = services.book(application, slot, by=application.person)

        with refused(InterviewRefusal.TOO_SOON):
            services.cancel_booking(booking, by=application.person, now=in_days(4))
        services.cancel_booking(booking, by=application.person)
        services.cancel_booking(booking, by=application.person)

        assert services.standing_booking(application) is None

    def test_whoever_did_not_come_may_choose_another_time(self):
        call = make_selection()
        application, slot = make_invited(call), make_slot(call)
        booking = services.book(application, slot, by=application.person)
        with refused(InterviewRefusal.NOT_YET):
            services.record_interview(booking, "no_show", by=make_person())
        InterviewSlot.objects.update(starts_at=in_days(-1))
        services.record_interview(booking, "no_show", by=make_person())

        again = services.book(application, make_slot(call), by=application.person)

        assert services.standing_booking(application) == again

    def test_everybody_is_reminded_once_the_day_before(self, time_machine):
        call = make_selection()
        application, slot = make_invited(call), make_slot(call, in_days(3))
        services.book(application, slot, by=application.person)

        remind_of_interviews.func()
        assert not Message.objects.filter(kind="programmes.interview_reminder").exists()
        time_machine.move_to(slot.starts_at - datetime.timedelta(hours=20))
        remind_of_interviews.func()
        remind_of_interviews.func()

        assert Message.objects.filter(kind="programmes.interview_reminder").count() == 1

    def test_nobody_who_has_had_the_decision_is_invited_reminded_or_asked_for_another_time(self, client):
        call = make_selection()
        application, late = make_invited(call), make_applicant(call)
        slot, other = make_slot(call, timezone.now() + datetime.timedelta(hours=20)), make_slot(call)
        services.book(application, slot, by=application.person)
        for told in (application, late):
            record_outcome(told, "not_admitted", by=None)
        Message.objects.all().delete()

        remind_of_interviews.func()
        late.refresh_from_db()
        assert services.invite([late], by=make_coordinator(call)) == 0
        with refused(InterviewRefusal.DECIDED):
            services.book(application, other, by=application.person)
        client.force_login(application.person)
        page = client.get(reverse("interviews:interview", args=[call.code])).text
        assert services.cancel_slot(slot, by=make_coordinator(call), reason="Not needed") == 0

        assert "there is no interview any more" in page
        assert not Message.objects.exists()


def unfolded(text):
    return text.replace("\r\n ", "")


class TestCalendar:
    def booking(self, place="", **fields):
        slot = InterviewSlot(
            starts_at=datetime.datetime(2026, 3, 29, 7, 0, tzinfo=datetime.UTC), minutes=30, place=place
        )
        booked_at = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
        return InterviewBooking(slot=slot, booked_at=booked_at, **fields)

    def test_it_names_the_moment_in_utc_and_one_that_is_off_says_so(self):
        on = calendar.as_calendar(self.booking(), "Interview")
        off = calendar.as_calendar(self.booking(cancelled_at=timezone.now()), "Interview")

        assert "DTSTART:20260329T070000Z\r\nDTEND:20260329T073000Z" in on
        assert "STATUS:CONFIRMED" in on
        assert "STATUS:CANCELLED" in off
        assert "SEQUENCE:1" in off

    def test_what_is_sent_asks_a_calendar_to_keep_it_and_what_is_fetched_is_published(self):
        sent = unfolded(
            calendar.as_calendar(self.booking(), "Interview", attendee=('A "B" C', "a@example.org"))
        )
        fetched = calendar.as_calendar(self.booking(), "Interview")

        assert "METHOD:REQUEST" in sent
        assert 'ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="A B C":mailto:a@example.org' in sent
        assert "ORGANIZER" in sent
        assert "METHOD:PUBLISH" in fetched
        assert "ATTENDEE" not in fetched

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
    def test_any_words_survive_and_no_line_is_too_long(self, words):
        text = calendar.as_calendar(self.booking(place=words or "x"), words)

        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        summary = next(line for line in unfolded(text).split("\r\n") if line.startswith("SUMMARY:"))
        said = summary.removeprefix("SUMMARY:")
        for sign in (",", ";", "\\"):
            said = said.replace(f"\\{sign}", sign)
        assert said.split() == words.split()


@pytest.mark.django_db
class TestPages:
    def test_the_applicant_books_moves_and_gives_up_on_one_page(self, client):
        call = make_selection()
        application = make_invited(call, time_zone="Africa/Nairobi")
        first, second = make_slot(call, in_days(3)), make_slot(call, in_days(4))
        client.force_login(application.person)
        address = reverse("interviews:interview", args=[call.code])

        client.post(reverse("interviews:book", args=[call.code, first.pk]))
        client.post(reverse("interviews:book", args=[call.code, second.pk]))
        shown = client.get(address).content.decode()
        booking = services.standing_booking(application)
        file = client.get(reverse("interview_calendar", args=[booking.uid]))
        client.post(reverse("interviews:cancel", args=[call.code]))

        assert "EAT" in shown
        assert "CET" in shown or "CEST" in shown
        assert file["Content-Type"] == "text/calendar; charset=utf-8"
        assert services.standing_booking(application) is None

    def test_a_time_somebody_else_has_taken_is_explained(self, client):
        call = make_selection()
        application, other, slot = make_invited(call), make_invited(call), make_slot(call)
        services.book(other, slot, by=other.person)
        client.force_login(application.person)

        response = client.post(reverse("interviews:book", args=[call.code, slot.pk]))

        assert response.status_code == 409
        assert "Somebody else has just taken this time" in response.content.decode()

    def test_who_is_not_invited_or_not_signed_in_sees_no_times(self, client):
        call = make_selection()
        make_slot(call)
        application, address = make_applicant(call), reverse("interviews:interview", args=[call.code])

        assert "/login/" in client.get(address).url
        client.force_login(make_person())
        assert client.get(address).status_code == 404
        client.force_login(application.person)
        assert "not invited" in client.get(address).content.decode()

    def test_staff_offer_slots_and_invite(self, client):
        call = make_selection()
        application = make_applicant(call)
        client.force_login(make_coordinator(call))
        typed = {
            "day": "2030-07-01",
            "first": "09:00",
            "last_end": "10:00",
            "time_zone": TURIN,
            "minutes": 30,
            "pause": 0,
            "capacity": 1,
            "place": "Room 4",
        }

        client.post(reverse("interviewing:interviews", args=[call.pk]), typed)
        client.post(reverse("interviewing:invite", args=[call.pk]), {"application": application.pk})

        assert [f"{slot.starts_at:%H:%M}" for slot in call.interview_slots.all()] == ["07:00", "07:30"]
        assert application.interview_invitation
        wrong = client.post(reverse("interviewing:interviews", args=[call.pk]), typed | {"place": ""})
        assert wrong.status_code == 422
        assert "Say where" in wrong.content.decode()

    def test_interviewers_see_their_own_interviews_alone(self, client):
        call = make_selection()
        hearing, other = make_assessor(call), make_assessor(call)
        slot = make_slot(call, interviewers=[hearing])
        application = make_invited(call)
        booking = services.book(application, slot, by=application.person)
        name = application.full_name

        client.force_login(hearing)
        assert name in client.get(reverse("interviewing:mine")).content.decode()
        assert client.get(reverse("interviewing:record", args=[booking.pk])).status_code == 200
        client.force_login(other)
        assert name not in client.get(reverse("interviewing:mine")).content.decode()
        hidden = client.get(reverse("interviewing:record", args=[booking.pk]), follow=True)
        assert hidden.status_code == 404

    def test_a_coordinator_who_applied_does_not_reach_the_own_interview(self, client):
        call = make_selection()
        member, slot = make_coordinator(call), make_slot(call)
        application = make_applicant(call, member)
        services.invite([application], by=make_coordinator(call))
        booking = services.book(application, slot, by=member)
        slot.interviewers.add(member)
        client.force_login(member)

        answer = client.get(reverse("interviewing:record", args=[booking.pk]), follow=True)

        assert answer.status_code == 404
        assert not client.get(reverse("interviewing:mine")).context["bookings"]

    def test_whoever_no_longer_holds_a_role_hears_no_interview(self, client):
        call = make_selection()
        former = make_assessor(call)
        application, slot = make_invited(call), make_slot(call, interviewers=[former])
        booking = services.book(application, slot, by=application.person)
        former.programmeroles.update(starts_on="2020-01-01", ends_on="2020-01-01")
        client.force_login(former)

        answer = client.get(reverse("interviewing:record", args=[booking.pk]), follow=True)

        assert answer.status_code == 404
        mine = client.get(reverse("interviewing:mine"), follow=True)
        assert application.full_name not in mine.content.decode()


@pytest.mark.django_db
class TestCalendarByMail:
    def attached(self, kind):
        [file] = Message.objects.filter(kind=f"programmes.{kind}").latest("pk").attachments.all()
        lines = dict(line.partition(":")[::2] for line in unfolded(file.content).split("\r\n"))
        assert file.name == "interview.ics"
        assert file.media_type == f"text/calendar; method={lines['METHOD']}"
        return lines

    def test_booking_moving_and_giving_up_are_one_entry_that_calendars_follow(self):
        call = make_selection()
        application = make_invited(call, language="fr")
        person, first, second = application.person, make_slot(call, in_days(3)), make_slot(call, in_days(4))

        services.book(application, first, by=person)
        booked = self.attached("interview_booked")
        moved_to = services.book(application, second, by=person)
        moved = self.attached("interview_booked")
        services.cancel_booking(moved_to, by=person)
        off = self.attached("interview_cancelled")

        methods = [lines["METHOD"] for lines in (booked, moved, off)]
        assert methods == ["REQUEST", "REQUEST", "CANCEL"]
        assert [lines["SEQUENCE"] for lines in (booked, moved, off)] == ["0", "1", "2"]
        assert booked["UID"] == moved["UID"] == off["UID"]
        assert moved["DTSTART"] == f"{second.starts_at:%Y%m%dT%H%M%SZ}"
        assert (off["STATUS"], "URL" in off) == ("CANCELLED", False)
        assert booked["SUMMARY"].startswith("Entretien")

    def test_a_slot_that_staff_take_off_leaves_the_calendar_too(self):
        call = make_selection()
        application, slot = make_invited(call), make_slot(call)
        services.book(application, slot, by=application.person)

        services.cancel_slot(slot, by=make_coordinator(call), reason="The panel is ill")

        off = self.attached("interview_cancelled")
        assert (off["METHOD"], off["SEQUENCE"]) == ("CANCEL", "1")

    @pytest.mark.parametrize("end", ["admitted", "not_admitted", "withdrawn"])
    def test_an_interview_to_come_ends_with_the_application_and_leaves_its_time_free(self, end):
        call = make_selection()
        application, other, slot = make_invited(call), make_invited(call), make_slot(call)
        booking = services.book(application, slot, by=application.person)

        for _twice in range(2):
            if end == "withdrawn":
                withdraw_application(application, by=application.person)
            else:
                record_outcome(application, end, by=None)

        off = self.attached("interview_over")
        assert (off["METHOD"], off["SEQUENCE"], off["UID"]) == (
            "CANCEL",
            "1",
            f"{booking.uid}@{off['UID'].partition('@')[2]}",
        )
        [message] = Message.objects.filter(kind="programmes.interview_over")
        assert "admitted" not in message.body
        assert services.book(other, slot, by=other.person)

    def test_an_interview_that_has_been_stays_on_record(self):
        call = make_selection()
        application, slot = make_invited(call), make_slot(call)
        booking = services.book(application, slot, by=application.person)
        InterviewSlot.objects.update(starts_at=in_days(-1))

        record_outcome(application, "not_admitted", by=None)

        booking.refresh_from_db()
        assert booking.cancelled_at is None
        assert not Message.objects.filter(kind="programmes.interview_over").exists()


@pytest.mark.django_db
class TestCalendarFile:
    @pytest.fixture
    def booking(self):
        call = make_selection()
        application = make_invited(call)
        return services.book(application, make_slot(call), by=application.person)

    def file(self, client, booking):
        return client.get(reverse("interview_calendar", args=[booking.uid]))

    @pytest.mark.parametrize("off", ["given up", "slot off"])
    def test_the_link_of_the_call_is_left_out_once_it_is_off(self, client, booking, off):
        link = booking.slot.link
        assert link in self.file(client, booking).content.decode()

        if off == "given up":
            services.cancel_booking(booking, by=booking.application.person)
        else:
            services.cancel_slot(booking.slot, by=make_person(), reason="The panel is ill")

        text = self.file(client, booking).content.decode()
        assert "STATUS:CANCELLED" in text
        assert link not in text

    def test_it_ends_with_the_application(self, client, booking):
        Application.objects.update(withdrawn_at=timezone.now())

        assert self.file(client, booking).status_code == 404

    @pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 404)])
    def test_it_ends_a_month_after_the_interview(self, client, booking, days, status):
        InterviewSlot.objects.update(starts_at=in_days(-days))

        assert self.file(client, booking).status_code == status
