"""The versions of content: publishing one, bringing one back, comparing two."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.compare import diff_text

from h5p import access
from h5p.admin_views.screens import crumbs, for_authors, screen, step
from h5p.describing import changes_between
from h5p.forms import typed_number
from h5p.services import contents as services


def version_or_404(content, number):
    """The version of this number, as it was typed."""
    return get_object_or_404(content.versions, number=typed_number(number or ""))


@for_authors
@require_POST
def publish(request, pk):
    """Let a version be the one that is played. Doing it twice changes nothing."""
    content = access.get_content_or_404(request.user, pk)
    version = version_or_404(content, request.POST.get("number"))
    try:
        services.publish_version(version, by=request.user)
    except services.ContentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Version %(number)s is played from now on.") % {"number": version.number})
    return redirect("h5p_staff:content", content.pk)


@for_authors
@require_POST
def restore(request, pk):
    """Make an earlier version the newest draft."""
    content = access.get_content_or_404(request.user, pk)
    version = version_or_404(content, request.POST.get("number"))
    try:
        form_key = UUID(request.POST.get("form_key", ""))
    except ValueError as error:
        raise Http404 from error
    services.restore_version(version, form_key=form_key, by=request.user)
    messages.success(
        request,
        _("Version %(number)s is the newest draft now. Nothing changed for learners.")
        % {"number": version.number},
    )
    return redirect("h5p_staff:content", content.pk)


@for_authors
def compare(request, pk):
    """Two versions, line by line."""
    content = access.get_content_or_404(request.user, pk)
    before = version_or_404(content, request.GET.get("from"))
    after = version_or_404(content, request.GET.get("to"))
    title = _("Version %(before)s and version %(after)s") % {"before": before.number, "after": after.number}
    changes = [
        (change.label, diff_text(change.before, change.after).to_html())
        for change in changes_between(before, after)
    ]
    return screen(
        request,
        "h5p/staff/compare.html",
        title=title,
        icon="history",
        trail=crumbs(step(content), last=title),
        content=content,
        before=before,
        after=after,
        changes=changes,
        versions=content.versions.defer("params").select_related("created_by"),
    )
