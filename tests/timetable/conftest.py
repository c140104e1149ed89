import pytest

from accounts.models import Role
from tests.factories.accounts import make_person, make_staff


@pytest.fixture
def signed_in(client):
    """The client, signed in as somebody."""

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def coordinator(db):
    return make_staff(Role.COORDINATOR, first_name="Luc")


@pytest.fixture
def learner(db):
    return make_person(email="judge@example.org", first_name="Amara", last_name="Okello", time_zone="UTC")
