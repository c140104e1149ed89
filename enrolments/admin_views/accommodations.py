"""What was granted to people and cohorts of an edition: looked at, granted, ended, taken out as a file."""

from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.auth import require_admin_access

from courses.models import Activity
from enrolments import access
from enrolments.activity_dates import activity_dates_of
from enrolments.admin_views.accommodation_forms import AccommodationFilterForm, GrantForm
from enrolments.admin_views.asking import ask_and_do, crumbs, screen
from enrolments.admin_views.dates import activities_of
from enrolments.admin_views.exporting import ask_and_export
from enrolments.admin_views.forms import ReasonForm
from enrolments.models import Enrolment
from enrolments.refusals import AccommodationRefused
from enrolments.services import end_accommodation, grant_accommodation

PER_PAGE = 50


def trail_of(edition, *steps):
    """The way here; without a step, to the list itself."""
    listing = (reverse("editions:accommodations", args=[edition.pk]), _("Accommodations"))
    above = [
        (reverse("editions:index"), _("Editions")),
        (reverse("editions:edit", args=[edition.pk]), str(edition)),
    ]
    return crumbs(*above, listing, last=steps[0]) if steps else crumbs(*above, last=listing[1])


def dated_activities(edition):
    """The activities of the edition that can have dates."""
    pks = [activity.pk for activity, _lesson in activities_of(edition)]
    return Activity.objects.filter(pk__in=pks).order_by("title", "pk")


def matching(edition, form):
    """The accommodations asked for, the latest first."""
    asked = form.cleaned_data if form.is_valid() else {}
    found = edition.accommodations.select_related(
        "enrolment__person", "cohort", "activity", "granted_by", "ended_by"
    )
    if asked.get("state", form.HOLDING) == form.HOLDING:
        found = found.current()
    elif asked["state"] == form.ENDED:
        found = found.exclude(ended_at=None)
    if asked.get("activity"):
        found = found.filter(Q(activity=asked["activity"]) | Q(activity=None))
    for word in asked.get("q", "").split():
        found = found.filter(
            Q(enrolment__person__first_name__icontains=word)
            | Q(enrolment__person__last_name__icontains=word)
            | Q(enrolment__person__email__icontains=word)
            | Q(cohort__name__icontains=word)
        )
    return found


@require_admin_access
def accommodations(request, pk):
    """The list, narrowed down."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    form = AccommodationFilterForm(request.GET or None, activities=dated_activities(edition))
    page = Paginator(matching(edition, form), PER_PAGE).get_page(request.GET.get("p"))
    return screen(
        request,
        "enrolments/staff/accommodations.html",
        title=_("Accommodations"),
        icon="time",
        trail=trail_of(edition),
        form=form,
        edition=edition,
        page=page,
        rows=[{"granted": granted, "terms": terms_in_words(granted)} for granted in page],
        narrowed=request.GET.urlencode(),
    )


def terms_in_words(granted):
    """What is granted, one entry for each term: words, and the moment where it is one."""
    found = []
    if granted.extra_time_percent:
        found.append({"words": _("%(number)s %% more time") % {"number": granted.extra_time_percent}})
    for field, words in (
        (
            "extra_minutes",
            ngettext("%(number)s minute more", "%(number)s minutes more", granted.extra_minutes or 0),
        ),
        (
            "extra_attempts",
            ngettext("%(number)s attempt more", "%(number)s attempts more", granted.extra_attempts or 0),
        ),
    ):
        if number := getattr(granted, field):
            found.append({"words": words % {"number": number}})
    for field, words in (("opens_at", _("Opens")), ("due_at", _("Due")), ("closes_at", _("Closes"))):
        if moment := getattr(granted, field):
            found.append({"words": words, "at": moment})
    return found


@require_admin_access
def grant(request, pk):
    """Grant a person or a cohort something, in the edition's zone. Sending the form twice grants once."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    learner = learner_asked_for(request, edition)
    if learner:
        back = reverse("learner_progress:learner", args=[learner.pk])
    else:
        back = reverse("editions:accommodations", args=[edition.pk])
    with timezone.override(ZoneInfo(edition.time_zone)):
        form = GrantForm(
            request.POST or None,
            edition=edition,
            activities=dated_activities(edition),
            initial={
                "email": learner and learner.person.email,
                "cohort": request.GET.get("cohort"),
                "activity": request.GET.get("activity"),
            },
        )
        response = ask_and_do(
            request,
            form,
            do=lambda data: grant_accommodation(edition, by=request.user, **form.wanted),
            done=_("It has been granted and holds from now on. Those it is for are told by e-mail."),
            back=back,
            refused=AccommodationRefused,
            template="enrolments/staff/grant.html",
            title=_("Grant an accommodation"),
            icon="time",
            trail=trail_of(edition, _("Grant an accommodation")),
            edition=edition,
            learner=learner,
            standing=standing_of(learner, edition) if learner else [],
            button=_("Grant"),
        )
        return response.render() if hasattr(response, "render") else response


def learner_asked_for(request, edition):
    """The learner whose page one comes from, if any."""
    asked = request.GET.get("enrolment", "")
    if not asked.isdecimal():
        return None
    learners = Enrolment.objects.filter(edition=edition).select_related("person", "edition")
    return get_object_or_404(learners, pk=asked)


def standing_of(enrolment, edition):
    """What holds for the learner now, for each activity."""
    lookup = activity_dates_of([enrolment])
    return [
        {"activity": activity, "dates": lookup[enrolment.pk, activity.pk]}
        for activity, _lesson in activities_of(edition)
    ]


@require_admin_access
def end(request, pk, accommodation_id):
    """End one, with a reason. Ending it twice changes nothing."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    related = edition.accommodations.select_related("enrolment__person", "cohort", "activity", "edition")
    granted = get_object_or_404(related, pk=accommodation_id)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: end_accommodation(granted, by=request.user, reason=data["reason"]),
        done=_("The accommodation has ended."),
        back=reverse("editions:accommodations", args=[edition.pk]),
        refused=AccommodationRefused,
        title=_("End the accommodation"),
        icon="time",
        trail=trail_of(edition, _("End the accommodation")),
        lead=_(
            "What “%(whose)s” was granted for “%(what)s” no longer holds from now on. What has been handed in stays as "
            "it is, and the row stays in the list of those that ended."
        )
        % {"whose": granted.whose, "what": granted.activity or _("every activity")},
    )


HEADINGS = [
    gettext_lazy("For"),
    gettext_lazy("E-mail"),
    gettext_lazy("Activity"),
    gettext_lazy("Extra time, per cent"),
    gettext_lazy("Extra minutes"),
    gettext_lazy("Extra attempts"),
    gettext_lazy("Opens"),
    gettext_lazy("Due"),
    gettext_lazy("Closes"),
    gettext_lazy("Reason"),
    gettext_lazy("Granted by"),
    gettext_lazy("Granted"),
    gettext_lazy("Ended by"),
    gettext_lazy("Ended"),
    gettext_lazy("Why it ended"),
]


def as_row(granted):
    """One accommodation as the file has it."""
    return [
        granted.whose,
        granted.enrolment.person.email if granted.enrolment else "",
        granted.activity or _("Every activity"),
        granted.extra_time_percent,
        granted.extra_minutes,
        granted.extra_attempts,
        granted.opens_at,
        granted.due_at,
        granted.closes_at,
        granted.reason,
        granted.granted_by,
        granted.granted_at,
        granted.ended_by,
        granted.ended_at,
        granted.ended_reason,
    ]


@require_admin_access
def export(request, pk):
    """The list as a file, as it was narrowed down; times are those of the edition."""
    edition = access.get_managed_edition_or_404(request.user, pk)
    form = AccommodationFilterForm(request.GET or None, activities=dated_activities(edition))
    with timezone.override(ZoneInfo(edition.time_zone)):
        return ask_and_export(
            request,
            [as_row(granted) for granted in matching(edition, form)],
            HEADINGS,
            about=edition,
            action="enrolments.export_accommodations",
            name=f"accommodations-{edition.code}",
            title=_("Export accommodations"),
            trail=trail_of(edition, _("Export")),
            back=f"{reverse('editions:accommodations', args=[edition.pk])}?{request.GET.urlencode()}",
        )
