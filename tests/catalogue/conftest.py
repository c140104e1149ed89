"""A catalogue with nothing in it."""

import pytest

from tests.factories.courses import make_course_index


@pytest.fixture(autouse=True)
def catalogue_page(db):
    return make_course_index()
