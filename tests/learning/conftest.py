import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    """The language of a request stays active in the thread; each test begins in English."""
    with translation.override("en"):
        yield
