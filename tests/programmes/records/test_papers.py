"""Every figure on a transcript is worked out again here, from results and credits alone."""

import uuid
import zipfile
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.models import Award, Purpose
from certificates.papers.services import add_template
from certificates.services import AwardRefused
from courses.models import AwardKind
from foundation.audit.models import Entry
from programmes.models import AcademicRules, ItemKind, ModuleResult, PartnerPart
from programmes.records.holders import paper_standings
from programmes.records.record import record_of
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.records.services import (
    close_board,
    decide_as_proposed,
    issue_diploma,
    issue_student_paper,
    issue_to_many,
    prepare_agenda,
)
from programmes.records.transcript import filling_of
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type, make_signatory
from tests.factories.gradebook import make_scale
from tests.factories.portfolio import make_partner
from tests.factories.records import make_board, make_class, make_graded_edition, make_studying

pytestmark = pytest.mark.django_db
BAND_A, BAND_B = ("0.9", "Excellent"), ("0.6", "Good")


@pytest.fixture
def registrar():
    return make_staff("registrar")


@pytest.fixture
def edition():
    scale = make_scale(
        (Decimal(BAND_A[0]), BAND_A[1]), (Decimal(BAND_B[0]), BAND_B[1]), pass_from=Decimal("0.6")
    )
    edition = make_graded_edition(
        3, scale=scale, hours_taught_per_credit=Decimal(15), hours_worked_per_credit=Decimal(30)
    )
    for module, worth in zip(edition.phases.get().modules.all(), ["6", "3", "4.5"], strict=True):
        module.credits = Decimal(worth)
        module.save()
    edition.partners.create(
        partner=make_partner(name="University of Somewhere"), part=PartnerPart.DEGREE_AWARDING
    )
    make_class(edition, "With merit", least_average=Decimal("0.7"))
    return edition


@pytest.fixture
def student(edition, registrar):
    person = make_person(name_for_certificate="Amina Diallo")
    student = make_studying(edition, "0.914", "0.7", "0.651", person=person)
    board = make_board(edition)
    prepare_agenda(board, by=registrar)
    for kind in (ItemKind.RESULT, ItemKind.DEGREE):
        decide_as_proposed(board, kind, by=registrar)
    close_board(board, by=registrar)
    return student


@pytest.fixture
def transcript(registrar):
    return add_template(Purpose.TRANSCRIPT, "Transcript", by=registrar, signatory=make_signatory())


def issued(student, template, by, **fields):
    defaults = {"key": uuid.uuid4(), "language": "en", "reason": "Asked for."}
    return issue_student_paper(student, template, by=by, **defaults | fields)


def cells_of(award):
    """The rows of the results as they are frozen."""
    tables = [
        block
        for block in award.snapshot["document"]["document"]["blocks"]
        if "columns" in block and "groups" in block
    ]
    return [row["cells"] for group in tables[0]["groups"] for row in group["rows"]]


def rounded(share):
    return (share * 100).quantize(Decimal(1), ROUND_HALF_UP)


def test_every_figure_of_a_transcript_follows_from_results_and_credits(student, transcript, registrar):
    award = issued(student, transcript, registrar)

    *rows, total = cells_of(award)
    printed = [rounded(Decimal(score)) for score in ("0.914", "0.7", "0.651")]
    weights = [Decimal(6), Decimal(3), Decimal("4.5")]
    assert [row[5] for row in rows] == [f"{number}\N{NO-BREAK SPACE}%" for number in printed]
    assert [row[6] for row in rows] == ["Excellent", "Good", "Good"]
    assert [row[4] for row in rows] == ["6", "3", "4.5"]
    assert total[4] == "13.5"
    mean = sum(number * weight for number, weight in zip(printed, weights, strict=True)) / sum(weights)
    assert total[5] == f"{mean.quantize(Decimal(1), ROUND_HALF_UP)}\N{NO-BREAK SPACE}%"


def test_a_transcript_is_frozen_whatever_is_decided_later(student, transcript, registrar, edition):
    award = issued(student, transcript, registrar)
    before = award.snapshot

    edition.name = "Another name"
    edition.save()
    result = student.module_enrolments.first().results.get()
    result.score = Decimal("0.2")
    result.save()

    assert Award.objects.get(pk=award.pk).snapshot == before


def test_the_same_click_twice_issues_one_paper_and_a_new_one_another(student, transcript, registrar):
    key = uuid.uuid4()

    first, second = (issued(student, transcript, registrar, key=key) for _click in range(2))
    third = issued(student, transcript, registrar)

    assert first == second
    assert third.number != first.number
    assert student.papers.count() == 2


def test_the_transcript_names_who_awards_the_degree_and_explains_scale_and_credit(
    student, transcript, registrar
):
    document = str(issued(student, transcript, registrar).snapshot["document"])

    for words in ("University of Somewhere", "Awards the degree", "15 hours of teaching", "from 90"):
        assert words in document


@pytest.mark.parametrize(
    ("language", "word"), [("ar", "الوحدة الدراسية"), ("fr", "Crédits"), ("zh-hans", "学分")]
)
def test_a_transcript_speaks_the_language_it_is_asked_for(student, transcript, registrar, language, word):
    document = issued(student, transcript, registrar, language=language).snapshot["document"]["document"]

    assert word in str(document)
    assert document["language"] == language


def test_a_visa_letter_that_lacks_the_passport_is_refused_and_takes_no_number(student, registrar):
    visa = add_template(Purpose.VISA, "Visa letter", by=registrar, signatory=make_signatory())
    visa.wordings.update(body="Passport {passport_number} of {name}.")

    with pytest.raises(AwardRefused) as refused:
        issued(student, visa, registrar)
    award = issued(student, visa, registrar, given={"passport_number": "X123"})

    assert "{passport_number}" in str(refused.value)
    assert "X123" in str(award.snapshot["document"])


def test_the_diploma_waits_for_the_board_and_is_given_once(student, registrar, edition):
    AcademicRules.objects.get_or_create(programme_edition=edition)
    edition.refresh_from_db()
    edition.academic_rules.diploma = make_award_type(
        name="LL.M. diploma", kind=AwardKind.DIPLOMA, rule="decision"
    )
    edition.academic_rules.save()

    first, second = (issue_diploma(student, by=registrar, reason="Graduation") for _click in range(2))

    assert first == second
    assert first.snapshot["name"] == "Amina Diallo"
    assert "With merit" in str(first.snapshot)


def test_no_diploma_before_a_board_has_awarded_the_degree(edition, registrar):
    student = make_studying(edition, "0.9", "0.9", "0.9")

    with pytest.raises(RecordRefused) as refused:
        issue_diploma(student, by=registrar, reason="Hurry")

    assert refused.value.refusal == RecordRefusal.NOT_CONFIRMED


def test_the_registrar_issues_a_transcript_on_the_screen(client, student, transcript, registrar):
    client.force_login(registrar)
    address = reverse("programme_records:issue_paper", args=[student.programme_edition.code, student.key])
    sent = {"key": uuid.uuid4(), "template": transcript.pk, "language": "en", "reason": "Asked for."}

    assert client.get(address).status_code == 200
    client.post(address, sent)
    client.post(address, sent)

    assert Award.objects.get().holder == student.person
    page = client.get(
        reverse("programme_records:student", args=[student.programme_edition.code, student.key])
    )
    assert Award.objects.get().number in page.text


def test_a_coordinator_issues_no_papers(client, student, transcript):
    client.force_login(make_staff("coordinator"))
    address = reverse("programme_records:issue_paper", args=[student.programme_edition.code, student.key])

    assert client.get(address, follow=True).status_code == 404


def test_what_is_pending_is_said_to_be_so(edition):
    student = make_studying(edition, "0.9", None, None)

    table = filling_of(record_of(student), "en").blocks["results"][0]

    assert [row.cells[6] for row in table.rows()][:3] == ["In progress"] * 3


def papers_address(edition, *form):
    name = "collect_papers" if form else "papers"
    return reverse(f"programme_records:{name}", args=[edition.code, *form])


def issue_to(client, edition, template, *students, **fields):
    """Send the form of many."""
    sent = {
        "key": uuid.uuid4(),
        "students": [student.pk for student in students],
        "language": "en",
        "reason": "Graduation.",
    }
    return client.post(f"{papers_address(edition)}?paper={template.pk}", sent | fields)


def test_everybody_whose_results_are_confirmed_gets_a_transcript_in_one_go(
    client, edition, student, transcript, registrar, django_capture_on_commit_callbacks
):
    waiting = make_studying(edition, None, None, None)
    client.force_login(registrar)
    ticked = client.get(papers_address(edition)).context["form"].chosen

    key = uuid.uuid4()
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            issue_to(client, edition, transcript, student, key=key)

    assert ticked == {student.pk}
    assert waiting.papers.count() == 0
    assert Award.objects.get().holder == student.person
    assert "up to date" in client.get(papers_address(edition)).text


def test_who_was_decided_about_since_the_last_transcript_is_marked(edition, student, transcript, registrar):
    award = issued(student, transcript, registrar)
    Award.objects.update(issued_at=award.issued_at.replace(microsecond=0) - timedelta(seconds=1))
    (before,) = paper_standings(edition, transcript)
    ModuleResult.objects.update(confirmed_at=award.issued_at + timedelta(hours=1))
    (after,) = paper_standings(edition, transcript)

    assert (before.award, before.has_changed, before.wants_one) == (award, False, False)
    assert (after.has_changed, after.wants_one) == (True, True)


def test_nobody_chosen_is_refused_and_the_reason_stays(client, edition, student, transcript, registrar):
    client.force_login(registrar)

    refused = issue_to(client, edition, transcript, reason="For the ceremony")

    assert refused.status_code == 422
    assert "Choose at least one student." in refused.text
    assert "For the ceremony" in refused.text
    assert not Award.objects.exists()


def test_a_refusal_leaves_others_their_paper_and_is_written_down(edition, student, registrar):
    other = make_studying(edition, None, None, None)
    visa = add_template(Purpose.VISA, "Visa letter", by=registrar, signatory=make_signatory())
    visa.wordings.update(body="Passport {passport_number} of {name}.")

    issued_to = issue_to_many(
        [student, other], visa, key=uuid.uuid4(), language="en", by=registrar, reason="Arrival."
    )

    assert issued_to == []
    assert Entry.objects.filter(action="programmes.refuse_paper").count() == 2


@pytest.mark.parametrize("form", ["zip", "pdf"])
def test_all_transcripts_come_in_one_file(
    client, edition, student, transcript, registrar, form, django_capture_on_commit_callbacks
):
    client.force_login(registrar)
    address = papers_address(edition, transcript.pk, form)

    too_early = client.post(address)
    with django_capture_on_commit_callbacks(execute=True):
        issued(student, transcript, registrar)
    given = client.post(address)

    assert too_early.status_code == 302
    content = b"".join(given.streaming_content)
    if form == "zip":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert len(archive.namelist()) == 1
    else:
        assert content.startswith(b"%PDF")


def test_papers_of_everybody_are_the_registrars(client, edition, student, transcript):
    client.force_login(make_staff("coordinator"))

    assert client.get(papers_address(edition), follow=True).status_code == 404
    assert not client.post(papers_address(edition, transcript.pk, "zip")).streaming
    assert not Entry.objects.filter(action="programmes.collect_papers").exists()


def test_the_list_of_holders_costs_as_many_queries_for_twelve_students_as_for_two(
    client, edition, student, transcript, registrar
):
    client.force_login(registrar)
    counts = []
    for number in (1, 11):
        for _student in range(number):
            issued(make_studying(edition, None, None, None), transcript, registrar)
        client.get(papers_address(edition))
        with CaptureQueriesContext(connection) as queries:
            client.get(papers_address(edition))
        counts.append(len(queries))

    assert counts[0] == counts[1]
