"""Background work in the CMS, and what load balancers ask."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation.jobs.models import Heartbeat, PeriodicRun
from lms import health
from tests.foundation import sample_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_queue")]

PAGE = "jobs:background_work"


@pytest.fixture
def manager(staff_client):
    return staff_client("jobs.manage_work")


def failed_task():
    result = sample_tasks.flaky.enqueue("x")
    DBTaskResult.objects.filter(pk=result.id).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="smtplib.SMTPException",
        traceback="<script>alert(1)</script>",
    )
    return DBTaskResult.objects.get(pk=result.id)


def test_the_page_says_what_failed_and_why_without_trusting_it(manager):
    failed_task()

    page = manager.get(reverse(PAGE)).content.decode()

    assert "tests.foundation.sample_tasks.flaky" in page
    assert "smtplib.SMTPException" in page
    assert "<script>alert(1)" not in page


def test_the_page_says_when_no_worker_was_ever_there(manager):
    assert "No worker has ever run here" in manager.get(reverse(PAGE)).content.decode()


def test_the_page_says_when_the_worker_is_gone(manager):
    Heartbeat.objects.create(worker_id="gone", stopped_at=timezone.now())

    assert "No worker is at work" in manager.get(reverse(PAGE)).content.decode()


def test_the_page_shows_workers_and_schedule(manager):
    Heartbeat.objects.create(worker_id="busy")
    PeriodicRun.objects.create(path="some.job", slot=timezone.now())

    page = manager.get(reverse(PAGE)).content.decode()

    assert "1 worker is at work" in page
    assert "some.job" in page


def test_a_failed_task_can_be_retried_from_the_page(manager):
    task = failed_task()

    response = manager.post(reverse("jobs:retry", args=[task.pk]), follow=True)

    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert "The task is queued again." in response.content.decode()


def test_retrying_twice_says_that_there_is_nothing_to_retry(manager):
    task = failed_task()
    manager.post(reverse("jobs:retry", args=[task.pk]))

    response = manager.post(reverse("jobs:retry", args=[task.pk]), follow=True)

    assert "Nothing to retry" in response.content.decode()


def test_following_a_link_retries_nothing(manager):
    task = failed_task()

    assert manager.get(reverse("jobs:retry", args=[task.pk])).status_code == 405
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_staff_without_the_right_neither_see_nor_retry(staff_client):
    task = failed_task()
    client = staff_client()

    assert client.get(reverse(PAGE)).status_code == 302
    assert client.post(reverse("jobs:retry", args=[task.pk])).status_code == 302
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_a_stranger_is_asked_to_sign_in(client):
    assert "login" in client.get(reverse(PAGE)).url


def test_twelve_failures_cost_as_many_queries_as_two(manager):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            manager.get(reverse(PAGE))
        return len(captured)

    failed_task()
    failed_task()
    queries()
    few = queries()
    for _time in range(10):
        failed_task()

    assert queries() == few


def test_a_living_process_says_so_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_a_site_with_everything_it_needs_is_ready(client):
    Heartbeat.objects.create(worker_id="busy")

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": True, "migrations": True, "cache": True, "worker": True}


def test_without_a_worker_the_site_stays_in_service_and_a_strict_monitor_hears_of_it(client):
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz").json()["worker"] is False
    assert client.get("/readyz?strict=1").status_code == 503


def test_without_a_database_the_site_is_not_ready(client, monkeypatch):
    def away():
        raise DatabaseError("connection refused")

    monkeypatch.setattr(health, "ask_database", away)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": False, "migrations": False, "cache": True, "worker": False}


def test_with_a_migration_to_come_the_site_is_not_ready(client):
    health.ask_schema.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'outbox'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] is False
