"""What is held in the modules of an edition comes along when it is copied; people and their results do not."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from foundation.audit.models import Entry
from moots.models import CaseFile, Moot, RoundKind
from moots.services import save_document
from programmes.models import Call, LetterOccasion, LetterTemplate
from programmes.next_year import after_copying, before_copying
from programmes.services import copy_programme_edition
from programmes.signals import programme_edition_copied
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import give_edition_role, make_cohort
from tests.factories.moots import make_document, make_moot, make_round, make_team, pdf
from tests.factories.programmes import give_programme_role
from tests.factories.timetable import make_room, make_session
from timetable.models import Session

A_YEAR = datetime.timedelta(weeks=52)


@pytest.fixture
def starts_on(programme):
    return programme.edition.starts_on + A_YEAR


@pytest.fixture
def copy(programme, starts_on):
    def make():
        return copy_programme_edition(
            programme.edition, code="next", name="Next year", starts_on=starts_on, by=programme.coordinator
        )

    return make


def first_module(edition):
    return edition.phases.first().modules.get()


def teaches(module, person, *, until):
    return module.lecturers.create(
        person=person, starts_on=module.edition.starts_on, ends_on=module.edition.starts_on + until
    )


def test_sessions_keep_their_room_their_hour_and_the_lecturers_who_still_teach_then(programme, copy):
    staying, leaving = make_person(), make_person()
    teaches(programme.first, staying, until=2 * A_YEAR)
    teaches(programme.first, leaving, until=A_YEAR / 2)
    old = make_session(programme.first.edition, lecturers=[staying, leaving], notes="Bring the file")

    module = first_module(copy())

    new = module.edition.sessions.get()
    assert (new.on, new.starts, new.room, new.notes) == (old.on + A_YEAR, old.starts, old.room, old.notes)
    assert [lecturer.person for lecturer in new.lecturers.all()] == [staying]
    assert [lecturer.person for lecturer in module.lecturers.all()] == [staying]


def test_the_log_of_a_copy_names_the_lecturers_who_come_along(programme, copy):
    staying, leaving = make_person(), make_person()
    teaches(programme.first, staying, until=2 * A_YEAR)
    teaches(programme.first, leaving, until=A_YEAR / 2)

    edition = copy()

    entry = Entry.objects.get(action="programmes.copy", object_id=str(edition.pk))
    assert entry.after["lecturers"] == [f"{programme.first.code}: {staying}"]


def test_a_lecturer_who_teaches_elsewhere_then_stays_behind_and_a_taken_room_leaves_the_session_out(
    programme, copy, starts_on
):
    busy, room = make_person(), make_room()
    teaches(programme.first, busy, until=2 * A_YEAR)
    meets = make_session(programme.first.edition, lecturers=[busy], title="Meets")
    make_session(programme.second.edition, room=room, title="Hindered", starts=datetime.time(14))
    make_session(on=meets.on + A_YEAR, lecturers=[busy])
    make_session(on=meets.on + A_YEAR, room=room, starts=datetime.time(14))
    foreseen = before_copying(programme.edition, starts_on)

    edition = copy()

    made = Session.objects.get(edition__module__phase__programme_edition=edition)
    assert made.title == "Meets" and not made.lecturers.exists()
    stands = after_copying(edition)
    assert [one.source.title for one in foreseen.left_out] == ["Hindered"]
    assert [one.source.title for one in stands.left_out] == ["Hindered"]
    assert room.name in stands.left_out[0].problems[0].sentence
    assert any(busy.full_name in line.sentence for line in foreseen.attention)


def test_cohorts_with_sessions_of_their_own_come_along_empty(programme, copy):
    make_session(programme.first.edition, cohort=make_cohort(programme.first.edition, name="Evening"))
    make_cohort(programme.first.edition, name="Without sessions")

    edition = first_module(copy()).edition

    assert [cohort.name for cohort in edition.cohorts.all()] == ["Evening"]
    assert edition.sessions.get().cohort == edition.cohorts.get()
    assert not edition.cohorts.get().members.exists()


def test_a_moot_court_comes_along_with_rules_rounds_and_case_file_but_no_teams(programme, copy):
    name = programme.edition.name
    moot = make_moot(programme.first.edition, title=f"Moot court {name}", tie_rule="shared")
    make_round(moot, RoundKind.WRITTEN)
    document = make_document(moot)
    make_team(moot)

    edition = first_module(copy()).edition

    new = Moot.objects.get(edition=edition)
    assert (new.title, new.tie_rule, new.opened_at) == ("Moot court Next year", "shared", None)
    assert new.written_rubric == moot.written_rubric
    zone = ZoneInfo(moot.edition.time_zone)
    before, after = moot.rounds.get().memorials_due_at, new.rounds.get().memorials_due_at
    assert after.astimezone(zone).date() - before.astimezone(zone).date() == A_YEAR
    before, after = document.released_at, new.documents.get().released_at
    assert after.astimezone(zone).date() - before.astimezone(zone).date() == A_YEAR
    assert not new.teams.exists()


def test_files_of_a_case_are_copied_and_a_copy_that_fails_leaves_none_behind(
    programme, copy, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    document = make_document(make_moot(programme.first.edition))
    save_document(document, by=programme.coordinator, uploads=[pdf()])
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]

    def fail(**said):
        raise RuntimeError

    programme_edition_copied.connect(fail, weak=False, dispatch_uid="test")
    with pytest.raises(RuntimeError):
        copy()
    programme_edition_copied.disconnect(dispatch_uid="test")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == kept

    edition = first_module(copy()).edition

    new, old = CaseFile.objects.get(document__moot__edition=edition), document.files.get()
    assert new.file.name != old.file.name
    assert new.file.read() == old.file.read()


def test_letters_of_the_call_come_along_with_the_new_name_and_years_in_them_are_pointed_out(programme, copy):
    call = Call.objects.create(
        programme_edition=programme.edition,
        code="call",
        name="Call",
        opens_at=timezone.now(),
        closes_at=timezone.now() + datetime.timedelta(days=30),
    )
    LetterTemplate.objects.create(
        call=call,
        occasion=LetterOccasion.ADMIT,
        language="en",
        subject=f"Welcome to {programme.edition.name}",
        body="We meet in Turin in 2031.",
    )

    edition = copy()

    assert edition.calls.get().letter_templates.get().subject == "Welcome to Next year"
    assert any("2031" in line.sentence for line in after_copying(edition).attention)


def test_the_preview_says_what_the_copy_then_has(programme, copy, starts_on):
    make_session(programme.first.edition)
    make_moot(programme.second.edition)
    foreseen = before_copying(programme.edition, starts_on)

    stands = after_copying(copy())

    assert foreseen.parts == stands.parts
    assert {"Sessions", "Phases"} <= {part.label for part in stands.parts}


def test_looking_ahead_asks_as_often_for_twelve_sessions_as_for_two(
    programme, starts_on, django_assert_num_queries
):
    lecturer = make_person()
    for _number in range(2):
        make_session(programme.first.edition, lecturers=[lecturer])
    with CaptureQueriesContext(connection) as two:
        before_copying(programme.edition, starts_on)
    for _number in range(10):
        make_session(programme.first.edition, lecturers=[lecturer])

    with django_assert_num_queries(len(two)):
        before_copying(programme.edition, starts_on)


def test_staff_see_what_will_be_copied_make_the_copy_and_see_what_is_left(programme, client):
    make_session(programme.first.edition, title="Opening lecture")
    client.force_login(programme.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("programme_editions:copy_edition", args=[programme.edition.pk])
    data = {"code": "next", "name": "Next year", "starts_on": programme.edition.starts_on + A_YEAR}

    shown = client.post(url, data)
    made = client.post(url, data | {"copy": "1"}, follow=True)

    assert "What will be copied" in shown.content.decode()
    assert made.redirect_chain[-1][0].endswith("/copied/")
    assert "One session has no lecturer yet." in made.content.decode()
    assert "Nobody has a role in it yet." in made.content.decode()


def test_what_was_left_out_leads_to_a_form_that_is_filled_in_like_it(programme, copy, client):
    room = make_room()
    link = "https://meet.example.org/secret"
    old = make_session(programme.first.edition, room=room, title="Hindered", online_link=link)
    make_session(on=old.on + A_YEAR, room=room)
    edition = copy()
    client.force_login(programme.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(reverse("programme_editions:copied", args=[edition.pk]), follow=True)

    [(_left_out, url)] = page.context["left_out"]
    assert "secret" not in url
    form = client.get(url, follow=True).context["form"]
    assert form.initial["on"] == old.on + A_YEAR
    said = [form[name].value() for name in ("title", "starts", "ends", "online_link")]
    assert said == ["Hindered", datetime.time(9), datetime.time(12), link]
    # Whoever manages the copy only fills the link in anew.
    module = first_module(edition)
    newcomer = make_staff()
    give_edition_role(newcomer, module.edition, Role.COORDINATOR)
    client.force_login(newcomer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(url, follow=True)
    assert page.context["form"]["title"].value() == "Hindered"
    assert "secret" not in page.content.decode()


def test_only_who_coordinates_reads_what_was_copied_and_only_of_a_copy(programme, copy, client):
    edition = copy()
    url = reverse("programme_editions:copied", args=[edition.pk])
    assessor = make_staff(Role.ASSESSOR)
    give_programme_role(assessor, edition, Role.ASSESSOR)

    assert "/login/" in client.get(url, follow=True).redirect_chain[-1][0]
    client.force_login(assessor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url, follow=True).status_code == 404
    client.force_login(programme.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url, follow=True).status_code == 200
    first = reverse("programme_editions:copied", args=[programme.edition.pk])
    assert client.get(first, follow=True).status_code == 404
