"""Whether this process is alive, and whether the site can do its work. For load balancers and supervisors."""

from functools import cache as once_true

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError

from foundation.jobs.health import worker_is_alive

UNREACHABLE = (DatabaseError, InterfaceError, RedisError, OSError)


class NotReady(Exception):
    """Something answered, but not as it should."""


@never_cache
def healthz(request):
    """Say that the process answers; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request):
    """Say whether database, schema and cache are ready; 503 when one is not.

    A missing worker delays e-mail and publishing but pages still work, so it alone keeps a server in service;
    a monitor that wants to know asks for `?strict=1`.
    """
    needed = {"database": answers(ask_database), "cache": answers(ask_cache)}
    needed["migrations"] = needed["database"] and answers(ask_schema)
    worker = needed["migrations"] and answers(ask_worker)
    ready = all(needed.values()) and (worker or "strict" not in request.GET)
    return JsonResponse(needed | {"worker": worker}, status=200 if ready else 503)


def answers(question):
    """Whether what is asked answers well."""
    try:
        question()
    except (NotReady, *UNREACHABLE):
        return False
    return True


def ask_database():
    """Ask the database for a constant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_cache():
    """Write and read one entry."""
    cache.set("readyz", "ok", 10)
    if cache.get("readyz") != "ok":
        raise NotReady


@once_true
def ask_schema():
    """See that every migration has run. Asked until it is so; a running site takes none back."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady


def ask_worker():
    """See that a worker was there in the last minute."""
    if not worker_is_alive():
        raise NotReady
