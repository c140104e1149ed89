"""The worker process: its heartbeat, its patience with the database, its end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from foundation.jobs import services
from foundation.jobs.models import Heartbeat
from foundation.jobs.worker import Worker
from tests.foundation import sample_tasks

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_queue")]


@pytest.fixture(autouse=True)
def _clean_traces():
    sample_tasks.ran.clear()


def test_a_worker_survives_a_database_that_is_away_and_does_the_work_afterwards(monkeypatch):
    sample_tasks.flaky.enqueue("kept")
    worker = Worker(interval=0)
    claim, failures = services.claim_next, [3, 2, 1]

    def claim_when_back(worker_id):
        if failures:
            raise OperationalError(f"the server closed the connection unexpectedly: {failures.pop()}")
        return claim(worker_id)

    monkeypatch.setattr(services, "claim_next", claim_when_back)
    # Closing the connection would take this test's transaction with it.
    monkeypatch.setattr("foundation.jobs.worker.connections.close_all", lambda: None)
    for _turn in range(3):
        worker.turn_or_pause()
    assert (worker.failures, sample_tasks.ran) == (3, [])

    worker.turn_or_pause()
    worker.drain()
    assert (worker.failures, sample_tasks.ran.count("kept")) == (0, 1)


def test_a_request_to_stop_lets_the_task_at_hand_finish():
    worker = Worker()

    worker.shutdown(signal.SIGTERM, None)

    assert not worker.running


def test_a_second_request_stops_at_once():
    worker = Worker()
    worker.shutdown(signal.SIGTERM, None)

    with pytest.raises(SystemExit):
        worker.shutdown(signal.SIGTERM, None)


def test_a_worker_says_that_it_is_there_and_that_it_has_gone():
    worker = Worker(worker_id="me")

    worker.beat()
    assert Heartbeat.objects.get().alive

    worker.beat(stopped_at=Heartbeat.objects.get().beat_at)
    assert not Heartbeat.objects.get().alive


def test_the_command_can_do_what_is_queued_and_leave(capsys):
    sample_tasks.flaky.enqueue("x")

    call_command("worker", "--drain")

    assert sample_tasks.ran == ["x"]
    assert "1 tasks done" in capsys.readouterr().out


def test_an_idle_turn_asks_the_database_once():
    worker = Worker()
    worker.do_chores()
    worker.drain()

    with CaptureQueriesContext(connection) as captured:
        worker.turn()

    assert len(captured) == 1


@pytest.mark.django_db(transaction=True)
def test_the_process_works_beats_and_stops_cleanly_on_term():
    done = DBTaskResult.objects.successful()
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--interval", "0.1"],
        cwd=ROOT,
        env=os.environ
        | {
            "TEST_DATABASE_URL": address_of_test_database(),
            "DJANGO_SETTINGS_MODULE": "tests.foundation.worker_settings",
        },
    )
    try:
        assert wait_until(lambda: Heartbeat.objects.alive().exists() and done.exists())
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    finally:
        worker.kill()
    assert not Heartbeat.objects.alive().exists()
    assert not DBTaskResult.objects.running().exists()


def address_of_test_database():
    """Where another process finds this test's database."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    return f"postgres://{where['USER']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"


def wait_until(truth, seconds=60):
    """Whether it became true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if truth():
            return True
        time.sleep(0.1)
    return False
