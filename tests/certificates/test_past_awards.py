"""Awards given before this site kept the register: read from a spreadsheet, looked at, entered, verified."""

import csv
import io
from datetime import date, datetime, timedelta

import pikepdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from certificates import services as issuing
from certificates.codes import printed
from certificates.erasure.services import erase
from certificates.models import Award, NumberSeries, PastImport
from certificates.past import services
from certificates.past.examining import examine
from certificates.past.services import attach_scan
from certificates.past.tables import COLUMNS, read_table
from certificates.past.tasks import forget_unconfirmed_imports
from certificates.storing import read
from certificates.tasks import check_stored_awards, store_waiting_awards
from certificates.verification import in_state, verify
from enrolments.tables import NotATable
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type

pytestmark = pytest.mark.django_db

HEADINGS = COLUMNS.example
SOUND = {
    "number": "CERT/2012/0417",
    "name": "Amina Diallo",
    "award": "Past completion",
    "course": "Tracing the proceeds of crime",
    "hours": "40",
    "day": "2012-04-30",
    "language": "en",
    "email": "",
    "valid_until": "",
}


@pytest.fixture(autouse=True)
def past_type():
    return make_award_type(languages=("en", "fr"), name="Past completion")


def row(**fields):
    """A line with nothing wrong, except what is given."""
    return list((SOUND | fields).values())


def workbook(*rows, merged="", headings=HEADINGS):
    book = Workbook()
    book.active.append(headings)
    for cells in rows:
        book.active.append(cells)
    if merged:
        book.active.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def table(*rows, separator=";", encoding="utf-8-sig"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([HEADINGS, *rows])
    return text.getvalue().encode(encoding)


@pytest.fixture
def look(registrar):
    """What entering these rows would do."""
    return lambda *rows, **kwargs: examine(read_table(workbook(*rows, **kwargs)), registrar)


@pytest.fixture
def enter(registrar):
    """Read a file and confirm what it says."""

    def entered(*rows):
        found = services.read_file("old.xlsx", workbook(*rows), by=registrar)
        seen = examine(found.lines, registrar).fingerprint
        return services.enter(found, seen=seen, by=registrar, reason="Register of 2012")

    return entered


# Reading


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_says_the_same_as_a_workbook(separator):
    assert read_table(table(row(), separator=separator)) == read_table(workbook(row()))


def test_days_and_numbers_of_a_spreadsheet_are_read_as_they_are_meant():
    lines = read_table(workbook(row(number=417, day=datetime(2012, 4, 30), hours=37.5)))

    cells = lines[0]["cells"]
    assert (cells["number"], cells["day"], cells["hours"]) == ("417", "2012-04-30", "37.5")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 no archive", "damaged"),
        ("Nom;Numéro\nÀ;1".encode("latin-1"), "UTF-8"),
        (b"Number\0;Name", "no text"),
        (b"Number;Name\n1;Amina", "Missing: Award, Course, Day"),
        (b"Number;Name;Name;Award;Course;Day\n1;a;b;c;d;e", "two columns"),
        (b"Number;Name;Award;Course;Day\n", "no line below"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(NotATable, match=sentence):
        read_table(content)


def test_headings_are_understood_in_the_languages_of_the_screens(look):
    headings = ["Numéro", "Nom", "الشهادة", "Cours", "Heures", "Jour", "Langue", "Courriel", "صالحة حتى"]

    assert look(row(), headings=headings).new


# Looking


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": ""}, "number is missing"),
        ({"name": ""}, "name is missing"),
        ({"course": ""}, "course is missing"),
        ({"name": "A" * 151}, "longer than 150"),
        ({"award": "Unheard of"}, "no award type “Unheard of”"),
        ({"day": "30/04/2012"}, "is no day. Write it as"),
        ({"day": "41029"}, "is no day. Write it as"),
        ({"day": "2012-02-31"}, "no day of the calendar"),
        ({"day": "2999-01-01"}, "in the future"),
        ({"day": "1012-01-01"}, "before there was an institute"),
        ({"valid_until": "2011-01-01"}, "before it was given"),
        ({"hours": "many"}, "no number of hours"),
        ({"hours": "-4"}, "no number of hours"),
        ({"language": "Klingon"}, "no language of this site"),
        ({"day": "=TODAY()"}, "holds a formula"),
    ],
)
def test_a_line_with_something_wrong_is_left_out_and_says_what(look, wrong, sentence):
    preview = look(row(**wrong), row(number="CERT/2012/0418"))

    assert sentence in " ".join(preview.refused[0].problems)
    assert [line.cells["number"] for line in preview.new] == ["CERT/2012/0418"]


@pytest.mark.parametrize("typed", ["2012-04-30", "30.4.2012", "2012-4-30"])
def test_days_are_read_where_they_can_be_one_day_only(look, typed):
    assert look(row(day=typed)).new[0].facts.day == date(2012, 4, 30)


@pytest.mark.parametrize("typed", ["fr", "French", "français", "Français"])
def test_a_language_is_named_by_its_code_or_by_how_people_write_it(look, typed):
    assert look(row(language=typed)).new[0].facts.language == "fr"


def test_a_number_that_stands_twice_is_left_out_twice(look):
    preview = look(row(), row(number="cert/2012/0417", name="Somebody Else"))

    assert [line.line for line in preview.refused] == [2, 3]


def test_merged_cells_are_named(look):
    preview = look(row(), row(number="2", name=None), row(number="3"), merged="B2:B3")

    assert [line.line for line in preview.refused] == [2, 3]
    assert "B2:B3" in preview.refused[0].problems[0]
    assert len(preview.new) == 1


def test_an_award_named_by_a_title_that_two_types_share_is_asked_for(look):
    make_award_type(name="Another")

    preview = look(row(award="Certificate"))

    assert "Another, Past completion" in preview.refused[0].problems[0]


def test_two_people_of_one_name_are_pointed_out_and_never_guessed_at(look):
    for email in ("one@example.org", "two@example.org"):
        make_person(email, first_name="Amina", last_name="Diallo")

    line = look(row()).new[0]

    assert "2 people of this name" in line.notes[0]
    assert line.facts.person is None


def test_one_name_under_two_addresses_is_pointed_out(look):
    preview = look(row(email="a@example.org"), row(number="2", email="b@example.org"))

    assert all("different addresses" in " ".join(line.notes) for line in preview.new)


def test_an_address_finds_the_account_and_another_name_is_pointed_out(look, learner):
    fits, strange = look(
        row(email="AMINA@example.org"), row(number="2", name="Li Wei", email="amina@example.org")
    ).new

    assert fits.facts.person == strange.facts.person == learner
    assert "Is it the same person?" in " ".join(strange.notes)


def test_an_address_without_an_account_is_said_and_the_award_is_entered_without_one(look):
    line = look(row(email="gone@example.org")).new[0]

    assert "No account has the address" in line.notes[0]


def test_nobody_enters_an_award_of_their_own(look):
    preview = look(row(email="registrar@example.org"))

    assert "your own address" in preview.refused[0].problems[0]


def test_numbers_that_this_site_gives_are_not_taken_from_its_series(look):
    year = timezone.localdate().year
    NumberSeries.objects.create(prefix="UNI", year=2015, last=3)
    numbers = [f"UNI-{year}-000007", f"OLD-{year}-000007", "UNI-2015-000007", "UNI-2014-000007"]

    preview = look(*[row(number=number) for number in numbers])

    assert [line.cells["number"] for line in preview.new] == ["UNI-2014-000007"]


def test_looking_asks_as_often_with_twelve_lines_as_with_two(look):
    counts = []
    for many in (2, 12):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            look(*[row(number=f"{many}/{one}", email=f"{one}@example.org") for one in range(many)])
        counts.append(len(seen))

    assert counts[0] == counts[1]


# Entering


def test_an_entered_award_is_in_the_register_has_a_code_and_keeps_its_number(enter, registrar):
    assert enter(row(), row(number="2012-XIV-3", hours="", valid_until="2015-04-30")) == 2

    first, second = Award.objects.order_by("pk")
    assert (first.number, second.number) == ("CERT/2012/0417", "2012-XIV-3")
    assert first.issued_at.date() == date(2012, 4, 30)
    assert list(in_state(Award.objects.all(), "valid")) == [first]
    assert list(in_state(Award.objects.all(), "expired")) == [second]
    entry = Entry.objects.get(action="certificates.enter_past_awards")
    assert (entry.actor, entry.reason, entry.after["awards"]) == (registrar, "Register of 2012", 2)


def test_nothing_is_drawn_signed_or_mailed_for_it(enter, learner, committed):
    with committed():
        enter(row(email=learner.email))
    store_waiting_awards.call()
    check_stored_awards.call()

    award = Award.objects.get()
    assert award.holder == learner
    assert not award.file
    assert not award.sha256
    assert not award.badge
    assert mail.outbox == []


def test_entering_leaves_the_series_without_a_gap(enter, enrolment, complete):
    enter(row())

    assert complete(enrolment).number.endswith("000001")


def test_the_same_file_again_adds_nothing(enter, look):
    enter(row(), row(number="2"))

    preview = look(row(), row(number="2"))

    assert len(preview.known) == 2
    assert not preview.new
    with pytest.raises(services.PastRefused, match="No line"):
        enter(row(), row(number="2"))
    assert Award.objects.count() == 2


def test_confirming_twice_enters_once(registrar):
    found = services.read_file("old.xlsx", workbook(row()), by=registrar)
    seen = examine(found.lines, registrar).fingerprint

    counts = [services.enter(found, seen=seen, by=registrar, reason="Twice") for _each in range(2)]

    assert counts == [1, 1]
    assert Award.objects.count() == 1


def test_what_the_register_says_otherwise_is_left_out_and_not_overwritten(enter, look, award):
    enter(row())

    preview = look(row(name="Somebody Else"), row(number=award.number))

    assert "says something else" in preview.refused[0].problems[0]
    assert "issued by this site" in preview.refused[1].problems[0]


def test_a_preview_that_is_out_of_date_is_shown_again(enter, registrar):
    found = services.read_file("old.xlsx", workbook(row(), row(number="2")), by=registrar)
    seen = examine(found.lines, registrar).fingerprint
    enter(row())

    with pytest.raises(services.PastRefused, match="has changed since"):
        services.enter(found, seen=seen, by=registrar, reason="Late")
    assert Award.objects.count() == 1


def test_what_nobody_confirms_is_forgotten(registrar):
    services.read_file("old.xlsx", workbook(row()), by=registrar)
    PastImport.objects.update(created_at=timezone.now() - timedelta(days=3))
    services.read_file("new.xlsx", workbook(row()), by=registrar)

    forget_unconfirmed_imports.call()

    assert PastImport.objects.get().file_name == "new.xlsx"


def test_what_was_entered_names_nobody_in_the_file_that_is_kept(enter):
    enter(row())

    assert PastImport.objects.get().lines == []


def test_a_wrong_name_is_corrected_in_the_entry_and_no_new_paper_is_drawn(enter, registrar):
    enter(row())
    award = Award.objects.get()

    with pytest.raises(issuing.AwardRefused, match="no new paper"):
        issuing.replace(award, by=registrar, reason="Misspelt", name="Aminata Diallo")
    services.correct(award, name="Aminata  Diallo", by=registrar, reason="Misread")

    award.refresh_from_db()
    assert (award.snapshot["name"], award.number) == ("Aminata Diallo", "CERT/2012/0417")
    entry = Entry.objects.about(award).get()
    assert "Amina" not in f"{entry.before} {entry.after}"  # the log is for ever, a name may be erased


# Screens


def post_file(client, content, name="old.xlsx"):
    return client.post(reverse("past_awards:index"), {"file": SimpleUploadedFile(name, content)})


def test_the_registrar_chooses_a_file_sees_what_would_happen_and_confirms(client, registrar):
    client.force_login(registrar)
    example = client.get(reverse("past_awards:example"))
    assert read_table(example.content)

    seen = client.get(post_file(client, workbook(row(), row(number="2", day="never"))).url)
    page = seen.content.decode()
    assert "1 award will be entered." in page
    assert "“never” is no day" in page
    assert not Award.objects.exists()
    asked = {"reason": "Register of 2012", "seen": seen.context["form"].initial["seen"]}
    done = client.post(seen.wsgi_request.path, asked, follow=True)

    award = Award.objects.get()
    assert award.number in done.content.decode()
    inspected = client.get(reverse("award_register:inspect", args=[award.pk])).content.decode()
    assert "Given before this site kept the register" in inspected
    assert "Replace" not in inspected


def test_without_a_reason_nothing_is_entered_and_out_of_date_is_said(client, registrar, enter):
    client.force_login(registrar)
    path = post_file(client, workbook(row(), row(number="2"))).url

    assert client.post(path, {"reason": "", "seen": "x"}).status_code == 422
    refused = client.post(path, {"reason": "Register", "seen": "x"})
    assert refused.status_code == 409
    assert "has changed since you looked" in refused.content.decode()
    assert not Award.objects.exists()
    client.post(path + "discard/")
    assert not PastImport.objects.exists()


def test_a_file_that_is_none_is_refused_on_the_form(client, registrar):
    client.force_login(registrar)

    assert post_file(client, b"\x00\x01\x02").status_code == 422


@pytest.mark.parametrize("role", ["author", "evaluator", None])
def test_nobody_else_enters_or_sees_past_awards(client, role, registrar):
    found = services.read_file("old.xlsx", workbook(row()), by=registrar)
    if role:
        client.force_login(make_staff(role))

    for path in ("past_awards:index", "past_awards:example"):
        assert client.get(reverse(path)).status_code in (302, 404)
    assert client.post(reverse("past_awards:preview", args=[found.pk])).status_code in (302, 404)
    assert PastImport.objects.filter(confirmed_at=None).exists()


def test_strangers_are_told_that_it_was_entered_from_the_register_of_the_time(client, enter):
    enter(row())
    code = verify(Award.objects.get().code, "en").code

    page = client.get(reverse("certificates:verify", args=[code])).content.decode()

    assert "was entered from the register of that time" in page
    assert "Check that it was not changed" not in page
    assert client.get(reverse("verify_json", args=[code])).json() | {"sha256": None} == {
        "standing": "valid",
        "name": "Amina Diallo",
        "award": "Certificate",
        "course": "Tracing the proceeds of crime",
        "hours": "40",
        "completed_on": "2012-04-30",
        "valid_until": None,
        "issuer": "United Nations Interregional Crime and Justice Research Institute",
        "revoked_on": None,
        "code": code,
        "replaced_by": None,
        "sha256": None,
        "from_earlier_register": True,
    }


def test_its_holder_finds_it_without_a_file_to_download(client, enter, learner):
    enter(row(email=learner.email))
    code = verify(Award.objects.get().code, "en").code
    client.force_login(learner)

    page = client.get(reverse("certificates:my_awards")).content.decode()

    assert "Tracing the proceeds of crime" in page
    assert "its paper is the one you have" in page
    assert reverse("certificates:download", args=[code]) not in page
    assert client.get(reverse("certificates:download", args=[code])).status_code == 404
    assert client.get(reverse("certificates:award", args=[code])).status_code == 404


def test_verifying_it_takes_at_most_four_queries(client, enter, django_assert_max_num_queries):
    enter(row())
    code = verify(Award.objects.get().code, "en").code

    with django_assert_max_num_queries(4):
        client.get(reverse("certificates:verify", args=[code]))


# The scan of the paper


def scan_of(text="scan"):
    """A PDF of one page; others for other texts."""
    made, scan = io.BytesIO(), pikepdf.new()
    scan.add_blank_page()
    scan.docinfo["/Title"] = text
    scan.save(made, static_id=True)
    return made.getvalue()


def send_scan(client, award, content):
    sent = {"file": SimpleUploadedFile("scan.pdf", content), "reason": "Found in the archive."}
    return client.post(reverse("past_awards:scan", args=[award.pk]), sent)


@pytest.fixture
def kept(enter, registrar, settings, tmp_path):
    """A past award of somebody with an account, with a scan."""
    settings.MEDIA_ROOT = tmp_path
    make_person("holder@example.org")
    enter(row(email="holder@example.org"))
    award = Award.objects.get()
    attach_scan(award, scan_of(), by=registrar, reason="Found in the archive.")
    award.refresh_from_db()
    return award


def test_the_registrar_keeps_a_scan_and_verification_says_so_without_showing_it(client, enter, registrar):
    enter(row())
    award = Award.objects.get()
    client.force_login(registrar)

    assert send_scan(client, award, scan_of()).status_code == 302

    award.refresh_from_db()
    assert read(award) == scan_of()
    opened = client.get(reverse("award_register:file", args=[award.pk]))
    assert opened.content == scan_of()
    actions = set(Entry.objects.about(award).values_list("action", flat=True))
    assert actions == {"certificates.attach_scan", "certificates.view_paper"}
    client.logout()
    page = client.get(reverse("verification_link", args=[printed(award.code)]), follow=True).content.decode()
    assert "keeps a scan of the paper" in page
    assert award.sha256 not in page and award.file.name not in page
    assert client.get(reverse("award_register:file", args=[award.pk])).status_code == 302


def test_only_the_holder_and_those_who_decide_can_open_a_scan(client, kept):
    address = reverse("certificates:download", args=[printed(kept.code)])

    client.force_login(kept.holder)
    assert client.get(address).content == scan_of()
    assert "a scan of it that we keep" in client.get(reverse("certificates:my_awards")).content.decode()
    client.force_login(make_person("other@example.org"))
    assert client.get(address).status_code == 404
    client.force_login(make_staff("coordinator", email="coordinator@example.org"))
    assert client.get(reverse("award_register:file", args=[kept.pk]), follow=True).status_code == 404


def test_a_scan_proves_nothing_when_it_is_shown_to_us(client, kept):
    page = client.post(
        reverse("certificates:verify_file"), {"file": SimpleUploadedFile("scan.pdf", scan_of())}
    ).content.decode()

    assert "exactly what was issued" not in page
    assert kept.snapshot["name"] not in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"%PDF-1.7 and nothing", "is not a PDF, or is damaged"), (b"\x89PNG", "is not a PDF, or is damaged")],
)
def test_what_is_no_pdf_is_refused_and_nothing_is_kept(client, enter, registrar, content, sentence):
    enter(row())
    award = Award.objects.get()
    client.force_login(registrar)

    answer = send_scan(client, award, content)

    award.refresh_from_db()
    assert sentence in answer.content.decode()
    assert not award.file and not award.sha256


def test_a_better_scan_replaces_the_first_and_an_erasure_destroys_it(kept, registrar, committed, tmp_path):
    with committed():
        attach_scan(kept, scan_of("better"), by=registrar, reason="Sharper.")
    kept.refresh_from_db()
    assert [path.read_bytes() for path in tmp_path.rglob("*.pdf")] == [scan_of("better")]

    with committed():
        erase(kept, by=registrar, reason="Asked for.")

    assert list(tmp_path.rglob("*.pdf")) == []


def test_nobody_attaches_a_scan_to_an_award_of_their_own_or_to_one_that_is_not_past(kept, registrar, award):
    with pytest.raises(services.PastRefused, match="of their own"):
        attach_scan(kept, scan_of("mine"), by=kept.holder, reason="Mine.")
    with pytest.raises(services.PastRefused, match="only with past awards"):
        attach_scan(award, scan_of(), by=registrar, reason="Why not.")
