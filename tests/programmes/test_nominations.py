"""A partner's spreadsheet of people: read, looked at line by line, entered as a whole, and never twice."""

import csv
import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.models import User
from enrolments.invitations import invite_person
from enrolments.tables import MOST_MERGED, NotATable, read_table
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from programmes.applications.services import save_person, submit, withdraw_application
from programmes.models import Application, ApplicationEvent, Call, NominationList
from programmes.nominations import services
from programmes.nominations.examining import examine
from programmes.nominations.tables import COLUMNS
from programmes.nominations.tasks import forget_unconfirmed_nominations
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import fill_person, make_call, make_draft
from tests.factories.portfolio import country, make_partner
from tests.factories.selection import make_coordinator

pytestmark = pytest.mark.django_db

SOUND = {
    "given_names": "Amina",
    "family_name": "Diallo",
    "email": "amina@example.org",
    "born_on": "1990-05-01",
    "country": "Kenya",
    "institution": "High Court",
    "position": "Judge",
    "language": "fr",
}


def row(**fields):
    """A line with nothing wrong, except what is given."""
    return list((SOUND | fields).values())


def workbook(*rows, merged="", headings=COLUMNS.example):
    book = Workbook()
    book.active.append(headings)
    for cells in rows:
        book.active.append(cells)
    if merged:
        book.active.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def coordinator(call):
    return make_coordinator(call)


@pytest.fixture
def partner():
    return make_partner(name="University of Turin", names={"fr": "Université de Turin"})


@pytest.fixture
def read(call, coordinator, partner):
    """A list of these rows, as the coordinator has read it."""

    def reading(*rows, **kwargs):
        content = workbook(*rows, **kwargs)
        return services.read_file(call, partner, name="list.xlsx", content=content, by=coordinator)

    return reading


@pytest.fixture
def look(read, coordinator):
    """What entering these rows would do."""
    return lambda *rows, **kwargs: examine(read(*rows, **kwargs), coordinator)


@pytest.fixture
def enter(coordinator):
    """Confirm what was seen a moment ago."""

    def entering(nominations):
        seen = examine(nominations, coordinator).fingerprint
        return services.enter(nominations, seen=seen, by=coordinator)

    return entering


def said(lines):
    return " ".join(sentence for line in lines for sentence in (*line.problems, *line.notes))


# Entering


def test_everybody_named_gets_a_draft_and_a_message_in_their_language_and_nobody_twice(read, enter, call):
    settled = make_person("Omar@Example.org", first_name="Omar", last_name="Haddad", language="ar")
    rows = [
        row(),
        row(given_names="Omar", family_name="Haddad", email="omar@example.org", country="JO", language="en"),
    ]
    nominations = read(*rows)

    assert enter(nominations) == 2
    assert enter(nominations) == 2
    again = read(*rows)

    invited = User.objects.get(email="amina@example.org")
    assert not invited.has_usable_password()
    assert set(call.applications.values_list("person", flat=True)) == {invited.pk, settled.pk}
    draft = call.applications.get(person=invited)
    assert (draft.full_name, draft.born_on, draft.country) == (
        "Amina Diallo",
        datetime.date(1990, 5, 1),
        country(),
    )
    assert (draft.submitted_at, draft.institution, draft.position) == (None, "High Court", "Judge")
    assert draft.events.get().kind == ApplicationEvent.Kind.NOMINATED
    messages = {one.recipient_id: one for one in Message.objects.filter(kind__contains="nominated")}
    assert (messages[invited.pk].language, messages[settled.pk].language) == ("fr", "ar")
    assert "Université de Turin" in messages[invited.pk].body
    assert reverse("account_reset_password") in messages[invited.pk].body.replace("/fr/", "/en/")
    assert "reset" not in messages[settled.pk].body
    seen = examine(again, again.created_by)
    assert {line.facts.nominated_by for line in seen.known} == {"University of Turin"}
    assert not seen.noted
    with pytest.raises(services.NominationsRefused, match="nobody new"):
        enter(again)
    assert call.applications.count() == 2
    assert Message.objects.filter(kind__contains="nominated").count() == 2
    assert Entry.objects.filter(action="programmes.nominate").count() == 1


def test_of_an_account_staff_read_the_name_and_the_person_is_offered_the_rest(read, enter, call, client):
    person = make_person("amina@example.org", first_name="Aminata", last_name="Diallo")
    User.objects.filter(pk=person.pk).update(
        institution="Court of Appeal", gender="female", seniority="senior", country=country()
    )

    enter(read(row(country="")))

    draft = call.applications.get()
    assert (draft.given_names, draft.institution, draft.position) == ("Aminata", "High Court", "Judge")
    assert (draft.gender, draft.seniority) == ("", "")
    assert (draft.country, draft.residence) == (None, None)
    client.force_login(person)
    form = client.get(reverse("applications:person", args=[call.code])).context["form"]
    offered = {name: form[name].value() for name in ("gender", "seniority", "institution")}
    assert offered == {"gender": "female", "seniority": "senior", "institution": "High Court"}
    assert form["residence"].value() == country().pk


def test_what_the_person_has_emptied_and_saved_stays_empty(read, enter, call, client):
    person = make_person("amina@example.org", first_name="Amina", last_name="Diallo")
    User.objects.filter(pk=person.pk).update(gender="female")
    enter(read(row()))
    save_person(call.applications.get(), {"gender": "", "phone": "+254 1"}, sequence=0, language="en")
    client.force_login(person)

    form = client.get(reverse("applications:person", args=[call.code])).context["form"]

    assert form["gender"].value() == ""


def test_accounts_that_are_there_come_first_because_making_one_holds_the_audit_log(
    read, enter, call, monkeypatch
):
    settled = make_person("omar@example.org", first_name="Omar", last_name="Haddad")
    begun = []

    def inviting(*args, **kwargs):
        begun.append(call.applications.filter(person=settled).exists())
        return invite_person(*args, **kwargs)

    monkeypatch.setattr(services, "invite_person", inviting)
    enter(read(row(), row(given_names="Omar", family_name="Haddad", email=settled.email)))

    assert begun == [True]


def test_one_wrong_line_keeps_everybody_out(read, enter, call):
    nominations = read(row(), row(given_names="Omar", email="omar@example.org", country="Atlantis"))

    with pytest.raises(services.NominationsRefused, match="nobody of it is entered"):
        enter(nominations)

    assert not call.applications.exists()
    assert not User.objects.filter(email="amina@example.org").exists()


def test_what_has_changed_since_it_was_looked_at_is_looked_at_again(read, coordinator, call):
    nominations = read(row())
    seen = examine(nominations, coordinator).fingerprint
    make_person("amina@example.org", first_name="Amina", last_name="Diallo")

    with pytest.raises(services.NominationsRefused, match="look again"):
        services.enter(nominations, seen=seen, by=coordinator)

    assert not call.applications.exists()


def test_drafts_are_begun_only_while_the_call_takes_applications(read, enter, call):
    nominations = read(row())
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - datetime.timedelta(minutes=1))

    with pytest.raises(services.NominationsRefused, match="closed"):
        enter(nominations)

    assert not User.objects.filter(email="amina@example.org").exists()


def test_the_person_completes_and_submits_it_themselves(read, enter, call):
    enter(read(row()))
    person = User.objects.get(email="amina@example.org")
    client = Client()
    client.force_login(person)

    page = client.get(reverse("applications:start", args=[call.code])).text
    receipt = submit(fill_person(call.applications.get()), declared=[], language="en")

    assert "University of Turin" in page
    assert receipt.application.person == person


# Looking


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"given_names": ""}, "given names are missing"),
        ({"given_names": "A" * 151}, "longer than 150"),
        ({"email": ""}, "e-mail address is missing"),
        ({"email": "amina at example"}, "is no e-mail address"),
        ({"born_on": "01/05/1990"}, "is no day. Write it as"),
        ({"born_on": "1990-02-30"}, "no day of the calendar"),
        ({"born_on": "2999-01-01"}, "no date of birth"),
        ({"country": "Atlantis"}, "“Atlantis” is no country"),
        ({"language": "Klingon"}, "no language of this site"),
        ({"position": "=1+1"}, "Cell G2 holds a formula"),
    ],
)
def test_what_is_wrong_in_a_line_is_said(look, wrong, sentence):
    preview = look(row(**wrong))

    assert sentence in said(preview.refused)
    assert not preview.new


@pytest.mark.parametrize("typed", ["KE", "kenya", "Kenya", "كينيا"])
def test_a_country_is_found_by_its_code_and_its_names(look, typed):
    assert look(row(country=typed)).new[0].facts.country == country()


def test_merged_cells_are_refused_and_named(look):
    preview = look(row(), row(email="b@example.org"), row(email="c@example.org"), merged="F3:F4")

    assert [line.line for line in preview.refused] == [3, 4]
    assert "Cells F3:F4 are merged" in said(preview.refused)


def test_merged_headings_are_refused_and_named():
    content = workbook(row(), merged="A1:B1")

    with pytest.raises(NotATable, match="Cells A1:B1 are merged"):
        read_table(content, COLUMNS)


def stretched(content, area, wider):
    """The workbook with a merged area that is wider than openpyxl could make it in a second."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(area.encode(), wider.encode()))
    return made.getvalue()


def test_a_merged_area_of_a_million_rows_is_refused_without_being_filled():
    content = stretched(workbook(row(), merged="A1:B1"), "A1:B1", "A1:N1048576")

    with pytest.raises(NotATable, match="A1:N1048576"):
        read_table(content, COLUMNS)


def test_a_sheet_with_more_merged_areas_than_anybody_makes_is_not_read():
    many = 'A1:B1"/>' + '<mergeCell ref="A2:B2"/>' * MOST_MERGED + '<mergeCell ref="A1:B1'
    content = stretched(workbook(row(), merged="A1:B1"), "A1:B1", many)

    with pytest.raises(NotATable, match="More than 1000 areas"):
        read_table(content, COLUMNS)


def test_a_row_of_many_merged_areas_has_one_sentence():
    two = 'A2:B2"/><mergeCell ref="C2:D2'
    lines = read_table(stretched(workbook(row(), merged="A2:B2"), "A2:B2", two), COLUMNS)

    assert [line["problems"] for line in lines] == [
        ["Cells A2:B2 are merged, so it is not clear whose they are. Split them."]
    ]


def test_a_workbook_that_unpacks_to_more_than_its_rows_need_is_not_opened():
    made = io.BytesIO(workbook(row()))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b" " * 8 * 1024 * 1024)

    with pytest.raises(NotATable, match="far too large"):
        read_table(made.getvalue(), COLUMNS)


def test_two_people_of_one_name_are_said_and_both_entered(look):
    preview = look(
        row(),
        row(given_names="Diallo", family_name="Amína", email="other@example.org", born_on="1985-01-01"),
        row(email="third@example.org"),
    )

    first, second, third = preview.noted
    assert len(preview.new) == 3
    assert "another address: 3, 4. The date of birth is the same too" in first.notes[0]
    assert "another address: 2, 4. They are taken for two people" in second.notes[0]
    assert "another address: 2, 3" in third.notes[0]


def test_a_namesake_who_has_applied_is_said_with_the_address(look, call):
    fill_person(make_draft(call, make_person("first@example.org")))

    preview = look(row(email="second@example.org", born_on="1991-05-01"))

    assert "first@example.org. They are taken for two people" in said(preview.noted)
    assert preview.new


def test_one_address_in_two_lines_is_refused_in_both(look):
    preview = look(row(), row(given_names="Omar", email="AMINA@example.org"))

    assert [line.line for line in preview.refused] == [2, 3]
    assert "stands in lines 2, 3" in said(preview.refused)


def test_an_address_of_somebody_with_another_name_is_refused(look):
    make_person("amina@example.org", first_name="Bruno", last_name="Conti")

    preview = look(row())

    assert "belongs to somebody of another name" in said(preview.refused)
    assert "Bruno" not in said(preview.refused)


def test_a_name_that_is_the_same_in_part_is_looked_at_twice_and_the_rest_stays_unsaid(look):
    make_person("amina@example.org", first_name="Mohamed", last_name="Okonkwo")

    preview = look(row(given_names="Mohamed", family_name="Diallo"))

    assert "Only “Mohamed” stands in the name of the account" in said(preview.noted)
    assert "Okonkwo" not in said(preview.noted)
    assert preview.new


@pytest.mark.parametrize(
    ("given", "family", "first", "last"),
    [("明", "王", "明", "王"), ("Jose", "Munoz", "José", "Muñoz"), ("U", "A", "A", "U")],
)
def test_a_name_is_the_same_however_short_ordered_and_accented(look, given, family, first, last):
    make_person("amina@example.org", first_name=first, last_name=last)

    preview = look(row(given_names=given, family_name=family))

    assert preview.new
    assert not preview.noted


def test_two_addresses_of_one_merged_account_are_refused_in_both_lines(look):
    kept = make_person("amina@example.org", first_name="Amina", last_name="Diallo")
    make_person("old@example.org", first_name="Amina", last_name="Diallo", merged_into=kept)

    preview = look(row(), row(email="old@example.org"))

    assert [line.line for line in preview.refused] == [2, 3]
    assert "Lines 2, 3 give addresses of one and the same account" in said(preview.refused)


def test_whoever_has_an_application_is_passed_over_and_another_birthday_is_said(look, call):
    fill_person(make_draft(call, make_person("amina@example.org", first_name="Amina", last_name="Diallo")))

    same, other = look(row()), look(row(born_on="1985-01-01"))

    assert (len(same.known), len(same.noted), len(same.new)) == (1, 0, 0)
    assert "another date of birth, 1 May 1990" in said(other.known)


def test_nobody_is_nominated_against_their_will_nor_by_themselves(look, call, coordinator):
    withdrawn = make_draft(call, make_person("amina@example.org", first_name="Amina"))
    withdraw_application(withdrawn, by=withdrawn.person)
    closed = make_person("closed@example.org", first_name="Amina", is_active=False)

    preview = look(
        row(),
        row(email=closed.email, given_names="Amina"),
        row(email=coordinator.email, given_names=coordinator.first_name),
    )

    sentences = said(preview.refused)
    assert len(preview.refused) == 3
    assert "has withdrawn" in sentences
    assert "account of this address is closed" in sentences
    assert "your own address" in sentences


def test_looking_at_twelve_lines_asks_as_often_as_at_two(read, coordinator):
    def count(number):
        nominations = read(*[row(email=f"p{one}@example.org") for one in range(number)])
        nominations = NominationList.objects.select_related("call").get(pk=nominations.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            examine(nominations, coordinator)
        return len(queries)

    assert count(2) == count(12)


# On the screens


def address(name, *args):
    return reverse(f"nominations:{name}", args=args)


def upload(client, call, partner, content, name="list.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(address("index", call.pk), {"partner": partner.pk, "file": file})


@pytest.fixture
def desk(coordinator):
    client = Client()
    client.force_login(coordinator)
    return client


def test_a_coordinator_reads_looks_and_confirms(desk, call, partner):
    example = desk.get(address("example", call.pk)).content
    headings = [cell.value for cell in next(load_workbook(io.BytesIO(example)).active.iter_rows())]
    read = upload(desk, call, partner, workbook(row(), headings=headings))
    found = call.nomination_lists.get()

    page = desk.get(read.url).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    done = desk.post(read.url, {"seen": seen}, follow=True).text
    listed = desk.get(reverse("application_calls:applications", args=[call.pk]), {"partner": partner.pk})
    dossier = desk.get(reverse("application_calls:dossier", args=[call.applications.get().pk])).text

    assert headings == COLUMNS.example
    assert read.url == address("preview", call.pk, found.pk)
    assert "Begin 1 draft" in page
    assert "a draft has been begun for one person" in done.lower()
    assert "nominated by University of Turin" in listed.text
    assert "University of Turin" in dossier


def test_a_wrong_line_leaves_no_button_and_what_was_not_seen_is_not_entered(desk, call, partner):
    wrong = upload(desk, call, partner, workbook(row(country="Atlantis"))).url
    sound = upload(desk, call, partner, workbook(row())).url

    page = desk.get(wrong).text

    assert "“Atlantis” is no country" in page
    assert 'name="seen"' not in page
    assert desk.post(wrong, {"seen": "x"}).status_code == 409
    assert desk.post(sound, {"seen": "x"}).status_code == 409
    assert desk.post(sound, {}).status_code == 422
    assert not Application.objects.exists()


def test_a_csv_file_is_read_and_one_that_is_none_is_refused_with_the_way_forward(desk, call, partner):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([COLUMNS.example, row()])

    read = upload(desk, call, partner, text.getvalue().encode("utf-8-sig"), "list.csv")
    refused = upload(desk, call, partner, b"Name;Mail\nA;b", "list.csv")

    assert read.status_code == 302
    assert refused.status_code == 422
    assert "Missing: Given names, Family name, E-mail" in refused.text


def test_a_list_can_be_forgotten_and_is_after_two_days(desk, call, partner, time_machine):
    first = upload(desk, call, partner, workbook(row())).url
    upload(desk, call, partner, workbook(row()))

    desk.post(f"{first}discard/")
    assert call.nomination_lists.count() == 1
    logged = Entry.objects.filter(action__contains="nominations").order_by("number")
    assert [entry.action.removeprefix("programmes.") for entry in logged] == [
        "read_nominations",
        "read_nominations",
        "discard_nominations",
    ]
    assert logged.last().after["people"] == 1
    time_machine.move_to(timezone.now() + datetime.timedelta(days=3))
    forget_unconfirmed_nominations.func()

    assert not call.nomination_lists.exists()


def test_a_list_is_forgotten_or_confirmed_and_never_both(desk, read, enter, coordinator):
    confirmed, forgotten = read(row()), read(row(email="other@example.org"))
    seen = examine(forgotten, coordinator).fingerprint
    enter(confirmed)
    NominationList.objects.filter(pk=forgotten.pk).delete()

    told = desk.post(address("discard", confirmed.call_id, confirmed.pk), follow=True).text

    assert "has been confirmed meanwhile" in told
    assert confirmed.nominations.count() == 1
    with pytest.raises(services.NominationsRefused, match="forgotten meanwhile"):
        services.enter(forgotten, seen=seen, by=coordinator)


def test_the_screens_are_for_coordinators_of_the_edition_alone(call, partner, read):
    nominations = read(row())
    pages = [
        address("index", call.pk),
        address("example", call.pk),
        address("preview", call.pk, nominations.pk),
    ]
    other, learner = make_coordinator(make_call()), make_person()
    client = Client()

    client.force_login(other)
    assert {client.get(page, follow=True).status_code for page in pages} == {404}
    client.force_login(make_staff())
    assert {client.get(page, follow=True).status_code for page in pages} == {404}
    client.force_login(learner)
    assert {client.get(page).status_code for page in pages} <= {302, 403}
    client.logout()
    assert {client.get(page).status_code for page in pages} == {302}
