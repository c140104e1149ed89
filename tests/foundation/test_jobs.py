"""The queue and the schedule: retries, dead workers, slots, progress, pruning."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation import jobs
from foundation.audit.models import Entry
from foundation.jobs import registry, schedule, services
from foundation.jobs.health import queue_health
from foundation.jobs.models import Heartbeat, PeriodicRun, Progress
from foundation.jobs.progress import progress_of
from foundation.jobs.worker import Worker
from tests.foundation import sample_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_queue")]

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
READY, RUNNING, FAILED, SUCCESSFUL = (
    TaskResultStatus.READY,
    TaskResultStatus.RUNNING,
    TaskResultStatus.FAILED,
    TaskResultStatus.SUCCESSFUL,
)


@pytest.fixture(autouse=True)
def _clean_traces():
    sample_tasks.ran.clear()
    sample_tasks.failures_to_come.clear()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def five_minute_job(monkeypatch):
    """The only periodic job there is."""
    path = sample_tasks.tick.module_path
    monkeypatch.setattr(registry, "_periodic", {path: registry._periodic[path]})
    return registry._periodic[path]


def queue(*names):
    return [DBTaskResult.objects.get(pk=sample_tasks.flaky.enqueue(name).id) for name in names]


def left_running(worker_id, name="lost"):
    """A task as a killed worker leaves it."""
    (row,) = queue(name)
    services.claim_next(worker_id)
    row.refresh_from_db()
    return row


def test_a_task_that_fails_is_tried_again_later_and_longer_each_time(clock):
    sample_tasks.failures_to_come.extend(["second", "first"])
    (row,) = queue("x")
    worker = Worker()

    worker.drain()
    row.refresh_from_db()
    assert (row.status, row.run_after) == (READY, NOON + timedelta(seconds=30))
    assert worker.drain() == 0

    clock.shift(timedelta(seconds=31))
    worker.drain()
    row.refresh_from_db()
    assert (row.status, row.run_after) == (READY, NOON + timedelta(seconds=31 + 60))

    clock.shift(timedelta(seconds=61))
    worker.drain()
    row.refresh_from_db()
    assert (row.status, row.traceback, len(sample_tasks.ran)) == (SUCCESSFUL, "", 3)


def test_a_task_that_fails_every_time_stays_failed_with_its_reason(clock):
    sample_tasks.failures_to_come.extend(["c", "b", "a"])
    (row,) = queue("x")

    for _attempt in range(4):
        Worker().drain()
        clock.shift(timedelta(hours=1))

    row.refresh_from_db()
    assert (row.status, row.exception_class_path, len(sample_tasks.ran)) == (
        FAILED,
        "builtins.ConnectionError",
        3,
    )


def test_a_delay_never_exceeds_an_hour():
    assert registry.RetryPolicy(retries=99).delay(60) == timedelta(hours=1)


def test_tasks_of_others_get_the_usual_policy():
    assert registry.policy_of("wagtail.tasks.update_reference_index_task").retries == 3


def test_a_task_of_a_worker_that_died_is_picked_up(clock):
    Heartbeat.objects.create(worker_id="dead", beat_at=NOON)
    row = left_running("dead")
    clock.shift(timedelta(minutes=2))

    assert services.reap() == 1

    row.refresh_from_db()
    assert row.status == READY
    clock.shift(timedelta(minutes=1))
    assert Worker().drain() == 1
    assert sample_tasks.ran == ["lost"]


def test_a_task_of_a_worker_at_work_is_left_alone(clock):
    row = left_running("busy")
    clock.shift(timedelta(minutes=30))
    Heartbeat.objects.create(worker_id="busy", beat_at=timezone.now())

    assert services.reap() == 0

    row.refresh_from_db()
    assert row.status == RUNNING


def test_a_worker_picks_up_what_its_own_row_says_it_runs_when_it_is_idle(clock):
    Heartbeat.objects.create(worker_id="me", beat_at=NOON)
    left_running("me")

    assert services.reap(idle_worker="me") == 1


def test_a_worker_without_heartbeat_is_given_an_hour(clock):
    left_running("unknown")

    clock.shift(timedelta(minutes=59))
    assert services.reap() == 0
    clock.shift(timedelta(minutes=2))
    assert services.reap() == 1


def test_a_task_that_kills_every_worker_is_given_up_and_shown(clock):
    (row,) = queue("poison")
    for number in range(3):
        Heartbeat.objects.create(worker_id=f"victim {number}", beat_at=timezone.now())
        assert services.claim_next(f"victim {number}").pk == row.pk
        clock.shift(timedelta(hours=1))
        services.reap()
        clock.shift(timedelta(hours=1))

    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == (FAILED, services.WORKER_LOST)
    assert services.claim_next("next") is None


def test_a_task_is_claimed_by_one_worker_only():
    queue("x")

    assert services.claim_next("a") is not None
    assert services.claim_next("b") is None


def test_staff_can_retry_what_failed_and_the_log_says_who(person):
    (row,) = queue("x")
    DBTaskResult.objects.update(status=FAILED, worker_ids=["a", "b", "c"])
    row.refresh_from_db()

    assert services.retry(person, row)

    Worker().drain()
    assert sample_tasks.ran == ["x"]
    assert Entry.objects.get().action == "jobs.retry"


def test_what_has_not_failed_cannot_be_retried(person):
    (row,) = queue("x")

    assert not services.retry(person, row)
    assert not Entry.objects.exists()


def test_a_periodic_job_is_queued_once_a_slot_however_often_and_by_whomever_it_is_asked(
    clock, five_minute_job
):
    assert schedule.queue_due() == 1
    assert schedule.queue_due() == 0
    Worker().drain()

    clock.shift(timedelta(minutes=4))
    assert schedule.queue_due() == 0
    clock.shift(timedelta(minutes=1))
    assert schedule.queue_due() == 1
    Worker().drain()
    assert sample_tasks.ran == ["tick", "tick"]


def test_a_worker_that_lags_behind_cannot_take_a_slot_again(clock, five_minute_job):
    schedule.queue_due(NOON + timedelta(minutes=5))
    Worker().drain()

    assert schedule.queue_due(NOON) == 0


def test_a_periodic_job_that_still_waits_is_not_queued_twice(clock, five_minute_job):
    schedule.queue_due()
    clock.shift(timedelta(minutes=5))

    assert schedule.queue_due() == 0
    assert DBTaskResult.objects.count() == 1


def test_after_a_long_silence_a_periodic_job_runs_once(clock, five_minute_job):
    schedule.queue_due()
    Worker().drain()
    clock.shift(timedelta(days=3))

    assert schedule.queue_due() == 1


def test_a_period_of_less_than_a_minute_is_refused():
    with pytest.raises(ValueError, match="at least one minute"):
        jobs.every()


def test_the_house_publishes_every_minute_and_sweeps_daily():
    periods = {job.path: job.period for job in registry.periodic_jobs()}

    assert periods["foundation.jobs.tasks.publish_scheduled"] == timedelta(minutes=1)
    assert periods["foundation.jobs.tasks.clear_sessions"] == timedelta(days=1)
    assert periods["foundation.jobs.tasks.prune_tasks"] == timedelta(days=1)


def test_everything_that_runs_by_the_clock_runs():
    schedule.queue_due()

    Worker().drain()

    assert {row.status for row in DBTaskResult.objects.all()} == {SUCCESSFUL}


def test_a_long_task_says_how_far_it_has_come():
    result = sample_tasks.counting.enqueue(8)
    assert (progress_of(result.id).status, progress_of(result.id).finished) == (READY, False)

    Worker().drain()

    said = progress_of(result.id)
    assert (said.done, said.total, said.note, said.finished) == (7, 8, "Rows written", True)


def test_an_unknown_task_has_no_progress():
    assert progress_of("00000000-0000-4000-8000-000000000000") is None


def test_old_results_are_forgotten_and_failures_kept_longer(clock):
    for status in (SUCCESSFUL, FAILED):
        (row,) = queue("x")
        DBTaskResult.objects.filter(pk=row.pk).update(status=status, finished_at=NOON)
    waiting = queue("waiting")[0]
    Progress.objects.create(result_id="x")

    clock.shift(timedelta(days=8))
    services.prune()
    assert {row.status for row in DBTaskResult.objects.all()} == {READY, FAILED}

    clock.shift(timedelta(days=60))
    services.prune()
    assert list(DBTaskResult.objects.all()) == [waiting]
    assert not Progress.objects.exists()


def test_health_counts_what_waits_and_who_works(clock):
    Heartbeat.objects.create(worker_id="a", beat_at=NOON)
    Heartbeat.objects.create(worker_id="stopped", beat_at=NOON, stopped_at=NOON)
    queue("x", "y")

    health = queue_health()

    assert (health.workers_alive, health.at_work, health.waiting, health.failed) == (1, True, 2, 0)
    assert (health.last_beat_at, health.waiting_since) == (NOON, NOON)


def test_health_says_when_nobody_works(clock):
    Heartbeat.objects.create(worker_id="a", beat_at=NOON - timedelta(minutes=2))

    assert not queue_health().at_work


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_six_workers_queue_a_job_once_and_do_each_task_once(five_minute_job):
    queue(*range(30))
    start = threading.Barrier(6)

    def work():
        start.wait()
        schedule.queue_due(NOON)
        Worker().drain()
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert DBTaskResult.objects.filter(task_path=five_minute_job.path).count() == 1
    assert sorted(map(str, sample_tasks.ran)) == sorted([*map(str, range(30)), "tick"])
    assert PeriodicRun.objects.count() == 1
