"""Content in the CMS: the list, one content with its versions, copying, exporting, removing."""

from tempfile import TemporaryFile

from django.db.models import Exists, OuterRef
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from h5p import access
from h5p.admin_views.screens import ask_and_do, crumbs, for_authors, screen
from h5p.exporting import export_version
from h5p.forms import CopyForm, ReasonForm
from h5p.models import Content, ContentLibrary, Library
from h5p.services.contents import ContentRefused, copy_content, make_current, remove_content

PER_PAGE = 25


@for_authors
def contents(request):
    """All content, the latest first."""
    typed = request.GET.get("q", "").strip()
    waiting = ContentLibrary.objects.waiting().filter(version=OuterRef("current"))
    rows = Content.objects.select_related("current", "created_by").annotate(waits=Exists(waiting))
    if typed:
        rows = rows.filter(title__icontains=typed)
    paginator = WagtailPaginator(rows.order_by("-pk"), PER_PAGE)
    return screen(
        request,
        "h5p/staff/contents.html",
        title=_("Interactive content"),
        trail=[*crumbs(last="")[:1], {"url": "", "label": _("Interactive content")}],
        page=paginator.get_page(request.GET.get("p")),
        typed=typed,
        in_quarantine=Library.objects.waiting().count(),
    )


@for_authors
def content(request, pk):
    """One content: what it is, what it is played with, its versions."""
    content = access.get_content_or_404(request.user, pk)
    version = content.current
    played = (
        version.libraries.played().select_related("library").defer("library__semantics") if version else []
    )
    libraries = {row.library_id: row.library for row in played}
    return screen(
        request,
        "h5p/staff/content.html",
        title=content.title,
        trail=crumbs(last=content.title),
        content=content,
        version=version,
        libraries=list(libraries.values()),
        waits_for=[library for library in libraries.values() if not library.may_run],
        files=version.files.select_related("stored").order_by("path") if version else [],
        versions=content.versions.select_related("created_by").defer("params"),
    )


@for_authors
@require_POST
def play_version(request, pk, number):
    """Let another version be the one that is played. Doing it twice changes nothing."""
    content = access.get_content_or_404(request.user, pk)
    version = get_object_or_404(content.versions, number=number)
    make_current(version, by=request.user)
    messages.success(request, _("Version %(number)s is played from now on.") % {"number": number})
    return redirect("h5p_staff:content", content.pk)


@for_authors
def copy(request, pk):
    """Make new content that begins as this one is."""
    content = access.get_content_or_404(request.user, pk)
    title = _("%(title)s (copy)") % {"title": content.title}
    return ask_and_do(
        request,
        CopyForm(request.POST or None, initial={"title": title}),
        do=lambda data: copy_content(content.current, title=data["title"], by=request.user),
        done=_("The copy has been made."),
        back=reverse("h5p_staff:contents"),
        refused=ContentRefused,
        title=_("Copy the content"),
        button=_("Copy"),
        trail=crumbs(step(content), last=_("Copy the content")),
        lead=_("The copy begins as “%(title)s” is now and goes its own way.") % {"title": content.title},
    )


@for_authors
def remove(request, pk):
    """Remove content that nothing uses."""
    content = access.get_content_or_404(request.user, pk)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: remove_content(content, by=request.user, reason=data["reason"]),
        done=_("“%(title)s” has been removed.") % {"title": content.title},
        back=reverse("h5p_staff:contents"),
        refused=ContentRefused,
        title=_("Remove the content"),
        button=_("Remove"),
        trail=crumbs(step(content), last=_("Remove the content")),
        lead=_("All versions of “%(title)s” go with their files. This cannot be undone.")
        % {"title": content.title},
    )


@for_authors
def export(request, pk):
    """Download the content as a package that other systems accept."""
    content = access.get_content_or_404(request.user, pk)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    export_version(content.current, file)
    file.seek(0)
    name = slugify(content.title) or f"content-{content.pk}"
    return FileResponse(file, as_attachment=True, filename=f"{name}.h5p", content_type="application/zip")


def step(content):
    """The content as a step of the way."""
    return reverse("h5p_staff:content", args=[content.pk]), content.title
