"""From signing up to the page one wanted: confirmation, wrong passwords, limits, resets, second factors."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from tests.factories.accounts import make_person, make_staff
from tests.factories.portfolio import country, profession

pytestmark = pytest.mark.django_db

LOGIN, SIGNUP = "/en/accounts/login/", "/en/accounts/signup/"
PASSWORD = "a long enough password"


def sign_up(client, language="en", **fields):
    data = {"first_name": "Amina", "last_name": "Diallo", "email": "amina@example.org", "password1": PASSWORD}
    return client.post(f"/{language}/accounts/signup/", data | fields)


def confirmed(person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client, person, password=PASSWORD, **fields):
    return client.post(LOGIN, {"login": person.email, "password": password} | fields)


def link_in(message):
    return re.search(r"http://\S+?(/\w\w/accounts/\S+)", message.body).group(1)


# Signing up and confirming


def test_signing_up_sends_a_link_in_the_language_of_the_page(client):
    response = sign_up(client, "fr")

    person = User.objects.get(email="amina@example.org")
    assert response.headers["Location"] == "/fr/accounts/confirm-email/"
    assert (person.first_name, person.last_name, person.language) == ("Amina", "Diallo", "fr")
    assert link_in(mail.outbox[0]).startswith("/fr/accounts/confirm-email/")


def test_in_the_same_browser_confirming_signs_in_and_leads_to_the_page_wanted(client):
    sign_up(client, next="/en/courses/assets-1/enrol/")

    response = client.post(link_in(mail.outbox[0]))

    assert response.headers["Location"] == "/en/accounts/profile/?next=%2Fen%2Fcourses%2Fassets-1%2Fenrol%2F"


def test_on_another_device_confirming_asks_to_sign_in_and_still_leads_there(client, django_user_model):
    sign_up(client, next="/en/learn/")
    link = link_in(mail.outbox[0])
    other = type(client)()

    page = other.get(link).content.decode()
    assert 'name="next" value="/en/learn/"' in page
    response = other.post(link.split("?")[0], {"next": "/en/learn/"})

    assert response.headers["Location"] == "/en/learn/"
    assert "/accounts/login/?next=" in other.get("/en/learn/").headers["Location"]
    assert EmailAddress.objects.get().verified


def test_a_link_never_leads_to_another_site(client):
    sign_up(client, next="https://evil.example/")

    assert "evil" not in mail.outbox[0].body
    assert "evil" not in client.post(link_in(mail.outbox[0])).headers["Location"]


@pytest.mark.parametrize("used", [True, False])
def test_a_link_that_was_used_or_is_wrong_says_so_and_leads_on(client, used):
    sign_up(client)
    link = link_in(mail.outbox[0])
    if used:
        client.post(link)
    else:
        link = link.rstrip("/")[:-3] + "xyz/"

    for response in (client.get(link), client.post(link)):
        page = response.content.decode()
        assert response.status_code == 404
        assert "This link can no longer be used" in page and LOGIN in page


def test_an_old_link_says_so(client, settings):
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = -1
    sign_up(client)

    assert "This link can no longer be used" in client.get(link_in(mail.outbox[0])).content.decode()


def test_an_address_that_has_an_account_is_not_given_away(client):
    confirmed(make_person("amina@example.org"))

    response = sign_up(client)

    assert response.headers["Location"] == "/en/accounts/confirm-email/"
    assert "confirm-email" not in mail.outbox[0].body
    assert User.objects.count() == 1


def test_the_form_keeps_what_was_typed(client):
    response = sign_up(client, password1="short")

    assert 'value="amina@example.org"' in response.content.decode()
    assert not User.objects.exists()


# Signing in


def test_a_wrong_password_gets_one_clear_sentence(client):
    page = sign_in(client, confirmed(make_person()), "wrong").content.decode()

    assert "are not correct" in page


def test_an_unknown_address_gets_the_same_sentence(client):
    page = sign_in(client, make_person("a@example.org"), "wrong").content.decode()
    other = client.post(LOGIN, {"login": "nobody@example.org", "password": "wrong"}).content.decode()

    sentence = re.compile(r"The e-?mail address[^<]*not correct\.", re.IGNORECASE)
    assert sentence.search(page).group() == sentence.search(other).group()


def test_trying_too_often_is_stopped(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,3/5m/key"}
    cache.clear()
    person = confirmed(make_person())

    pages = [sign_in(client, person, "wrong").content.decode() for _each in range(4)]

    assert "Too many failed login attempts" in pages[-1]


def test_asking_too_often_shows_our_page(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    cache.clear()

    client.post("/en/accounts/password/reset/", {"email": "a@example.org"})
    response = client.post("/en/accounts/password/reset/", {"email": "a@example.org"})

    assert response.status_code == 429
    assert "This was tried too often" in response.content.decode()


def test_an_address_not_confirmed_yet_gets_a_new_link(client):
    person = make_person()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)

    response = sign_in(client, person)

    assert response.headers["Location"] == "/en/accounts/confirm-email/"
    assert "/accounts/confirm-email/" in link_in(mail.outbox[0])


def test_signing_in_leads_to_the_page_wanted_and_never_to_another_site(client):
    person = confirmed(make_person())

    assert sign_in(client, person, next="/en/awards/").headers["Location"] == "/en/awards/"
    client.logout()
    assert sign_in(client, person, next="//evil.example/").headers["Location"] == "/en/learn/"


def test_an_inactive_account_does_not_open(client):
    person = confirmed(make_person(is_active=False))

    response = sign_in(client, person, follow="1")

    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 302)


def test_the_profile_is_asked_for_until_it_is_answered_and_then_leads_on(client):
    person = confirmed(make_person(profile_completed_at=None))

    asked = sign_in(client, person, next="/en/awards/").headers["Location"]
    assert asked == "/en/accounts/profile/?next=%2Fen%2Fawards%2F"
    data = {
        "first_name": "Amina",
        "country": country().pk,
        "gender": "undisclosed",
        "profession": profession().pk,
        "language": "en",
        "time_zone": "Africa/Kampala",
        "next": "/en/awards/",
    }
    assert client.post("/en/accounts/profile/", data).headers["Location"] == "/en/awards/"
    client.logout()
    assert sign_in(client, person).headers["Location"] == "/en/learn/"


def test_each_question_of_the_profile_says_why_it_is_asked(client):
    client.force_login(make_person())

    page = client.get("/en/accounts/profile/").content.decode()

    assert "We report to our Board" in page and "You may prefer not to say" in page


def test_a_profile_without_a_country_is_kept_in_the_form(client):
    client.force_login(make_person(profile_completed_at=None))

    response = client.post("/en/accounts/profile/", {"first_name": "Amina", "institution": "High Court"})

    assert response.status_code == 422
    assert 'value="High Court"' in response.content.decode()


def test_signing_out_needs_a_click(client):
    client.force_login(make_person())

    client.get("/en/accounts/logout/")
    assert "_auth_user_id" in client.session
    client.post("/en/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_cookies_cannot_be_read_by_scripts_or_sent_by_other_sites(client):
    sign_in(client, confirmed(make_person()))

    session = client.cookies["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["httponly"]


# Passwords and addresses


def test_a_forgotten_password_is_set_anew_in_the_persons_language(client):
    person = confirmed(make_person("amelie@example.org", language="fr"))

    client.post("/en/accounts/password/reset/", {"email": person.email})
    assert "mot de passe" in mail.outbox[0].body
    page = client.get(link_in(mail.outbox[0]), follow=True)
    new = "another long password"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert sign_in(client, person, new).headers["Location"] == "/en/learn/"


def test_asking_for_an_unknown_address_gives_nothing_away(client):
    response = client.post("/en/accounts/password/reset/", {"email": "nobody@example.org"})

    assert response.headers["Location"] == "/en/accounts/password/reset/done/"


def test_a_used_reset_link_leads_on(client):
    page = client.get("/en/accounts/password/reset/key/1-nonsense/").content.decode()

    assert "/en/accounts/password/reset/" in page


def test_a_person_opened_by_staff_chooses_a_password_by_the_link(client):
    person = make_person("new@example.org")
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)

    client.post("/en/accounts/password/reset/", {"email": person.email})
    page = client.get(link_in(mail.outbox[0]), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


# The second factor


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    person = make_staff("administrator")
    client.force_login(person)

    response = client.get("/cms/")
    assert response.headers["Location"].endswith("/accounts/2fa/")
    totp.TOTP.activate(person, totp.generate_totp_secret())
    assert client.get("/cms/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    person = make_staff("administrator")
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    client.force_login(person)

    assert client.get("/cms/").status_code == 302


def test_the_code_of_the_app_is_asked_for_after_the_password(client, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # a code lives for thirty seconds
    person = confirmed(make_person())
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)

    response = sign_in(client, person, next="/en/awards/")
    assert response.headers["Location"].startswith("/en/accounts/2fa/authenticate/")
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    response = client.post("/en/accounts/2fa/authenticate/", {"code": code})

    assert response.headers["Location"] == "/en/awards/"


@pytest.mark.parametrize(
    "path",
    [
        "login",
        "signup",
        "password/reset",
        "password/reset/done",
        "confirm-email",
        "inactive",
        "confirm-email/x",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_before_signing_in_stands_in_our_layout(client, path, language):
    page = client.get(f"/{language}/accounts/{path}/").content.decode()

    assert 'id="main"' in page and f'lang="{language}"' in page
    assert ('dir="rtl"' in page) is (language == "ar")
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "path",
    ["profile", "email", "password/change", "2fa", "2fa/webauthn", "sessions", "logout", "reauthenticate"],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_the_account_stands_in_our_layout(client, path, language):
    client.force_login(confirmed(make_person()))

    page = client.get(f"/{language}/accounts/{path}/", follow=True).content.decode()

    assert 'id="main"' in page and page.count("<h1") == 1


def test_the_message_that_confirms_an_address_names_the_site(client, mailoutbox, settings):
    client.post(
        "/en/accounts/signup/",
        {"first_name": "Ama", "email": "ama@example.org", "password1": "turin-harbour-lantern"},
    )

    assert f"Hello from {settings.SITE_NAME}!" in mailoutbox[0].body


# Signing out


@pytest.mark.parametrize("address", ["/en/accounts/logout/", "/cms/logout/"])
def test_wherever_one_signs_out_the_browser_is_told_whose_unsent_work_to_forget(client, address):
    person = make_staff()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post(address)

    cookie = answer.cookies["signed-out"]
    assert (cookie.value, cookie["path"], cookie["samesite"]) == (str(person.pk), "/", "Lax")
    assert "_auth_user_id" not in client.session


def test_a_page_that_nobody_signs_out_on_tells_the_browser_nothing(client):
    client.force_login(make_person(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert "signed-out" not in client.get("/en/").cookies
    client.logout()
    assert "signed-out" not in client.post("/en/accounts/logout/").cookies
