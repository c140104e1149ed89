"""An edition under way with a lecturer."""

import datetime

import pytest
from django.utils import timezone

from tests.factories.accounts import make_person
from tests.factories.attendance import make_session_at
from tests.factories.enrolments import make_edition, make_enrolment


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def teacher():
    return make_person()


@pytest.fixture
def session(edition, teacher):
    """It began half an hour ago and lasts three hours."""
    return make_session_at(edition, lecturers=[teacher])


@pytest.fixture
def join():
    """Enrols somebody, a month ago unless told otherwise."""

    def make(edition, **fields):
        since = fields.pop("enrolled_at", timezone.now() - datetime.timedelta(days=30))
        return make_enrolment(edition, enrolled_at=since, **fields)

    return make
