import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import PartnerPart
from tests.factories.applications import make_call
from tests.factories.portfolio import make_partner
from tests.factories.programmes import make_module, make_phase, make_programme_edition, make_programme_page

pytestmark = pytest.mark.django_db


def test_the_page_presents_the_editions_that_are_not_over(client):
    page, today = make_programme_page(), timezone.localdate()
    edition = make_programme_edition(page, name="LL.M. 2031-32")
    make_programme_edition(
        page,
        name="LL.M. of old",
        starts_on=today - datetime.timedelta(days=400),
        ends_on=today - datetime.timedelta(days=9),
    )
    make_programme_edition(page, name="LL.M. called off", cancelled_at=timezone.now())
    edition.partners.create(
        partner=make_partner(name="University of the Lake"), part=PartnerPart.DEGREE_AWARDING
    )
    edition.fees.create(name="Tuition", amount=Decimal("1234.50"))
    make_module(make_phase(edition, name="Online phase"), code="TCJ 555")
    call = make_call(edition)

    shown = client.get(page.url).content.decode()

    for words in (
        "LL.M. 2031-32",
        "University of the Lake",
        "1,234.50",
        "Online phase",
        "TCJ 555",
        f"/apply/{call.code}/",
    ):
        assert words in shown
    assert "LL.M. of old" not in shown
    assert "called off" not in shown


def test_many_editions_and_modules_cost_no_query_more(client):
    counts = []
    for number in (1, 4):
        page = make_programme_page()
        for _edition in range(number):
            phase = make_phase(make_programme_edition(page))
            for _module in range(number):
                make_module(phase)
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        counts.append(len(queries))

    assert counts[0] == counts[1]
