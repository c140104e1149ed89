"""From completing a course to a stored certificate that never changes."""

import hashlib

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.services import confirm_name
from certificates import services, tasks
from certificates.models import Award
from certificates.storing import AwardDamaged, read, store
from tests.factories.accounts import make_person
from tests.factories.courses import translate
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


def test_completing_a_course_gives_its_certificate_once(enrolment, complete):
    award = complete(enrolment)

    assert services.issue_award_due(enrolment) is None
    assert list(enrolment.awards.all()) == [award]
    assert award.number == f"UNI-{timezone.now().year}-000001"
    assert award.stored_at and award.sha256 == hashlib.sha256(award.file.open().read()).hexdigest()


def test_the_learner_is_told_once_in_their_own_language(course, complete):
    learner = make_person(
        "amelie@example.org", language="fr", name_confirmed_at=timezone.now(), name_for_certificate="A"
    )
    award = complete(make_enrolment(make_edition(course), learner))
    store(Award.objects.get(pk=award.pk))

    [message] = [message for message in mail.outbox if message.to == ["amelie@example.org"]]
    assert award.number in message.body
    assert "/fr/awards/" in message.body


def test_the_certificate_waits_until_the_name_is_confirmed(course, complete, committed):
    learner = make_person()
    enrolment = make_enrolment(make_edition(course), learner)
    assert complete(enrolment) is None

    with committed():
        confirm_name(learner, "  Amina   Diallo ")

    assert enrolment.awards.get().snapshot["name"] == "Amina Diallo"
    assert enrolment.awards.get().stored_at


def test_a_course_without_an_award_gives_none(course, enrolment, complete):
    course.award.delete()

    assert complete(enrolment) is None


@pytest.mark.parametrize("lacking", ["rule", "signatory", "retired"])
def test_an_award_type_that_is_not_ready_gives_nothing(award_type, enrolment, complete, lacking):
    changes = {
        "rule": {"rule": ""},
        "signatory": {"signatory": None},
        "retired": {"retired_at": timezone.now()},
    }
    type(award_type).objects.filter(pk=award_type.pk).update(**changes[lacking])

    assert complete(enrolment) is None


def test_two_certificates_for_the_same_enrolment_cannot_exist(award):
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(
            enrolment=award.enrolment,
            award_type=award.award_type,
            number="X",
            code="Y",
            snapshot={},
            issued_at=timezone.now(),
        )


def test_a_later_occasion_earns_a_certificate_of_its_own(award, course, learner, complete):
    award.enrolment.closed_at = timezone.now()
    award.enrolment.save()

    newer = complete(make_enrolment(award.enrolment.edition, learner))

    assert newer.number != award.number
    assert newer.supersedes is None


def test_nothing_that_changes_later_changes_a_certificate(award, award_type, course, learner):
    before = award.snapshot, award.file.open().read()
    award_type.wordings.update(title="Something else")
    award_type.signatory.name = "Somebody Else"
    award_type.signatory.save()
    course.title = "Another title"
    course.workload_hours = 99
    course.save()
    confirm_name(learner, "Another Name")

    store(Award.objects.get(pk=award.pk))
    tasks.store_waiting_awards.call()

    award.refresh_from_db()
    assert (award.snapshot, award.file.open().read()) == before


def test_it_is_printed_in_the_learners_language_beside_english(course, complete):
    translate(course, "ar", "تعقب الأصول")
    learner = make_person(language="ar", name_for_certificate="عبد الله", name_confirmed_at=timezone.now())

    award = complete(make_enrolment(make_edition(course), learner))

    assert award.snapshot["languages"] == ["ar", "en"]
    assert award.snapshot["words"]["ar"]["course"] == "تعقب الأصول"
    assert award.snapshot["words"]["en"]["course"] == "Tracing assets"


def test_a_learner_whose_language_has_no_wording_gets_it_in_english(course, complete):
    learner = make_person(language="ru", name_for_certificate="Юлия", name_confirmed_at=timezone.now())

    award = complete(make_enrolment(make_edition(course), learner))

    assert award.snapshot["languages"] == ["en"]
    assert award.stored_at


def test_what_a_killed_process_left_undone_is_stored_later(award, committed):
    path = award.file.name
    Award.objects.update(stored_at=None, sha256="", file="")

    tasks.store_waiting_awards.call()

    award.refresh_from_db()
    assert award.stored_at
    assert award.file.name == path  # the orphan of the first try is gone


def test_a_character_no_font_has_leaves_the_sentence_for_staff(award, committed):
    Award.objects.update(
        stored_at=None, sha256="", file="", snapshot=award.snapshot | {"name": "Amina \U0001f600"}
    )

    tasks.store_waiting_awards.call()

    award.refresh_from_db()
    assert award.stored_at is None
    assert "GRINNING FACE" in award.drawing_problem
    assert list(Award.objects.not_drawn()) == [award]


def test_once_it_can_be_drawn_the_sentence_goes(award):
    Award.objects.update(stored_at=None, sha256="", file="", drawing_problem="A font is missing.")

    tasks.store_waiting_awards.call()

    award.refresh_from_db()
    assert award.stored_at and award.drawing_problem == ""


def test_a_changed_byte_is_seen(award):
    assert read(award) == award.file.open().read()
    with award.file.storage.open(award.file.name, "ab") as stored:
        stored.write(b"x")

    with pytest.raises(AwardDamaged, match=award.number):
        read(award)
    with pytest.raises(AwardDamaged, match=award.number):
        tasks.check_stored_awards.call()


def test_a_file_that_is_gone_is_seen(award):
    award.file.storage.delete(award.file.name)

    with pytest.raises(AwardDamaged, match=award.number):
        read(award)


def test_numbers_follow_each_other_without_gaps(course, complete):
    year = timezone.now().year
    for number in range(3):
        learner = make_person(name_for_certificate=f"Learner {number}", name_confirmed_at=timezone.now())
        complete(make_enrolment(make_edition(course), learner))

    numbers = sorted(Award.objects.values_list("number", flat=True))
    assert numbers == [f"UNI-{year}-{number:06d}" for number in (1, 2, 3)]


def test_an_issue_that_fails_takes_no_number(course, enrolment, complete, monkeypatch):
    monkeypatch.setattr(services, "new_code", lambda: None)
    with pytest.raises(IntegrityError):
        complete(enrolment)
    monkeypatch.undo()

    learner = make_person(name_for_certificate="B", name_confirmed_at=timezone.now())
    assert complete(make_enrolment(make_edition(course), learner)).number.endswith("000001")
