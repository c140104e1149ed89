"""What every answer carries, and who is sent elsewhere on the way in."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.urls import reverse

from lms.middleware import CompressTextMiddleware

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return get_user_model().objects.create_superuser(
        "ada@example.org", "a long pass phrase", first_name="Ada"
    )


def policy(response):
    return dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))


def test_public_pages_allow_no_inline_script_or_style(client):
    response = client.get(reverse("account_login"))

    assert policy(response)["script-src"] == "'self'"
    assert policy(response)["style-src"] == "'self'"
    assert policy(response)["frame-ancestors"] == "'self'"
    assert policy(response)["img-src"] == "'self' data:"


def test_only_the_cms_allows_inline_scripts(client, administrator):
    client.force_login(administrator)

    response = client.get("/cms/")

    assert policy(response)["script-src"] == "'self' 'unsafe-inline'"
    assert policy(response)["frame-ancestors"] == "'self'"


def test_pages_refuse_sensors_and_keep_their_address_to_themselves(client):
    response = client.get(reverse("account_login"))

    assert "camera=()" in response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_signing_in_to_the_cms_is_signing_in_to_the_site(client):
    response = client.get("/cms/login/?next=/cms/pages/")

    assert response.url == f"{reverse('account_login')}?next=/cms/pages/"


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, administrator, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(administrator)

    response = client.get("/cms/")

    assert response.url == reverse("mfa_index")


def test_recovery_codes_alone_are_no_second_factor(client, administrator, settings):
    settings.STAFF_MFA_REQUIRED = True
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(administrator)

    response = client.get("/cms/")

    assert response.url == reverse("mfa_index")


def test_staff_with_a_second_factor_enter_the_cms(client, administrator, settings):
    settings.STAFF_MFA_REQUIRED = True
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={})
    client.force_login(administrator)

    response = client.get("/cms/")

    assert response.status_code == 200


def test_anonymous_visitors_of_the_cms_are_asked_to_sign_in(client, settings):
    settings.STAFF_MFA_REQUIRED = True

    response = client.get("/cms/")

    assert response.url.startswith(reverse("staff_sign_in"))


@pytest.mark.parametrize(
    ("content_type", "encoding"), [("text/html", "gzip"), ("image/svg+xml", "gzip"), ("image/jpeg", None)]
)
def test_only_what_shrinks_is_compressed(rf, content_type, encoding):
    answer = HttpResponse(b"x" * 2000, content_type=content_type)
    request = rf.get("/", headers={"accept-encoding": "gzip"})

    response = CompressTextMiddleware(lambda request: answer)(request)

    assert response.get("Content-Encoding") == encoding


def test_the_short_verification_link_leads_to_the_page_in_the_visitors_language(client):
    response = client.get(reverse("verification_link", args=["ABCD-EFGH"]), headers={"accept-language": "ar"})

    assert response.url == "/ar/verify/ABCD-EFGH/"
