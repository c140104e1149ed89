"""Whether this process is alive, and whether the site can do its work. For load balancers and supervisors."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request):
    """Say that the process answers; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request):
    """Say whether database and cache answer; 503 when one does not."""
    checks = {"database": database_answers(), "cache": cache_answers()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def database_answers():
    """Ask the database for a constant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_answers():
    """Write and read one entry."""
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"
