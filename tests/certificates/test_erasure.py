"""Erasing an award: the name and the file go, number, code and hash stay."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certificates import services as issuing
from certificates.collecting import NothingToCollect, zip_of
from certificates.erasure.services import erase, erase_awards_of
from certificates.erasure.tasks import finish_erasures
from certificates.models import Award
from certificates.past import services as past
from certificates.past.examining import examine
from certificates.services import AwardRefused
from certificates.snapshot import Facts, occasion_snapshot
from certificates.storing import AwardDamaged, read, store
from certificates.tasks import check_stored_awards, store_waiting_awards
from certificates.uploads import Found, look_at
from certificates.verification import verify
from foundation.audit.models import Entry
from tests.certificates.test_past_awards import row, workbook
from tests.factories.accounts import make_staff
from tests.factories.certificates import make_award_type, make_occasion
from tests.factories.enrolments import make_enrolment

pytestmark = pytest.mark.django_db
REASON = "Asked for on 3 May"


@pytest.fixture
def kept(award):
    """What the holder has downloaded before."""
    return read(award)


@pytest.fixture
def erased(award, kept, registrar, committed):
    """An award whose name and file are gone."""
    with committed():
        erase(award, by=registrar, reason=REASON)
    award.refresh_from_db()
    return award


def test_name_and_file_go_and_number_code_and_hash_stay(award, kept, registrar, committed):
    before = (award.number, award.code, award.sha256)
    storage, name = award.file.storage, award.file.name

    with committed():
        erase(award, by=registrar, reason=REASON)

    award.refresh_from_db()
    assert (award.number, award.code, award.sha256) == before
    assert not storage.exists(name)
    assert not award.file
    assert not award.badge
    assert award.erased_at
    assert "Amina" not in json.dumps(award.snapshot)


def test_the_log_says_who_and_why_and_not_whose(erased, registrar):
    entry = Entry.objects.about(erased).get()

    assert (entry.action, entry.actor, entry.reason) == ("certificates.erase", registrar, REASON)
    assert "Amina" not in json.dumps([entry.before, entry.after])


def test_it_is_verified_without_a_name(client, erased):
    code = verify(erased.code, "en").code

    page = client.get(reverse("certificates:verify", args=[code])).content.decode()

    assert "Valid" in page
    assert "Verified without name" in page
    assert "Amina" not in page
    assert client.get(reverse("verify_json", args=[code])).json()["name"] == ""


def test_whoever_has_the_file_can_still_have_it_checked(client, erased, kept):
    assert look_at(kept).found == Found.ISSUED

    file = SimpleUploadedFile("award.pdf", kept, "application/pdf")
    page = client.post(reverse("certificates:verify_file"), {"file": file}, follow=True).content.decode()
    assert "not one byte was changed" in page
    assert "Amina" not in page


def test_its_badge_is_not_called_changed(award, registrar, committed):
    badge = award.badge.encode()
    assert look_at(badge).found == Found.ISSUED

    with committed():
        erase(award, by=registrar, reason=REASON)

    found = look_at(badge)
    assert found.found == Found.UNKNOWN
    assert "was erased from the register" in found.sentence


def test_its_holder_sees_that_it_was_erased_and_downloads_nothing(client, erased, learner):
    code = verify(erased.code, "en").code
    client.force_login(learner)

    page = client.get(reverse("certificates:my_awards")).content.decode()

    assert "were erased from the register" in page
    for name in ("download", "award", "badge"):
        assert client.get(reverse(f"certificates:{name}", args=[code])).status_code == 404
        assert reverse(f"certificates:{name}", args=[code]) not in page


def test_from_the_decision_on_nobody_gets_the_file_although_it_is_not_deleted_yet(
    award, kept, registrar, client
):
    client.force_login(registrar)

    erase(award, by=registrar, reason=REASON)

    award.refresh_from_db()
    assert award.file.storage.exists(award.file.name)
    with pytest.raises(AwardDamaged):
        read(award)
    with pytest.raises(NothingToCollect):
        zip_of([award])
    assert client.get(reverse("award_register:file", args=[award.pk])).status_code in (302, 404)


def test_killed_halfway_it_is_finished_later(award, registrar, committed):
    erase(award, by=registrar, reason=REASON)
    name = award.file.name
    award.file.storage.delete(name)  # and killed before the row was written

    with committed():
        finish_erasures.call()

    award.refresh_from_db()
    assert award.erased_at
    assert not award.file


def test_erasing_twice_erases_once(erased, registrar):
    assert erase(erased, by=registrar, reason="Again") == []
    assert Entry.objects.about(erased).count() == 1


def test_what_it_replaced_is_erased_too(award, registrar, committed):
    with committed():
        newer = issuing.replace(award, by=registrar, reason="Misspelt", name="Aminata Diallo")
    newer.refresh_from_db()

    with committed():
        erase(newer, by=registrar, reason=REASON)

    assert not Award.objects.filter(snapshot__name__startswith="Amina").exists()
    assert not Award.objects.exclude(file="").exists()


def test_everything_a_person_was_given_is_erased(award, learner, registrar, committed):
    other_type = make_award_type(rule="decision")
    with committed():
        issuing.issue_by_decision(
            make_enrolment(person=learner), other_type, by=registrar, reason="The Board"
        )

    with committed():
        erase_awards_of(learner, by=registrar, reason=REASON)

    assert [one.snapshot["name"] for one in Award.objects.of(learner)] == ["", ""]
    assert not Award.objects.filter(erased_at=None).exists()


def test_an_erased_award_is_neither_drawn_anew_nor_called_damaged(erased, registrar):
    store_waiting_awards.call()
    check_stored_awards.call()
    store(erased)

    with pytest.raises(AwardRefused, match="were erased"):
        issuing.replace(erased, by=registrar, reason="Misspelt")
    assert not Award.objects.get().file


def test_what_was_erased_is_not_issued_anew_for_its_occasion(learner, registrar, committed):
    diploma = make_award_type(rule="decision")
    occasion, today = make_occasion(learner), timezone.localdate()
    said = occasion_snapshot(occasion, diploma, Facts(None, today, today), name="Amina Diallo", language="en")
    with committed():
        given = issuing.issue_for(occasion, diploma, said, by=registrar, reason="Board")
    with committed():
        erase(Award.objects.get(pk=given.pk), by=registrar, reason=REASON)

    assert issuing.issue_for(occasion, diploma, said, by=registrar, reason="Board") == given
    with pytest.raises(AwardRefused, match="were erased"):
        issuing.issue_for(occasion, diploma, said, by=registrar, reason="Board", anew=True)


def test_an_award_that_is_being_drawn_waits(award, registrar):
    Award.objects.update(stored_at=None, file="")
    award.refresh_from_db()

    with pytest.raises(AwardRefused, match="being drawn"):
        erase(award, by=registrar, reason=REASON)


def test_one_that_could_not_be_drawn_is_drawn_no_more(award, registrar, committed):
    Award.objects.update(stored_at=None, file="", drawing_problem="A font is missing.")
    award.refresh_from_db()

    with committed():
        erase(award, by=registrar, reason=REASON)
        store_waiting_awards.call()

    award.refresh_from_db()
    assert not award.file
    assert not Award.objects.not_drawn().exists()


def test_an_erased_award_still_says_that_it_was_revoked(erased, registrar):
    issuing.revoke(erased, by=registrar, reason="Fraud")

    assert verify(erased.code, "en").standing == "revoked"


def test_a_past_award_that_was_erased_does_not_come_back_with_its_file(registrar, committed):
    make_award_type(languages=("en", "fr"), name="Past completion")
    found = past.read_file("old.xlsx", workbook(row()), by=registrar)
    seen = examine(found.lines, registrar).fingerprint
    past.enter(found, seen=seen, by=registrar, reason="Register of 2012")
    with committed():
        erase(Award.objects.get(), by=registrar, reason=REASON)

    again = past.read_file("old.xlsx", workbook(row()), by=registrar)

    assert examine(again.lines, registrar).known
    assert Award.objects.get().snapshot["name"] == ""


# In the CMS


def test_the_registrar_types_the_number_once_more(client, award, registrar, committed):
    path = reverse("award_erasure:erase", args=[award.pk])
    client.force_login(registrar)
    inspect = reverse("award_register:inspect", args=[award.pk])
    assert path in client.get(inspect).content.decode()

    refused = client.post(path, {"reason": REASON, "number": "UNI-1"})
    assert refused.status_code == 422
    assert "Nothing was erased" in refused.content.decode()
    assert client.post(path, {"reason": "", "number": award.number}).status_code == 422
    award.refresh_from_db()
    assert award.erasure_asked_at is None

    with committed():
        client.post(path, {"reason": REASON, "number": award.number, "everything": "on"})

    page = client.get(inspect).content.decode()
    assert "Number, code and hash stay" in page
    assert path not in page
    assert "Amina Diallo ·" in page  # the account, which is another matter


@pytest.mark.parametrize("role", ["coordinator", "evaluator", "author", None])
def test_nobody_else_erases(client, award, role):
    if role:
        client.force_login(make_staff(role))

    answer = client.post(
        reverse("award_erasure:erase", args=[award.pk]), {"reason": REASON, "number": award.number}
    )

    assert answer.status_code in (302, 404)
    award.refresh_from_db()
    assert award.erasure_asked_at is None


def test_nobody_erases_an_award_of_their_own(award, committed):
    person = award.holder
    person.is_superuser = True

    with pytest.raises(AwardRefused, match="of their own"):
        erase(award, by=person, reason=REASON)
