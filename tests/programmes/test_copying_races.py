"""An edition that is copied while somebody schedules in a room of its timetable."""

import datetime
import time
from threading import Thread

import pytest
from django.db import connection, connections, transaction

from foundation.audit import services as audit
from programmes.models import ProgrammeEdition
from programmes.services import copy_programme_edition
from tests.factories.accounts import make_person, make_staff
from tests.factories.programmes import make_module, make_phase, make_programme_edition
from tests.factories.timetable import make_plan, make_room, make_session
from timetable.services.holding import hold

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def wait_for_somebody_who_waits():
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone():
                return
        time.sleep(0.02)
    pytest.fail("Nobody waits for the room.")


def test_copying_waits_for_a_room_before_the_log_and_stands_in_nobodys_way():
    edition = make_programme_edition()
    module = make_module(make_phase(edition))
    room, by, lecturer = make_room(), make_staff(), make_person()
    make_session(module.edition, room=room, lecturers=[lecturer])
    found = []

    def copy():
        starts_on = edition.starts_on + datetime.timedelta(weeks=52)
        try:
            found.append(
                copy_programme_edition(edition, code="next", name="Next", starts_on=starts_on, by=by)
            )
        except Exception as problem:  # noqa: BLE001 - the test says what it expects
            found.append(problem)
        finally:
            connections.close_all()

    copying = Thread(target=copy)
    plan = make_plan(room=room)
    with transaction.atomic():
        hold([plan])
        copying.start()
        wait_for_somebody_who_waits()
        audit.record(by, "programmes.copy", edition)
    copying.join(timeout=30)

    assert found == [ProgrammeEdition.objects.get(code="next")]
