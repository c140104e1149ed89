"""Referees answer by a private link that expires and can be taken back."""

import datetime
import re

import pytest
from django.utils import timezone

from foundation.outbox.models import Message
from programmes.applications import services
from programmes.applications.refusals import ApplicationRefused, Refusal
from programmes.applications.tokens import referee_of, token_of
from programmes.models import Referee
from tests.factories.applications import make_call, make_draft, make_pdf, make_referee

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return make_draft(make_call(referees_wanted=2))


def answer(referee, **fields):
    defaults = {"recommendation": "yes", "comments": "", "letter": make_pdf()}
    return services.answer_as_referee(referee, **defaults | fields)


def test_the_invitation_carries_the_link_in_the_referee_s_language(application):
    referee = make_referee(application, language="fr")

    written = Message.objects.get(kind="programmes.referee_invited")

    assert written.email == referee.email
    found = re.search(r"/fr/referee/(\S+)/", written.body)
    assert referee_of(found[1]) == referee


def an_hour_later():
    Referee.objects.update(invited_at=timezone.now() - datetime.timedelta(minutes=61))


def why(do, *arguments, **named):
    with pytest.raises(ApplicationRefused) as caught:
        do(*arguments, **named)
    return caught.value.refusal


def test_a_referee_gets_a_new_link_once_an_hour_and_five_in_all(application):
    referee = make_referee(application)
    assert why(services.remind_referee, referee, by=application.person) == Refusal.LINK_JUST_SENT

    for _again in range(4):
        an_hour_later()
        services.remind_referee(referee, by=application.person)
    an_hour_later()

    assert why(services.remind_referee, referee, by=application.person) == Refusal.MANY_LINKS
    assert Message.objects.filter(email=referee.email).count() == 5


def test_applicants_name_three_people_for_each_one_wanted_also_if_they_take_them_back_or_begin_anew(
    application,
):
    for _named in range(5):
        services.revoke_referee(make_referee(application), by=application.person)
    services.withdraw_application(application, by=application.person)
    anew = make_draft(application.call, application.person)
    make_referee(anew)

    assert why(make_referee, anew) == Refusal.MANY_NAMED
    assert Message.objects.filter(kind="programmes.referee_invited").count() == 6


def test_an_invented_link_opens_nothing(application):
    token = token_of(make_referee(application))

    assert referee_of(token[:-1]) is None
    assert referee_of("x") is None


def test_a_reminder_makes_a_new_link_and_the_old_one_opens_no_more(application):
    referee = make_referee(application)
    old = token_of(referee)
    an_hour_later()

    referee = services.remind_referee(referee, by=application.person)

    assert referee_of(old) is None
    assert referee_of(token_of(referee)) == referee


def test_an_answer_is_kept_and_the_applicant_is_told_that_it_came_but_not_what(application):
    referee = answer(make_referee(application), recommendation="no", comments="Not yet ready.")

    assert referee.letters.count() == 1
    told = Message.objects.get(kind="programmes.referee_answered")
    assert "Not yet ready." not in told.body


@pytest.mark.parametrize("fields", [{"recommendation": ""}, {"letter": None, "comments": " "}])
def test_an_answer_without_a_recommendation_or_without_letter_and_words_is_refused(application, fields):
    referee = make_referee(application)

    with pytest.raises(ApplicationRefused):
        answer(referee, **fields)

    referee.refresh_from_db()
    assert referee.answered_at is None


def test_an_expired_or_revoked_link_takes_no_answer(application):
    expired, revoked = make_referee(application), make_referee(application)
    expired.expires_at = timezone.now() - datetime.timedelta(seconds=1)
    expired.save()
    revoked_token = token_of(revoked)
    services.revoke_referee(revoked, by=application.person)

    with pytest.raises(ApplicationRefused) as caught:
        answer(expired)

    assert caught.value.refusal == Refusal.LINK_EXPIRED
    assert referee_of(revoked_token) is None


def test_applicants_are_not_their_own_referees_and_name_no_more_than_are_wanted(application):
    with pytest.raises(ApplicationRefused) as caught:
        make_referee(application, email=application.person.email.upper())
    assert caught.value.refusal == Refusal.OWN_REFEREE

    make_referee(application), make_referee(application)
    with pytest.raises(ApplicationRefused) as caught:
        make_referee(application)
    assert caught.value.refusal == Refusal.TOO_MANY_REFEREES


def test_somebody_else_is_named_for_a_referee_who_declined(application):
    services.decline_as_referee(make_referee(application))
    make_referee(application)

    assert make_referee(application).invited_at
