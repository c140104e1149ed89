"""Awards that end: holders are reminded in time, once, and told what renews them; and read their award as a page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.codes import printed
from certificates.models import Award
from certificates.tasks import RemindersNotSent, remind_of_ending_awards
from foundation.outbox.models import Message
from tests.factories.accounts import make_person
from tests.factories.enrolments import make_edition, make_enrolment

pytestmark = pytest.mark.django_db


def ends_in(award, days):
    Award.objects.filter(pk=award.pk).update(valid_until=timezone.localdate() + timedelta(days=days))


def reminders():
    remind_of_ending_awards.call()
    return Message.objects.filter(kind="certificates.ending")


@pytest.mark.parametrize(("days", "told"), [(91, 0), (90, 1), (31, 1), (30, 1), (0, 1), (-1, 0)])
def test_a_holder_is_reminded_from_ninety_days_before_the_last_one(award, days, told):
    ends_in(award, days)

    assert reminders().count() == told


def test_each_reminder_is_sent_once(award):
    ends_in(award, 60)
    reminders()
    assert reminders().count() == 1

    ends_in(award, 20)
    reminders()

    assert reminders().count() == 2


def test_the_reminder_names_the_last_day_and_what_renews_it(award):
    ends_in(award, 60)

    message = reminders().get()

    assert "Tracing assets" in message.subject
    assert "To renew it, take “Tracing assets”" in message.body


def test_one_reminder_that_fails_does_not_keep_the_others_from_being_sent(award, course, complete):
    other = make_person("other@example.org", name_for_certificate="Ben", name_confirmed_at=timezone.now())
    later = complete(make_enrolment(make_edition(course), other))
    ends_in(award, 60)
    ends_in(later, 60)
    Award.objects.filter(pk=award.pk).update(snapshot={"words": {}})

    with pytest.raises(RemindersNotSent, match=award.number):
        remind_of_ending_awards.call()

    assert Message.objects.get(kind="certificates.ending").recipient == other


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"superseded_at": timezone.now()}])
def test_nobody_is_reminded_of_an_award_that_no_longer_holds(award, change):
    ends_in(award, 60)
    Award.objects.filter(pk=award.pk).update(**change)

    assert not reminders().exists()


def test_the_list_says_until_when_an_award_holds_and_what_renews_it(client, award, learner):
    ends_in(award, 60)
    client.force_login(learner)

    page = client.get(reverse("certificates:my_awards")).content.decode()

    assert "valid until" in page
    assert "Renewed by:" in page


def test_the_award_can_be_read_as_a_page_by_its_owner_alone(client, award, learner):
    url = reverse("certificates:award", args=[printed(award.code)])
    assert client.get(url).status_code == 302
    client.force_login(make_person("other@example.org"))
    assert client.get(url).status_code == 404
    client.force_login(learner)

    page = client.get(url).content.decode()

    for said in ("Amina Diallo", "Tracing assets", award.number, "Leif Villadsen", "Director"):
        assert said in page
