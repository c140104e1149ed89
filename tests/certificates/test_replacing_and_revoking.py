"""Corrections make a new award; revoking has a date and a reason; both are in the audit log."""

from datetime import date

import pytest
from django.core import mail

from certificates import services
from certificates.models import Award, Rule
from foundation.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_a_corrected_name_makes_a_new_award_that_replaces_the_old(award, registrar, learner, committed):
    with committed():
        newer = services.replace(award, by=registrar, reason="Misspelt", name="Aminata Diallo")

    award.refresh_from_db()
    newer.refresh_from_db()
    learner.refresh_from_db()
    assert award.superseded_at and award.superseded_by == newer
    assert award.snapshot["name"] == "Amina Diallo"
    assert newer.snapshot["name"] == learner.name_for_certificate == "Aminata Diallo"
    assert newer.stored_at
    assert award.number in mail.outbox[-1].body and newer.number in mail.outbox[-1].body
    assert [entry.reason for entry in Entry.objects.about(award)] == ["Misspelt"]
    assert Entry.objects.about(learner).get().after == {"name": "Aminata Diallo"}


@pytest.mark.parametrize("rule", [Rule.COMPLETION, Rule.DECISION])
def test_a_correction_moves_neither_the_day_an_award_was_earned_nor_its_end(
    award, award_type, registrar, rule
):
    award_type.rule, award_type.valid_months = rule, 24
    award_type.save()
    if rule == Rule.DECISION:
        award.enrolment.course_completion.delete()
    award.snapshot["completed_on"], award.valid_until = "2024-03-05", date(2025, 3, 5)
    award.save()

    newer = services.replace(award, by=registrar, reason="Misspelt", name="Aminata Diallo")

    assert newer.snapshot["completed_on"] == "2024-03-05"
    assert newer.valid_until == date(2025, 3, 5)
    assert newer.snapshot["valid_until"] == "2025-03-05"


def test_nobody_replaces_or_revokes_an_award_of_their_own(award, learner):
    with pytest.raises(services.AwardRefused, match="Ask somebody else"):
        services.replace(award, by=learner, reason="Misspelt", name="His Excellency")
    with pytest.raises(services.AwardRefused, match="Ask somebody else"):
        services.revoke(award, by=learner, reason="I do not like it")

    award.refresh_from_db()
    learner.refresh_from_db()
    assert (award.superseded_at, award.revoked_at) == (None, None)
    assert learner.name_for_certificate == "Amina Diallo"


def test_replacing_twice_gives_the_same_successor(award, registrar):
    newer = services.replace(award, by=registrar, reason="Misspelt")

    assert services.replace(award, by=registrar, reason="Misspelt") == newer
    assert Award.objects.count() == 2


def test_a_name_that_cannot_be_printed_replaces_nothing(award, registrar):
    with pytest.raises(services.AwardRefused, match="cannot be printed"):
        services.replace(award, by=registrar, reason="Misspelt", name="Amina \U0001f600")

    award.refresh_from_db()
    assert award.superseded_at is None


def test_an_award_of_a_retired_type_can_still_be_corrected(award, award_type, registrar):
    services.retire(award_type, by=registrar, reason="A new design")

    assert services.replace(award, by=registrar, reason="Misspelt").number != award.number


def test_revoking_keeps_the_file_and_tells_the_person_why(award, registrar, committed):
    with committed():
        services.revoke(award, by=registrar, reason="Somebody else took the quiz")

    award.refresh_from_db()
    assert award.revoked_at and award.file.open().read()
    assert "Somebody else took the quiz" in mail.outbox[-1].body
    assert Entry.objects.about(award).get().reason == "Somebody else took the quiz"


def test_revoking_twice_does_it_once(award, registrar, committed):
    with committed():
        services.revoke(award, by=registrar, reason="One")
        services.revoke(award, by=registrar, reason="Two")

    award.refresh_from_db()
    assert award.revocation_reason == "One"
    assert Entry.objects.about(award).count() == 1


def test_a_revoked_award_does_not_come_back_by_itself(award, registrar):
    services.revoke(award, by=registrar, reason="Fraud")

    assert services.issue_award_due(award.enrolment) is None


def test_what_was_replaced_is_not_revoked_but_its_successor_is(award, registrar):
    newer = services.replace(award, by=registrar, reason="Misspelt")

    with pytest.raises(services.AwardRefused, match=newer.number):
        services.revoke(award, by=registrar, reason="Fraud")
