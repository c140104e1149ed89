"""Libraries in the CMS: what waits for a decision, what runs, where it comes from and what is different."""

from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from h5p import access
from h5p.admin_views.screens import ask_and_do, crumbs, for_managers, screen
from h5p.comparing import differences, to_compare_with
from h5p.forms import DecisionForm, ReasonForm
from h5p.models import Content, Library, Status
from h5p.resolving import Resolver
from h5p.services import libraries as services

PER_PAGE = 50
USES_SHOWN = 20


def shown_by(which):
    """The libraries of one tab."""
    tabs = {
        "running": Library.objects.current(),
        "replaced": Library.objects.filter(current_since=None, status__in=[Status.APPROVED, Status.RETIRED]),
        "rejected": Library.objects.filter(status=Status.REJECTED),
    }
    return tabs.get(which, Library.objects.waiting())


@for_managers
def libraries(request):
    """The libraries of one tab; those in quarantine can be approved together."""
    which = request.GET.get("show", "quarantine")
    form = DecisionForm(request.POST or None, initial={"libraries": []})
    if request.method == "POST" and form.is_valid() and approved(request, form):
        return redirect("h5p_staff:libraries")
    typed = request.GET.get("q", "").strip()
    rows = shown_by(which).defer("semantics", "info").annotate(uses=Count("used_by__version", distinct=True))
    if typed:
        rows = rows.filter(machine_name__icontains=typed)
    return screen(
        request,
        "h5p/staff/libraries.html",
        title=_("H5P libraries"),
        trail=crumbs(last=_("H5P libraries")),
        form=form,
        which=which,
        typed=typed,
        tabs=tabs_for(which),
        page=WagtailPaginator(rows.newest_first(), PER_PAGE).get_page(request.GET.get("p")),
        ticked=[str(pk) for pk in form.data.getlist("libraries")] if form.is_bound else [],
    )


def tabs_for(which):
    """The tabs with how many are in each."""
    labels = {
        "quarantine": _("In quarantine"),
        "running": _("Running"),
        "replaced": _("Approved, not running"),
        "rejected": _("Rejected"),
    }
    return [(key, label, shown_by(key).count(), key == which) for key, label in labels.items()]


def approved(request, form):
    """Whether those that were ticked could be approved."""
    chosen = list(form.cleaned_data["libraries"])
    try:
        services.approve_libraries(chosen, by=request.user, reason=form.cleaned_data["reason"])
    except services.LibraryRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    count = len(chosen)
    said = ngettext("One library is approved.", "%(count)s libraries are approved.", count) % {"count": count}
    messages.success(request, said)
    return True


@for_managers
def library(request, pk):
    """Everything that somebody needs to decide about one library."""
    library = access.get_library_or_404(request.user, pk)
    other = to_compare_with(library)
    using = Content.objects.filter(versions__libraries__library=library).distinct()
    return screen(
        request,
        "h5p/staff/library.html",
        title=str(library),
        trail=crumbs((reverse("h5p_staff:libraries"), _("H5P libraries")), last=str(library)),
        library=library,
        other=other,
        differences=differences(library, other) if other else [],
        files=library.files.select_related("stored").order_by("path"),
        needs=needs_of(library),
        needed_by=services.needing(library.name),
        uses=using[:USES_SHOWN],
        uses_count=using.count(),
        would_replace=services.is_used_with_caution(library),
        removal_refusal=services.removal_refusal(library),
    )


def needs_of(library):
    """What it needs, each with whether something approved answers to the name."""
    approved_here = Resolver(with_quarantine=False)
    rows = library.dependencies.order_by("kind", "pk")
    return [(dependency, approved_here.library(dependency.name) is not None) for dependency in rows]


# What is called, and the words of its screen: title, button, and what is said afterwards.
DECISIONS = {
    "approve": (
        services.approve_library,
        gettext_lazy("Approve the library"),
        gettext_lazy("Approve"),
        gettext_lazy("%(library)s is approved."),
    ),
    "reject": (
        services.reject_library,
        gettext_lazy("Reject the library"),
        gettext_lazy("Reject"),
        gettext_lazy("%(library)s is rejected."),
    ),
    "retire": (
        services.retire_library,
        gettext_lazy("Retire the library"),
        gettext_lazy("Retire"),
        gettext_lazy("%(library)s is retired."),
    ),
    "roll-back": (
        services.roll_back_to,
        gettext_lazy("Go back to this library"),
        gettext_lazy("Go back"),
        gettext_lazy("Content runs with %(library)s from now on."),
    ),
    "remove": (
        services.remove_library,
        gettext_lazy("Remove the library"),
        gettext_lazy("Remove"),
        gettext_lazy("%(library)s is removed."),
    ),
}


@for_managers
def decide(request, pk, decision):
    """Ask for the reason and carry the decision out."""
    library = access.get_library_or_404(request.user, pk)
    do, title, button, done = DECISIONS[decision]
    listing = reverse("h5p_staff:libraries")
    here = reverse("h5p_staff:library", args=[library.pk])
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: do(library, by=request.user, reason=data["reason"]),
        done=done % {"library": library},
        back=listing if decision == "remove" else here,
        refused=services.LibraryRefused,
        title=title,
        button=button,
        trail=crumbs((listing, _("H5P libraries")), (here, str(library)), last=title),
        lead=lead(library, decision),
    )


def lead(library, decision):
    """What the decision means, before it is made."""
    words = {"library": library, "hash": library.sha256[:12]}
    return {
        "approve": _(
            "The code of %(library)s (%(hash)s…) will run in learners’ browsers. Look at the differences first."
        ),
        "reject": _("%(library)s will not run, and a package that brings the same files is refused."),
        "retire": _("Nobody can make new content with %(library)s. Content that uses it plays on."),
        "roll-back": _(
            "All content that asks for this version will run with %(library)s (%(hash)s…) instead."
        ),
        "remove": _("%(library)s goes with its files. The audit log keeps its hash."),
    }[decision] % words


@for_managers
def unused(request):
    """What could go, and letting it go."""
    found = services.unused_libraries()
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.remove_unused(by=request.user, reason=data["reason"]),
        done=_("What was unused has been removed."),
        back=reverse("h5p_staff:libraries"),
        refused=services.LibraryRefused,
        title=_("Remove unused libraries"),
        button=_("Remove"),
        trail=crumbs((reverse("h5p_staff:libraries"), _("H5P libraries")), last=_("Remove unused libraries")),
        lead=_("Rejected, replaced and outdated libraries that no content uses go with their files."),
        listed=found,
    )
