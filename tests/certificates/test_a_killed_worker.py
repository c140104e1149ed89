"""Issuing to many with a real worker that is killed twice, half-way; then all three states from the printed QR codes.

Three people in the suite; BULK_PEOPLE=500 makes it the real thing, and says what it came to.
"""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates import services
from certificates.bulk.outlook import outlook, progress_of
from certificates.bulk.services.ordering import order_bulk_issue
from certificates.models import Award
from certificates.storing import read, store
from foundation.jobs.models import Heartbeat
from foundation.outbox.models import Message
from learning.models import CourseCompletion
from tests.factories.accounts import make_person
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.foundation.conftest import database_queue  # noqa: F401 (a fixture)
from tests.foundation.test_worker import ROOT, address_of_test_database

PEOPLE = int(os.environ.get("BULK_PEOPLE", "3"))
LONGEST = 120 + 3 * PEOPLE  # seconds; not how long it takes, but when to give up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    """An edition all of whose people completed the course before it gave an award."""
    edition = make_edition(make_course("Tracing assets", workload_hours=6), code="assets-500")
    for number in range(PEOPLE):
        person = make_person(
            f"judge{number}@example.org",
            name_for_certificate=f"Judge Number {number}",
            name_confirmed_at=timezone.now(),
        )
        CourseCompletion.objects.create(enrolment=make_enrolment(edition, person))
    return edition


@pytest.fixture
def work(tmp_path, settings):
    """Let a worker process work until it dies, or until something is true."""
    settings.MEDIA_ROOT = tmp_path / "media"
    environment = os.environ | {
        "TEST_DATABASE_URL": address_of_test_database(),
        "DJANGO_SETTINGS_MODULE": "tests.certificates.worker_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "TEST_MEDIA": str(settings.MEDIA_ROOT),
        "TEST_SIGNING_KEY": settings.SIGNING_KEY,
        "TEST_BADGE_KEY": settings.BADGE_KEY,
        "TEST_MAIL": str(tmp_path / "mail"),
    }
    program = str(Path(__file__).with_name("doomed_worker.py"))

    def working(step, count=0, until=lambda: False):
        worker = subprocess.Popen([sys.executable, program, step, str(count)], cwd=ROOT, env=environment)
        deadline = time.monotonic() + LONGEST
        try:
            while worker.poll() is None and not until():
                assert time.monotonic() < deadline, "The worker did not come to an end."
                make_time_pass()
                time.sleep(0.2)
        finally:
            worker.kill()
            worker.wait()
        return worker.returncode

    return working


def make_time_pass():
    """What was put off is due: a dead worker's silence is noticed after a minute, a retry waits for one."""
    DBTaskResult.objects.filter(run_after__gt=timezone.now()).update(run_after=timezone.now())


def bury():
    """The worker that was killed has been silent for an hour."""
    Heartbeat.objects.update(beat_at=F("beat_at") - timedelta(hours=1))


def seen_by_a_stranger(client, pdf):
    """What the verification page says at the address in the QR code, as it is read from the drawn page."""
    image = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=200 / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text.startswith(settings.SITE_URL)
    page = client.get(urlsplit(code.text).path, follow=True).content.decode()
    return re.search(r"verdict--(\w+)", page)[1], page


@pytest.mark.usefixtures("database_queue")
def test_awards_for_many_are_issued_once_though_the_worker_is_killed_and_all_states_verify(
    edition, registrar, work, tmp_path, client
):
    award_type = make_award_type()
    offer_award(edition.course, award_type)
    chosen = {one.enrolment.pk for one in outlook(edition, award_type).ready}
    began = time.monotonic()
    order = order_bulk_issue(
        edition, award_type, chosen=chosen, by=registrar, reason="Ceremony.", form_key=uuid.uuid4()
    )

    killed = work("number", PEOPLE // 2 + 1), progress_of(order).done
    bury()
    killed_again = work("file", PEOPLE // 2 + 1), Award.objects.whole().count()
    bury()
    work("never", until=lambda: everybody_is_told(order, tmp_path))
    took = time.monotonic() - began

    assert killed == (-signal.SIGKILL, PEOPLE // 2)
    assert killed_again == (-signal.SIGKILL, PEOPLE // 2)
    year = timezone.localdate().year
    numbers = sorted(Award.objects.values_list("number", flat=True))
    assert numbers == [f"UNI-{year}-{number:06d}" for number in range(1, PEOPLE + 1)]
    assert Award.objects.values("enrolment").distinct().count() == PEOPLE
    assert sorted(letters(tmp_path)) == sorted(f"judge{number}@example.org" for number in range(PEOPLE))
    assert len(list((tmp_path / "media").rglob("UNI-*.pdf"))) == PEOPLE

    first, second, third = Award.objects.order_by("number")[:3]
    newer = services.replace(first, by=registrar, reason="Misspelt", name="Judge Łukasz Corrected")
    services.revoke(second, by=registrar, reason="By mistake")
    newer = store(newer)
    states = {}
    for name, award in {"first": first, "newer": newer, "second": second, "third": third}.items():
        states[name], page = seen_by_a_stranger(client, read(award))
        assert award.snapshot["name"] in page
    assert states == {"first": "replaced", "newer": "valid", "second": "revoked", "third": "valid"}
    came_to = {"people": PEOPLE, "seconds": round(took, 1), "doubles": 0, "states": states}
    sys.stdout.write(f"{json.dumps(came_to)}\n")


def everybody_is_told(order, tmp_path):
    return progress_of(order).finished and len(letters(tmp_path)) >= Message.objects.count() >= PEOPLE


def letters(tmp_path):
    """To whom e-mails were really sent."""
    sent = "".join(path.read_text() for path in (tmp_path / "mail").glob("*.log"))
    return re.findall(r"^To: (.+)$", sent, re.MULTILINE)
