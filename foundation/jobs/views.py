"""Background work as staff see it: who works, what waits, what failed. Retrying is the only thing to do."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult
from wagtail.admin.paginator import WagtailPaginator

from foundation.jobs import services
from foundation.jobs.health import queue_health
from foundation.jobs.models import Heartbeat, PeriodicRun

MANAGE_PERMISSION = "jobs.manage_work"
TITLE = gettext_lazy("Background work")
PER_PAGE = 20
WORKERS_SHOWN = 5

may_manage_work = permission_required(MANAGE_PERMISSION, raise_exception=True)


@may_manage_work
def background_work(request):
    """Show workers, queue, schedule and what failed."""
    failed = WagtailPaginator(DBTaskResult.objects.failed().order_by("-finished_at"), PER_PAGE)
    page = failed.get_page(request.GET.get("p"))
    return render(
        request,
        "jobs/background_work.html",
        {
            "health": queue_health(),
            "workers": Heartbeat.objects.all()[:WORKERS_SHOWN],
            "schedule": PeriodicRun.objects.all(),
            "failed": page,
            "elided_page_range": failed.get_elided_page_range(page.number),
            "header_title": TITLE,
            "breadcrumbs_items": [
                {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": TITLE},
            ],
        },
    )


@may_manage_work
@require_POST
def retry(request, result_id):
    """Queue one failed task again."""
    row = get_object_or_404(DBTaskResult, pk=result_id)
    if services.retry(request.user, row):
        messages.success(request, _("The task is queued again."))
    else:
        messages.warning(request, _("Nothing to retry: the task is not among those that failed any more."))
    return redirect("jobs:background_work")
