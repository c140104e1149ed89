"""Issuing to everybody who qualifies: seen first, done once, resumed after a kill, handed on as one file."""

import io
import uuid
import zipfile

import pikepdf
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from certificates import services
from certificates.bulk.outlook import awards_of, outlook, progress_of
from certificates.bulk.services import issuing
from certificates.bulk.services.issuing import send_held_emails, work_through
from certificates.bulk.services.ordering import NobodyQualifies, order_bulk_issue
from certificates.bulk.tasks import examine_waiting, go_on_with_orders
from certificates.earning import Obstacle
from certificates.models import Award, BulkIssue, Rule
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from learning.models import CourseCompletion
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(award_type):
    """An edition whose course began to give an award only after people had completed it."""
    course = make_course("Tracing assets", workload_hours=6)
    edition = make_edition(course, code="assets-9")
    for number in range(3):
        completed(edition, f"judge{number}@example.org", name=f"Judge Number {number}")
    completed(edition, "silent@example.org", name="")
    make_enrolment(edition, make_person("still@example.org", last_name="Still"))
    offer_award(course, award_type)
    return edition


def completed(edition, email, name):
    person = make_person(email, name_for_certificate=name, name_confirmed_at=timezone.now() if name else None)
    enrolment = make_enrolment(edition, person)
    CourseCompletion.objects.create(enrolment=enrolment)
    return enrolment


@pytest.fixture
def coordinator():
    return make_staff("coordinator", email="coordinator@example.org")


def order(edition, award_type, by, *, form_key=None, chosen=None, **fields):
    ready = {one.enrolment.pk for one in outlook(edition, award_type).ready}
    return order_bulk_issue(
        edition,
        award_type,
        chosen=ready if chosen is None else chosen,
        by=by,
        reason="The course gives a certificate from now on.",
        form_key=form_key or uuid.uuid4(),
        **fields,
    )


def test_a_coordinator_sees_who_gets_it_and_who_does_not_and_why(client, edition, award_type, coordinator):
    client.force_login(coordinator)

    page = client.get(reverse("bulk_awards:issue", args=[edition.pk])).content.decode()

    assert page.count('name="people"') == 3
    assert str(Obstacle.NAME_OPEN.label) in page
    assert str(Obstacle.NOT_COMPLETED.label) in page


def test_everybody_who_qualifies_gets_one_award_and_one_message(
    client, edition, award_type, coordinator, committed
):
    client.force_login(coordinator)
    shown = client.get(reverse("bulk_awards:issue", args=[edition.pk]))
    form = shown.context["form"]
    posted = {"people": form["people"].value(), "reason": "Ceremony.", "form_key": form["form_key"].value()}
    posted["award"] = award_type.pk

    with committed():
        first = client.post(reverse("bulk_awards:issue", args=[edition.pk]), posted)
        second = client.post(reverse("bulk_awards:issue", args=[edition.pk]), posted)

    assert Award.objects.whole().count() == 3
    assert BulkIssue.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]
    assert Message.objects.filter(kind="certificates.issued").count() == 3
    assert Entry.objects.filter(action="certificates.order_bulk_issue").count() == 1


def test_a_worker_killed_half_way_goes_on_without_doubles(
    edition, award_type, coordinator, committed, monkeypatch
):
    made = order(edition, award_type, coordinator)
    once = issuing.issue_line
    calls = []

    def killed_at_the_second(line_id):
        calls.append(line_id)
        if len(calls) == 2:
            raise SystemExit
        once(line_id)

    monkeypatch.setattr(issuing, "issue_line", killed_at_the_second)
    with committed(), pytest.raises(SystemExit):
        work_through(made)
    assert progress_of(made).done == 1

    monkeypatch.undo()
    with committed():
        work_through(made)
        work_through(made)

    assert progress_of(made).finished
    assert sorted(Award.objects.values_list("number", flat=True)) == [
        f"UNI-{timezone.localdate().year}-{number:06d}" for number in (1, 2, 3)
    ]


def test_nobody_is_issued_an_award_because_a_course_begins_to_give_one(edition, committed):
    with committed():
        examine_waiting.call()

    assert not Award.objects.exists()


def test_nobody_is_ticked_for_an_award_that_staff_decide_about(client, edition, registrar):
    prize = make_award_type(name="Prize of the jury", rule=Rule.DECISION)
    client.force_login(registrar)

    form = client.get(reverse("bulk_awards:issue", args=[edition.pk]), {"award": prize.pk}).context["form"]

    assert form["people"].value() == []
    assert len(form.fields["people"].choices) == 3


def test_only_the_award_that_was_looked_at_is_issued(client, edition, award_type, registrar):
    client.force_login(registrar)
    url = reverse("bulk_awards:issue", args=[edition.pk])
    form = client.get(url).context["form"]
    posted = {"people": form["people"].value(), "reason": "Ceremony.", "form_key": form["form_key"].value()}
    make_award_type(name="A board diploma", rule=Rule.DECISION)

    without = client.post(url, posted)
    gone = client.post(url, posted | {"award": 999_999})

    assert not BulkIssue.objects.exists()
    assert without.status_code == gone.status_code == 200


def test_orders_that_a_killed_process_left_are_taken_up_again(edition, award_type, coordinator, committed):
    order(edition, award_type, coordinator)
    assert not Award.objects.exists()

    with committed():
        go_on_with_orders.call()

    assert Award.objects.count() == 3


def test_a_corrected_name_is_what_is_printed_and_told_later(
    edition, award_type, coordinator, registrar, committed
):
    made = order(edition, award_type, coordinator, holds_emails=True)
    with committed():
        work_through(made)
    wrong, lost, _right = Award.objects.order_by("number")
    with committed():
        services.replace(wrong, by=registrar, reason="Spelling.", name="Judge Corrected")
        services.revoke(lost, by=registrar, reason="By mistake.")

    numbers = list(awards_of(made).values_list("number", flat=True))

    assert wrong.number not in numbers
    assert lost.number not in numbers
    assert len(numbers) == 2
    assert progress_of(made).held == 1
    assert not Message.objects.filter(kind__in=["certificates.issued", "certificates.replaced"]).exists()
    assert send_held_emails(made, by=registrar) == 2


def test_what_changed_since_the_order_is_said_on_its_line(edition, award_type, coordinator, committed):
    made = order(edition, award_type, coordinator)
    line = made.lines.first()
    CourseCompletion.objects.filter(enrolment=line.enrolment).delete()

    with committed():
        work_through(made)

    line.refresh_from_db()
    assert line.award is None
    assert str(Obstacle.NOT_COMPLETED.label) in line.refusal
    assert Award.objects.count() == 2


def test_held_emails_are_sent_once_when_somebody_says_so(edition, award_type, coordinator, committed):
    made = order(edition, award_type, coordinator, holds_emails=True)
    with committed():
        work_through(made)
    assert Award.objects.whole().count() == 3
    assert not Message.objects.filter(kind="certificates.issued").exists()

    with committed():
        sent = send_held_emails(made, by=coordinator)
        again = send_held_emails(made, by=coordinator)

    assert (sent, again) == (3, 0)
    assert Message.objects.filter(kind="certificates.issued").count() == 3
    assert len(mail.outbox) <= 3


def test_an_order_for_nobody_is_refused(edition, award_type, coordinator):
    with pytest.raises(NobodyQualifies):
        order(edition, award_type, coordinator, chosen=set())
    assert not BulkIssue.objects.exists()


def test_a_zip_holds_the_files_as_issued_and_a_pdf_all_pages(
    client, edition, award_type, coordinator, committed
):
    made = order(edition, award_type, coordinator)
    with committed():
        work_through(made)
    client.force_login(coordinator)

    packed = b"".join(client.get(reverse("bulk_awards:as_zip", args=[made.pk])).streaming_content)
    printed = b"".join(client.get(reverse("bulk_awards:as_pdf", args=[made.pk])).streaming_content)

    archive = zipfile.ZipFile(io.BytesIO(packed))
    award = Award.objects.first()
    with award.file.open("rb") as stored:
        assert archive.read(f"{award.number}.pdf") == stored.read()
    with pikepdf.open(io.BytesIO(printed)) as pages:
        assert len(pages.pages) == 3


def test_files_that_are_not_whole_yet_are_a_sentence(client, edition, award_type, coordinator):
    made = order(edition, award_type, coordinator)
    client.force_login(coordinator)

    response = client.get(reverse("bulk_awards:as_zip", args=[made.pk]), follow=True)

    assert "whole yet" in response.content.decode()


def test_whoever_does_not_manage_the_edition_finds_nothing(client, edition, award_type, coordinator, learner):
    made = order(edition, award_type, coordinator)
    client.force_login(make_staff("tutor", email="tutor@example.org"))

    for url in ("issue", edition.pk), ("order", made.pk), ("as_zip", made.pk), ("as_pdf", made.pk):
        response = client.get(reverse(f"bulk_awards:{url[0]}", args=[url[1]]), follow=True)
        assert response.status_code == 404
    client.force_login(learner)
    assert client.get(reverse("bulk_awards:order", args=[made.pk])).status_code == 302


def test_the_number_of_queries_does_not_grow_with_the_people(
    client, edition, coordinator, django_assert_max_num_queries
):
    client.force_login(coordinator)
    url = reverse("bulk_awards:issue", args=[edition.pk])
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    for number in range(10):
        completed(edition, f"more{number}@example.org", name=f"More {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)
