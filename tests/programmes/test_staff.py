from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from foundation.audit.models import Entry
from programmes.models import Gate, GateConditionKind, Phase, ProgrammeEdition
from tests.factories.accounts import make_person, make_staff
from tests.factories.enrolments import make_tutored_edition
from tests.factories.programmes import give_programme_role, make_programme_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(programme, client):
    client.force_login(programme.coordinator)
    return client


def url(name, *args):
    return reverse(f"programme_editions:{name}", args=args)


def forms_of(prefix, *rows, initial=0):
    """The fields of a formset."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


SCREENS = ["overview", "students", "team", "copy_edition", "add_phase", "admit", "cancel", "export_students"]


@pytest.mark.parametrize("name", SCREENS)
def test_screens_open_to_who_runs_the_edition_and_to_nobody_else(programme, client, name):
    own, other = make_staff(), make_staff(Role.TUTOR)
    give_programme_role(own, programme.edition, Role.COORDINATOR)
    anonymous = client.get(url(name, programme.edition.pk), follow=True).redirect_chain
    client.force_login(own)
    allowed = client.get(url(name, programme.edition.pk)).status_code
    client.force_login(other)
    refused = client.get(url(name, programme.edition.pk), follow=True).status_code

    assert "login" in anonymous[0][0]
    assert (allowed, refused) == (200, 404)


def test_an_edition_is_begun_and_built_up_in_the_browser(programme, staff):
    page, course_edition = make_programme_page(), make_tutored_edition()
    fields = {
        "page": page.pk,
        "name": "Winter school 2027",
        "code": "winter-2027",
        "language": "en",
        "starts_on": "2027-01-18",
        "ends_on": "2027-01-22",
        "time_zone": "Europe/Rome",
        "credit_name": "credit",
        "keeps_refused_files_days": 90,
    }
    staff.post(url("add"), fields)
    edition = ProgrammeEdition.objects.get(code="winter-2027")
    dates = {"starts_on": "2027-01-18", "ends_on": "2027-01-22"}
    staff.post(
        url("add_phase", edition.pk),
        dates | {"name": "Week", "kind": "residential", "position": 1, "electives": 0},
    )
    phase = edition.phases.get()
    module = {"code": "WS 1", "edition": course_edition.pk, "position": 1, "credits": 1}
    staff.post(url("add_module", edition.pk, phase.pk), module | {"hours_taught": 25, "hours_worked": 0})
    lecturer = make_person()
    staff.post(url("add_lecturer", edition.pk, phase.modules.get().pk), dates | {"email": lecturer.email})
    staff.post(url("rows", edition.pk, "modes"), forms_of("modes", {"mode": "online", "capacity": 2}))
    fee = {"name": "Fee", "mode": "online", "amount": "350", "currency": "eur", "due_on": ""}
    staff.post(url("rows", edition.pk, "fees"), forms_of("fees", fee))

    assert phase.modules.get().lecturers.get().person == lecturer
    assert edition.fees.get().currency == "EUR"
    assert edition.modes.get().capacity == 2
    shown = staff.get(url("overview", edition.pk)).content.decode()
    assert "WS 1" in shown
    assert Entry.objects.filter(action="programmes.add_module").exists()


def test_what_does_not_fit_comes_back_with_what_was_typed(programme, staff):
    dates = {"starts_on": "2001-01-01", "ends_on": "2000-01-01"}
    typed = dates | {"name": "Too early", "kind": "online", "position": 1, "electives": 0}

    answer = staff.post(url("add_phase", programme.edition.pk), typed)

    assert answer.status_code == 422
    assert "Too early" in answer.content.decode()
    assert not Phase.objects.filter(name="Too early").exists()


def test_fewer_places_than_are_taken_are_refused(programme, staff, admitted):
    admitted(make_person())
    admitted(make_person())

    answer = staff.post(
        url("rows", programme.edition.pk, "modes"), forms_of("modes", {"mode": "in_person", "capacity": 1})
    )

    assert answer.status_code == 422
    assert not programme.edition.modes.exists()


def test_a_module_with_students_is_not_removed_and_says_so(programme, staff, admitted):
    admitted(make_person())
    address = url("remove_module", programme.edition.pk, programme.first.pk)

    answer = staff.post(address, {"reason": "By mistake"})

    assert answer.status_code == 422
    programme.first.refresh_from_db()


def test_a_gate_gets_its_conditions(programme, staff):
    rows = [
        {"kind": "attendance", "module": "", "least": "0.8", "id": programme.gate.conditions.get().pk},
        {"kind": "module", "module": programme.first.pk, "least": ""},
        {"kind": "decision", "module": "", "least": ""},
    ]
    data = {"note": "See the rules"} | forms_of("conditions", *rows, initial=1)

    staff.post(url("gate", programme.edition.pk, programme.residential.pk), data)
    without_module = staff.post(
        url("gate", programme.edition.pk, programme.residential.pk),
        {"note": ""} | forms_of("conditions", {"kind": "module", "module": "", "least": ""}),
    )

    gate = Gate.objects.get(phase=programme.residential)
    assert [condition.kind for condition in gate.conditions.all()] == ["attendance", "module", "decision"]
    assert without_module.status_code == 422
    assert staff.get(url("gate", programme.edition.pk, programme.online.pk), follow=True).status_code == 404


def test_the_list_says_who_waits_at_the_gate_and_why_and_can_be_narrowed_down(programme, staff, admitted):
    programme.first.pass_mark = Decimal("0.6")
    programme.first.save()
    good = admitted(make_person(last_name="Ndiaye"), Decimal("0.9"))
    bad = admitted(make_person(last_name="Okafor"), Decimal("0.3"))
    address = url("students", programme.edition.pk)

    everybody = staff.get(address).content.decode()
    waiting = staff.get(address, {"state": "waiting"}).content.decode()
    found = staff.get(address, {"q": "ndiaye"}).content.decode()

    assert "0 of 1 compulsory modules" in everybody
    assert (good.person.last_name in waiting, bad.person.last_name in waiting) == (False, True)
    assert (good.person.last_name in found, bad.person.last_name in found) == (True, False)


def test_the_list_costs_as_much_for_many_as_for_few(programme, staff, admitted):
    address = url("students", programme.edition.pk)
    for _number in range(2):
        admitted(make_person())
    staff.get(address)
    with CaptureQueriesContext(connection) as few:
        staff.get(address)
    for _number in range(10):
        admitted(make_person())
    with CaptureQueriesContext(connection) as many:
        staff.get(address)

    assert len(few) == len(many) <= 40


def test_staff_admit_waive_let_in_and_withdraw_one_student(programme, staff):
    person = make_person()
    data = {"email": person.email, "mode": "in_person", "reason": "By agreement"}
    staff.post(url("admit", programme.edition.pk), data)
    student = programme.edition.students.get()
    early = staff.post(url("let_in", student.pk, programme.residential.pk), {"reason": "Early"})
    staff.post(url("waive", student.pk, programme.residential.pk), {"reason": "Illness"})
    staff.post(url("let_in", student.pk, programme.residential.pk), {"reason": "Early"})
    shown = staff.get(url("student", student.pk)).content.decode()
    no_reason = staff.post(url("withdraw", student.pk), {"reason": ""})
    staff.post(url("withdraw", student.pk), {"reason": "Own wish"})

    student.refresh_from_db()
    assert (early.status_code, no_reason.status_code) == (422, 422)
    assert programme.second.edition.enrolments.exists()
    assert "Illness" not in shown or "Entered on" in shown
    assert not student.is_active


def test_a_decision_at_a_gate_needs_a_gate_that_asks_for_one(programme, staff, admitted):
    student = admitted(make_person())
    address = url("decide", student.pk, programme.residential.pk)
    refused = staff.post(address, {"may_pass": "yes", "reason": "Fit"})
    programme.gate.conditions.create(kind=GateConditionKind.DECISION)

    accepted = staff.post(address, {"may_pass": "yes", "reason": "Fit"})

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert student.gate_decisions.get().may_pass


def test_the_download_asks_for_a_reason(programme, staff, admitted):
    admitted(make_person())
    address = url("export_students", programme.edition.pk)

    answer = staff.post(address, {"reason": "For the host"})

    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(action="programmes.export_students").exists()


def test_copying_shows_the_dates_first(programme, staff):
    data = {
        "code": "next-year",
        "name": "Next year",
        "starts_on": programme.edition.starts_on.replace(year=2030).isoformat(),
    }
    address = url("copy_edition", programme.edition.pk)

    shown = staff.post(address, data)
    assert "2030" in shown.content.decode()
    assert not ProgrammeEdition.objects.filter(code="next-year").exists()
    staff.post(address, data | {"copy": "1"})

    assert ProgrammeEdition.objects.get(code="next-year").phases.count() == 2
