"""The list of a call's applications: filters, completeness, what resembles what, and actions on many at once."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.exporting import ask_and_export
from programmes.applications import access, services
from programmes.applications.admin_views.screens import call_step, screen, trail
from programmes.applications.exporting import HEADINGS, exported
from programmes.applications.forms.staff import ApplicationFilterForm, BulkForm
from programmes.applications.listing import Pool, narrowed, rows_of
from programmes.applications.refusals import ApplicationRefused

PER_PAGE = 50


@require_admin_access
def calls(request):
    """The calls of the editions the person coordinates."""
    standing = Q(applications__withdrawn_at=None)
    found = access.handled_calls(request.user).annotate(
        drafts=Count("applications", filter=standing & Q(applications__submitted_at=None)),
        received=Count("applications", filter=standing & Q(applications__submitted_at__isnull=False)),
    )
    title = _("Calls for applications")
    return screen(request, "calls", title=title, trail=trail(last="")[:-1], calls=found)


@require_admin_access
def applications(request, call_id):
    """The applications of a call, in pages."""
    call = access.get_handled_call_or_404(request.user, call_id)
    pool = Pool(call)
    form = ApplicationFilterForm(request.GET or None, pool=pool)
    found = narrowed(pool, form.wanted()).exclude(person=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    return screen(
        request,
        "applications",
        title=call.label,
        trail=trail(last=f"{call.label} ({call.code})"),
        form=form,
        call=call,
        page=page,
        rows=rows_of(page.object_list, pool),
    )


@require_admin_access
@require_POST
def bulk(request, call_id):
    """Do one thing with all applications ticked; what is refused is said for each."""
    call = access.get_handled_call_or_404(request.user, call_id)
    back = f"{reverse('application_calls:applications', args=[call.pk])}?{request.GET.urlencode()}"
    form = BulkForm(request.POST, call=call)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect(back)
    ticked = form.cleaned_data["application"]
    if form.cleaned_data["action"] == "export":
        pks = "&".join(f"pk={pk}" for pk in ticked)
        return redirect(f"{reverse('application_calls:export', args=[call.pk])}?{pks}")
    do = services.remind if form.cleaned_data["action"] == "remind" else services.mark_complete
    _do_with_each(request, call, ticked, do)
    return redirect(back)


def _do_with_each(request, call, ticked, do):
    done = 0
    for application in call.applications.filter(pk__in=ticked).select_related(
        "call__programme_edition", "person"
    ):
        if not access.can_handle(request.user, application):
            continue
        try:
            do(application, by=request.user)
        except ApplicationRefused as refusal:
            messages.warning(request, f"{application.full_name}: {refusal}")
        else:
            done += 1
    if done:
        said = ngettext("Done for one application.", "Done for %(count)s applications.", done)
        messages.success(request, said % {"count": done})


@require_admin_access
def export(request, call_id):
    """The applications ticked, or all that the filters leave, as a spreadsheet."""
    call = access.get_handled_call_or_404(request.user, call_id)
    pool = Pool(call)
    form = ApplicationFilterForm(request.GET or None, pool=pool)
    found = narrowed(pool, form.wanted()).exclude(person=request.user)
    if picked := [pk for pk in request.GET.getlist("pk") if pk.isdecimal()]:
        found = found.filter(pk__in=picked)
    return ask_and_export(
        request,
        exported(rows_of(found, pool, with_answers=True)),
        [str(heading) for heading in HEADINGS],
        about=call,
        action="programmes.export_applications",
        name=f"applications-{call.code}",
        title=_("Export applications"),
        trail=trail(call_step(call), last=_("Export applications")),
        back=reverse("application_calls:applications", args=[call.pk]),
    )
