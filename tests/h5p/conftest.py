"""Who imports and who decides."""

import pytest

from accounts.models import Role
from tests.factories.accounts import make_person, make_staff


@pytest.fixture
def author(db):
    return make_staff(Role.AUTHOR)


@pytest.fixture
def manager(db):
    return make_staff(Role.H5P_MANAGER)


@pytest.fixture
def learner(db):
    return make_person()
