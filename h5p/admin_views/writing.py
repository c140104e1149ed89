"""Writing content in the form of its type: new, and changed. Saving adds a draft; nothing is ever overwritten."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages

from h5p import access
from h5p.admin_views.screens import crumbs, for_authors, screen, step
from h5p.authoring import ContentForm, edited
from h5p.forms import DeskForm, typed_number
from h5p.models import Content, ContentVersion, Library
from h5p.player import preview_url
from h5p.resolving import Resolver, installed
from h5p.services import contents as services
from h5p.uses import road_for


@for_authors
def choose_type(request):
    """The content types that can be written with."""
    return screen(
        request,
        "h5p/staff/types.html",
        title=_("New interactive content"),
        trail=crumbs(last=_("New interactive content")),
        types=installed(runnable_only=True),
        query=query_of(request),
    )


@dataclass
class Desk:
    """One form on its way: what is written, by whom, and from what it was filled."""

    request: object
    library: Library
    content: Content | None = None
    version: ContentVersion | None = None

    def __post_init__(self):
        sent = self.request.POST if self.request.method == "POST" else None
        begin = edited(self.version) if self.version else {"language": get_language()}
        initial = {"language": begin["language"], "base": self.version.number if self.version else None}
        self.about = DeskForm(sent, initial=initial)
        chosen = {"language": sent["language"]} if sent and sent.get("language") else {}
        self.form = ContentForm(self.library, user=self.request.user, data=sent, **begin | chosen)

    def is_valid(self):
        """Whether it was sent to be saved, and may be."""
        return self.form.is_valid() and self.about.is_valid()

    @transaction.atomic
    def save(self):
        """Add the draft. Raises ContentRefused."""
        data = self.about.cleaned_data
        over = self.request.POST.get("over", "")
        return services.save_draft(
            self.content,
            form_key=data["form_key"],
            base=typed_number(over) or data["base"],
            by=self.request.user,
            title=self.form.title,
            library=self.library.name,
            params=self.form.params,
            files=self.form.store_files(),
            metadata=self.form.metadata,
            language=data["language"],
        )


@for_authors
def new(request, machine_name):
    """New content of a type."""
    library = next((one for one in installed(runnable_only=True) if one.machine_name == machine_name), None)
    if library is None:
        raise Http404
    trail = crumbs((reverse("h5p_staff:new"), _("New interactive content")), last=library.local_title)
    return write(request, Desk(request, library), title=library.local_title, trail=trail)


@for_authors
def edit(request, pk):
    """Content as it was saved last, in the form of its type."""
    content = access.get_content_or_404(request.user, pk)
    version = content.newest
    library = Resolver(with_quarantine=False).library(version.main)
    if library is None:
        messages.error(
            request,
            _("%(library)s is not approved on this site, so its form cannot be drawn.")
            % {"library": version.library},
        )
        return redirect("h5p_staff:content", content.pk)
    trail = crumbs(step(content), last=_("Edit “%(title)s”") % {"title": version.title})
    return write(request, Desk(request, library, content, version), title=version.title, trail=trail)


def write(request, desk, *, title, trail):
    """Draw the form; save what was sent and go on to where its button leads."""
    newest, status = None, 200
    if request.method == "POST" and desk.is_valid():
        try:
            version = desk.save()
        except services.ContentRefused as refusal:
            desk.about.add_error(None, str(refusal))
            newest = getattr(refusal, "newest", None)
        else:
            return go_on(request, version)
    if request.method == "POST" and (desk.form.errors or desk.about.errors):
        status = 422
    content = desk.content
    return screen(
        request,
        "h5p/staff/write.html",
        title=title,
        icon="edit",
        trail=trail,
        status=status,
        desk=desk,
        content=content,
        version=desk.version,
        newest=newest,
        is_live=bool(content and content.current_id == desk.version.pk),
        road=road_for(content, request.user) if content else None,
        preview=preview_url(desk.version, request.user) if desk.version else "",
        next_url=next_of(request),
        query=query_of(request),
    )


def go_on(request, version):
    """Where the button leads: back to the form, or to learners."""
    content = version.content
    address = f"{reverse('h5p_staff:edit', args=[content.pk])}{query_of(request)}"
    if "publish" not in request.POST:
        messages.success(request, _("Saved as version %(number)s, a draft.") % {"number": version.number})
        return redirect(f"{address}#preview" if "preview" in request.POST else address)
    try:
        services.publish_version(version, by=request.user)
    except services.ContentRefused as refusal:
        messages.warning(request, _("Saved as version %(number)s, a draft.") % {"number": version.number})
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, _("Version %(number)s is saved and played from now on.") % {"number": version.number}
        )
    return redirect("h5p_staff:content", content.pk)


def next_of(request):
    """Where somebody came from to make content for it, if that is on this site."""
    address = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if address.startswith("/") and is_ours else ""


def query_of(request):
    """The same, to be carried on."""
    address = next_of(request)
    return f"?{urlencode({'next': address})}" if address else ""
