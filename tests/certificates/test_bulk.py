"""Awards for many at once: seen before it happens, taken up after a break, told once."""

import io
import zipfile

import pypdf
import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Role
from certificates.bulk import services
from certificates.bulk.tasks import take_up_batches, work_off_batch
from certificates.models import Award, IssueBatch, Rule
from certificates.storing import store
from foundation.outbox.models import Message
from learning.models import CourseCompletion
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment

pytestmark = pytest.mark.django_db

ISSUING = "/cms/certificates/issuing/"


def completed(edition, name, *, confirmed=True):
    """Somebody who completed the course before it gave any award."""
    person = make_person(
        first_name=name,
        last_name="Diallo",
        name_for_certificate=f"{name} Diallo",
        name_confirmed_at=timezone.now() if confirmed else None,
    )
    enrolment = make_enrolment(edition, person)
    CourseCompletion.objects.create(enrolment=enrolment)
    return enrolment


@pytest.fixture
def edition(course):
    return make_edition(course, code="spring")


@pytest.fixture
def people(edition):
    return [completed(edition, name) for name in ("Ann", "Ben", "Cleo")]


@pytest.fixture
def at_desk(client, registrar):
    client.force_login(registrar)
    return client


def issued_to(batch):
    return [item.award for item in batch.items.all()]


def test_who_gets_it_and_who_not_and_why_is_seen_before_anything_happens(at_desk, edition, people):
    completed(edition, "Dora", confirmed=False)
    make_enrolment(edition, make_person(first_name="Emil", last_name="Late"))

    page = at_desk.get(f"{ISSUING}editions/{edition.pk}/").content.decode()

    assert "3 people get it" in page and "2 people do not" in page
    for shown in ("Ann Diallo", "Has not confirmed the name", "Emil Late", "Has not completed the course"):
        assert shown in page
    assert not Award.objects.exists()


def test_everybody_who_was_ticked_gets_it_once(at_desk, edition, people, committed):
    data = {"people": [people[0].pk, people[1].pk], "reason": "End of term", "award": ""}

    with committed():
        response = at_desk.post(f"{ISSUING}editions/{edition.pk}/", data)
    batch = IssueBatch.objects.get()
    services.work_off(batch)

    page = at_desk.get(response.headers["Location"]).content.decode()
    assert {award.enrolment for award in Award.objects.all()} == set(people[:2])
    assert "2 of 2 people done" in page and "Drawn and stored: 2" in page
    assert Message.objects.filter(kind="certificates.issued").count() == 2


@pytest.mark.parametrize("spoilt", [{"people": []}, {"reason": ""}])
def test_people_and_a_reason_are_needed(at_desk, edition, people, spoilt):
    data = {"people": [people[0].pk], "reason": "End of term"} | spoilt

    assert at_desk.post(f"{ISSUING}editions/{edition.pk}/", data).status_code == 422
    assert not IssueBatch.objects.exists()


def test_who_does_not_qualify_cannot_be_ticked(at_desk, edition, people):
    late = make_enrolment(edition, make_person())

    response = at_desk.post(f"{ISSUING}editions/{edition.pk}/", {"people": [late.pk], "reason": "Please"})

    assert response.status_code == 422


def test_a_batch_that_broke_off_is_taken_up_without_doubles(
    edition, people, award_type, registrar, committed
):
    batch = services.start(edition, award_type, people, by=registrar, reason="End of term")
    services._work_off_one(batch, batch.items.first().pk)

    with committed():
        take_up_batches.func()
    work_off_batch.func(batch.pk)

    batch.refresh_from_db()
    assert batch.finished_at
    assert Award.objects.count() == 3
    assert sorted(award.number[-6:] for award in issued_to(batch)) == ["000001", "000002", "000003"]


def test_who_no_longer_qualifies_is_refused_and_the_others_get_it(edition, people, award_type, registrar):
    batch = services.start(edition, award_type, people, by=registrar, reason="End of term")
    people[1].person.name_confirmed_at = None
    people[1].person.save()

    services.work_off(batch)

    refused = batch.items.exclude(refusal="").get()
    assert refused.enrolment == people[1] and "Has not confirmed the name" in refused.refusal
    assert Award.objects.count() == 2


def test_who_has_it_already_keeps_it(edition, people, award_type, registrar):
    first = services.start(edition, award_type, people[:1], by=registrar, reason="Early")
    services.work_off(first)

    again = services.start(edition, award_type, people, by=registrar, reason="End of term")
    services.work_off(again)

    assert Award.objects.count() == 3
    assert issued_to(again)[0] == issued_to(first)[0]


def test_emails_are_held_back_until_they_are_sent_once(at_desk, edition, people, award_type, registrar):
    batch = services.start(
        edition, award_type, people, by=registrar, reason="Ceremony on Friday", hold_emails=True
    )
    services.work_off(batch)
    for award in Award.objects.all():
        store(award)
    assert not Message.objects.exists()

    for _twice in range(2):
        at_desk.post(f"{ISSUING}batches/{batch.pk}/tell/")

    assert Message.objects.filter(kind="certificates.issued").count() == 3
    assert len(mail.outbox) <= 3


def test_the_files_come_together(at_desk, edition, people, award_type, registrar):
    batch = services.start(edition, award_type, people, by=registrar, reason="End of term")
    services.work_off(batch)
    for award in Award.objects.all():
        store(award)

    packed = b"".join(at_desk.get(f"{ISSUING}batches/{batch.pk}/awards.zip").streaming_content)
    printed = b"".join(at_desk.get(f"{ISSUING}batches/{batch.pk}/awards.pdf").streaming_content)

    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for award in Award.objects.all():
            with award.file.open("rb") as stored:
                assert archive.read(f"{award.number}.pdf") == stored.read()
    pages = pypdf.PdfReader(io.BytesIO(printed)).pages
    assert [any(name in page.extract_text() for page in pages) for name in ("Ann", "Ben", "Cleo")] == [
        True
    ] * 3


def test_a_coordinator_issues_for_the_editions_they_manage(client, course, edition, people):
    coordinator = make_staff()
    give_edition_role(coordinator, edition, Role.COORDINATOR)
    other = make_edition(course)
    decided = make_award_type(rule=Rule.DECISION)
    client.force_login(coordinator)

    assert client.get(f"{ISSUING}editions/{edition.pk}/").status_code == 200
    assert client.get(f"{ISSUING}editions/{other.pk}/", follow=True).status_code == 404
    page = client.get(f"{ISSUING}editions/{edition.pk}/", {"award": decided.pk}).content.decode()
    assert decided.name not in page and "Choose an award" in page


@pytest.mark.parametrize(
    "path", ["", "editions/{edition}/", "batches/{batch}/", "batches/{batch}/awards.zip"]
)
def test_nobody_else_issues(client, edition, people, award_type, registrar, path):
    batch = services.start(edition, award_type, people, by=registrar, reason="End of term")
    path = ISSUING + path.format(edition=edition.pk, batch=batch.pk)

    assert "/accounts/login/" in client.get(path, follow=True).redirect_chain[-1][0]
    client.force_login(make_person())
    assert client.get(path).status_code in (302, 403)
    tutor = make_staff()
    give_edition_role(tutor, edition, Role.TUTOR)
    client.force_login(tutor)
    assert client.get(path, follow=True).status_code == 404
