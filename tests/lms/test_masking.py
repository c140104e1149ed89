"""Private links do not reach the logs."""

import io
import logging

import pytest
from django.conf import settings

from lms.masking import PrivateLinks, masked


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Not Found: /fr/referee/ab12.1~x-Y_z/", "Not Found: /fr/referee/…/"),
        ('"GET /en/referee/ab12.1~xyz HTTP/1.1" 410 12', '"GET /en/referee/… HTTP/1.1" 410 12'),
        ("Gone: /timetable/secret.ics", "Gone: /timetable/….ics"),
        ("Forbidden: /en/check-in/AB12CD/?x=1", "Forbidden: /en/check-in/…/?x=1"),
        ("Not Found: /interviews/0f0f.ics", "Not Found: /interviews/….ics"),
        ("Not Found: /en/apply/call-1/referees/7/", "Not Found: /en/apply/call-1/referees/7/"),
        ("Not Found: /cms/interviews/7/", "Not Found: /cms/interviews/7/"),
    ],
)
def test_what_is_secret_in_an_address_is_masked_and_nothing_else(line, shown):
    assert masked(line) == shown


def test_what_django_says_of_requests_is_masked_where_it_is_written():
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(PrivateLinks())
    said = ("%s: %s", ("Not Found", "/en/referee/secret/"))

    handler.handle(logging.LogRecord("django.request", logging.WARNING, "", 0, *said, None))

    assert handler.stream.getvalue() == "Not Found: /en/referee/…/\n"


def test_every_handler_of_the_settings_masks():
    handlers = settings.LOGGING["handlers"].values()

    assert all("private_links" in handler["filters"] for handler in handlers)
    assert settings.LOGGING["filters"]["private_links"]["()"] == "lms.masking.PrivateLinks"
