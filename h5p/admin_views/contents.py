"""Content in the CMS: the list, one content with its versions, copying, exporting, removing."""

from tempfile import TemporaryFile
from uuid import uuid4

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

from h5p import access
from h5p.admin_views.screens import ask_and_do, crumbs, for_authors, screen, step
from h5p.describing import metadata_lines
from h5p.exporting import export_version
from h5p.forms import CopyForm, FilterForm, ReasonForm, typed_number
from h5p.models import Content, ContentVersion, Library
from h5p.player import preview_url
from h5p.services.contents import ContentRefused, copy_content, remove_content
from h5p.uses import road_for, uses_by_content

PER_PAGE = 25


@for_authors
def contents(request):
    """All content, the latest first."""
    types = sorted({name.rpartition(" ")[0] for name in library_names()})
    form = FilterForm(request.GET, types=types)
    rows = Content.objects.listed()
    typed, kind = (form.cleaned_data.get(name, "") for name in ("q", "type")) if form.is_valid() else ("", "")
    if typed:
        rows = rows.filter(title__icontains=typed)
    if kind:
        rows = rows.filter(newest_library__startswith=f"{kind} ")
    page = WagtailPaginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    uses = uses_by_content(content.pk for content in page.object_list)
    return screen(
        request,
        "h5p/staff/contents.html",
        title=_("Interactive content"),
        trail=[*crumbs(last="")[:1], {"url": "", "label": _("Interactive content")}],
        page=page,
        rows=[(content, uses[content.pk]) for content in page.object_list],
        filters=form,
        is_narrowed=bool(typed or kind),
        in_quarantine=Library.objects.waiting().count(),
    )


def library_names():
    """The content types that any version was made with."""
    return ContentVersion.objects.order_by().values_list("library", flat=True).distinct()


@for_authors
def content(request, pk):
    """One content: what it is, where it is used, what it is played with, its versions."""
    content = access.get_content_or_404(request.user, pk)
    version = content.newest
    shown = named_version(content, request.GET.get("version", ""))
    played = version.libraries.played().select_related("library").defer("library__semantics")
    libraries = {row.library_id: row.library for row in played}
    return screen(
        request,
        "h5p/staff/content.html",
        title=version.title,
        trail=crumbs(last=version.title),
        content=content,
        version=version,
        is_live=content.current_id == version.pk,
        shown=shown,
        preview=preview_url(shown, request.user),
        road=road_for(content, request.user),
        uses=uses_by_content([content.pk])[content.pk],
        metadata=metadata_lines(version),
        libraries=list(libraries.values()),
        waits_for=[library for library in libraries.values() if not library.may_run],
        files=version.files.select_related("stored").order_by("path"),
        versions=content.versions.select_related("created_by").defer("params"),
        restore_key=uuid4(),
    )


@for_authors
def copy(request, pk):
    """Make new content that begins as this one is."""
    content = access.get_content_or_404(request.user, pk)
    title = _("%(title)s (copy)") % {"title": content.title}
    return ask_and_do(
        request,
        CopyForm(request.POST or None, initial={"title": title}),
        do=lambda data: copy_content(
            content.newest, title=data["title"], by=request.user, is_draft=content.current is None
        ),
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
    """Download the newest version, or one that is named, as a package that other systems accept."""
    content = access.get_content_or_404(request.user, pk)
    version = named_version(content, request.GET.get("version", ""))
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    export_version(version, file)
    file.seek(0)
    name = slugify(content.title) or f"content-{content.pk}"
    return FileResponse(file, as_attachment=True, filename=f"{name}.h5p", content_type="application/zip")


def named_version(content, number):
    """The version that the address names, or the newest."""
    return (
        get_object_or_404(content.versions, number=typed_number(number))
        if number.isdecimal()
        else content.newest
    )
