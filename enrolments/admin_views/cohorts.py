"""Cohorts and work groups of an edition: made, filled, shared out at random, printed, dissolved."""

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments import access
from enrolments.admin_views.asking import ask_and_do, crumbs, screen
from enrolments.admin_views.cohort_forms import CohortForm, MembersForm, NameForm, RenameForm, SplitForm
from enrolments.admin_views.forms import ReasonForm
from enrolments.models import CohortMember
from enrolments.refusals import CohortRefused
from enrolments.services import (
    add_members,
    close_cohort,
    make_cohort,
    remove_member,
    rename_cohort,
    split_at_random,
)


def trail_of(edition, *steps, last):
    """The way here through the edition."""
    above = [
        (reverse("editions:index"), _("Editions")),
        (reverse("editions:edit", args=[edition.pk]), str(edition)),
    ]
    return crumbs(*above, *steps, last=last)


def listing_step(edition):
    """The list as a step of the way."""
    return reverse("editions:cohorts", args=[edition.pk]), _("Cohorts and work groups")


def attempted(form, do):
    """Whether the form was sent, is valid and the service agreed; what it refuses stays on the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        do(form.cleaned_data)
    except CohortRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_admin_access
def cohorts(request, pk):
    """The cohorts with their sizes, and the two ways of making some."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    making = CohortForm(request.POST if "make" in request.POST else None, prefix="make")
    splitting = SplitForm(request.POST if "split" in request.POST else None, prefix="split")
    if attempted(making, lambda data: make_cohort(edition, by=request.user, **data)):
        messages.success(request, _("The cohort has been made. Open it to put people into it."))
        return redirect("editions:cohorts", edition.pk)
    if attempted(splitting, lambda data: split_at_random(edition, by=request.user, **data)):
        messages.success(request, _("Everybody without a work group has been put into one, at random."))
        return redirect("editions:cohorts", edition.pk)
    refused = bool(making.errors or splitting.errors)
    response = screen(
        request,
        "enrolments/staff/cohorts.html",
        title=_("Cohorts and work groups"),
        icon="group",
        trail=trail_of(edition, last=_("Cohorts and work groups")),
        edition=edition,
        cohorts=sized(edition),
        free=without_group(edition).count(),
        making=making,
        splitting=splitting,
    )
    response.status_code = 422 if refused else 200
    return response


def sized(edition):
    """The open cohorts, each with how many are in it and how many accommodations it has."""
    return edition.cohorts.open().annotate(
        size=Count("members", filter=Q(members__left_at=None), distinct=True),
        granted=Count("accommodations", filter=Q(accommodations__ended_at=None), distinct=True),
    )


def without_group(edition):
    """Who holds a place and is in no work group."""
    grouped = CohortMember.objects.current().filter(hands_in_together=True, enrolment__edition=edition)
    return edition.enrolments.active().exclude(pk__in=grouped.values("enrolment"))


def cohort_or_404(edition, cohort_id):
    """A cohort of the edition, also one that was dissolved: what links to it still leads somewhere."""
    return get_object_or_404(edition.cohorts.select_related("edition__course"), pk=cohort_id)


@require_admin_access
def cohort(request, pk, cohort_id):
    """Who is in it, who joins, what it is called."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    cohort = cohort_or_404(edition, cohort_id)
    typed = request.GET.get("q", "")
    adding = MembersForm(request.POST if "add" in request.POST else None, cohort=cohort, typed=typed)
    renaming = RenameForm(
        request.POST if "rename" in request.POST else None, prefix="rename", initial={"name": cohort.name}
    )
    if attempted(adding, lambda data: join(cohort, data, by=request.user)):
        count = len(adding.cleaned_data["learners"])
        said = ngettext("One person has joined.", "%(count)s people have joined.", count) % {"count": count}
        messages.success(request, said)
        return redirect("editions:cohort", edition.pk, cohort.pk)
    if attempted(renaming, lambda data: rename_cohort(cohort, data["name"], by=request.user)):
        messages.success(request, _("The cohort has its new name."))
        return redirect("editions:cohort", edition.pk, cohort.pk)
    refused = bool(adding.errors or renaming.errors)
    response = screen(
        request,
        "enrolments/staff/cohort.html",
        title=cohort.name,
        icon="group",
        trail=trail_of(edition, listing_step(edition), last=cohort.name),
        edition=edition,
        cohort=cohort,
        members=current_members(cohort),
        adding=adding,
        renaming=renaming,
        narrowing=NameForm(request.GET or None),
    )
    response.status_code = 422 if refused else 200
    return response


def current_members(cohort):
    """Who is in it now, by name."""
    members = cohort.members.current().select_related("enrolment__person__country")
    return members.order_by("enrolment__person__last_name", "enrolment__person__first_name", "pk")


def join(cohort, data, *, by):
    """Put the people ticked into the cohort."""
    add_members(
        cohort, list(data["learners"]), by=by, reason=data["reason"], moving=data.get("moving", False)
    )


@require_admin_access
@require_POST
def remove(request, pk, cohort_id, enrolment_id):
    """Take one person out. Doing it twice changes nothing."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    cohort = cohort_or_404(edition, cohort_id)
    enrolment = get_object_or_404(edition.enrolments.select_related("person"), pk=enrolment_id)
    remove_member(cohort, enrolment, by=request.user)
    messages.success(request, _("%(person)s is no longer in it.") % {"person": enrolment.person})
    return redirect("editions:cohort", edition.pk, cohort.pk)


@require_admin_access
def close(request, pk, cohort_id):
    """Dissolve a cohort, with a reason. Doing it twice changes nothing."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    cohort = cohort_or_404(edition, cohort_id)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: close_cohort(cohort, by=request.user, reason=data["reason"]),
        done=_("The cohort has been dissolved."),
        back=reverse("editions:cohorts", args=[edition.pk]),
        refused=CohortRefused,
        title=_("Dissolve the cohort"),
        icon="cross",
        trail=trail_of(edition, listing_step(edition), last=_("Dissolve the cohort")),
        lead=_(
            "Its members leave “%(name)s” and its name is free again. What they handed in together stays theirs."
        )
        % {"name": cohort.name},
    )


@require_admin_access
def printed(request, pk):
    """All cohorts with their members on paper."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    members = CohortMember.objects.current().select_related("enrolment__person__country")
    members = members.order_by("enrolment__person__last_name", "enrolment__person__first_name", "pk")
    listed = edition.cohorts.open().order_by("-hands_in_together", "name", "pk")
    return TemplateResponse(
        request,
        "enrolments/staff/cohorts_printed.html",
        {
            "edition": edition,
            "cohorts": listed.prefetch_related(Prefetch("members", members, to_attr="here")),
            "free": without_group(edition).select_related("person").order_by("person__last_name", "pk"),
        },
    )
