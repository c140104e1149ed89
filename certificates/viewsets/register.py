"""The register of awards: facts to look at, with buttons that replace and revoke."""

import django_filters
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from accounts.asking import ask_and_do
from certificates import access, services
from certificates.codes import parse_code, printed
from certificates.forms import ReplaceForm, RevokeForm
from certificates.listing import size_of
from certificates.models import Award, AwardType, OccasionKind
from certificates.storing import AwardDamaged, file_name, read
from certificates.verification import State, in_state, state_of
from courses.models import CoursePage
from enrolments.models import Edition
from foundation.audit import services as audit
from foundation.audit.actions import action_label
from foundation.audit.models import Entry
from portfolio.models import Country

LANGUAGES = dict(settings.LANGUAGES)


def courses_with_awards(request):
    """Courses in which somebody holds an award."""
    editions = Edition.objects.filter(enrolments__awards__isnull=False)
    return CoursePage.objects.filter(editions__in=editions).distinct().order_by("title")


def editions_with_awards(request):
    """Editions in which somebody holds an award."""
    return Edition.objects.filter(enrolments__awards__isnull=False).select_related("course").distinct()


def countries_with_awards(request):
    """Countries of those who hold an award of a course."""
    return Country.objects.filter(pk__in=Award.objects.values("enrolment__country")).in_order()


class AwardFilterSet(WagtailFilterSet):
    """What the register can be narrowed down by."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=State.choices,
        method=lambda awards, name, value: in_state(awards, value),
    )
    award_type = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Award"), queryset=AwardType.objects.all()
    )
    course = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Course"), field_name="enrolment__edition__course", queryset=courses_with_awards
    )
    edition = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Edition"), field_name="enrolment__edition", queryset=editions_with_awards
    )
    country = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Country or area"), field_name="enrolment__country", queryset=countries_with_awards
    )
    occasion = django_filters.ChoiceFilter(
        label=gettext_lazy("Given for"),
        choices=[("course", gettext_lazy("Course")), *OccasionKind.choices],
        method=lambda awards, name, value: (
            awards.filter(occasion=None) if value == "course" else awards.filter(occasion__kind=value)
        ),
    )
    issued_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Issued"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Award
        fields = []


def as_cell(value):
    """Text for a spreadsheet, which must never take it for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def name_printed(award):
    """The name as it stands on the paper; empty once it has been erased."""
    return award.snapshot.get("name", "")


def edition_of(award):
    """The code of the edition; empty for what was given for no course."""
    return award.enrolment.edition.code if award.enrolment_id else ""


def country_of(award):
    """Where the holder was from at the time; empty for what was given for no course."""
    return award.enrolment.country if award.enrolment_id else None


class RegisterIndex(IndexView):
    """Every award the person may look at, newest first."""

    any_permission_required = ["view"]
    default_ordering = "-issued_at"
    columns = [
        TitleColumn(
            "number", label=gettext_lazy("Number"), url_name="award_register:inspect", sort_key="number"
        ),
        Column("name", label=gettext_lazy("Name"), accessor=name_printed),
        Column("course", label=gettext_lazy("Given for"), accessor="given_for"),
        Column("edition", label=gettext_lazy("Edition"), accessor=edition_of),
        Column("country", label=gettext_lazy("Country or area"), accessor=country_of),
        Column("state", label=gettext_lazy("State"), accessor=lambda award: state_of(award).label),
        DateColumn("issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"),
    ]
    list_export = [
        *("number", "name", "award_type.name", "course", "edition", "country", "state"),
        *("issued_at", "revoked_at", "superseded_at", "sha256"),
    ]
    export_headings = {
        "number": gettext_lazy("Number"),
        "name": gettext_lazy("Name"),
        "award_type.name": gettext_lazy("Award"),
        "course": gettext_lazy("Given for"),
        "edition": gettext_lazy("Edition"),
        "country": gettext_lazy("Country or area"),
        "state": gettext_lazy("State"),
    }
    custom_field_preprocess = {
        field: {"csv": as_cell, "xlsx": as_cell} for field in ("name", "course", "edition", "country")
    }

    @cached_property
    def header_more_buttons(self):
        """The way to past awards, for those who enter them."""
        if not access.can_decide(self.request.user):
            return super().header_more_buttons
        url = reverse("past_awards:index")
        past = Button(_("Past awards"), url=url, icon_name="history", priority=90)
        return [*super().header_more_buttons, past]

    def get_base_queryset(self):
        """With what the columns show."""
        related = (
            "enrolment__edition__course",
            "enrolment__country",
            "enrolment__person",
            "occasion__person",
        )
        return access.registered_awards(self.request.user).select_related("award_type", *related)

    def search_queryset(self, queryset):
        """By number or code, or by name: the one printed or today's."""
        if not self.is_searching:
            return queryset
        typed = self.search_query.strip()
        found = Q(number__icontains=typed) | Q(snapshot__name__icontains=typed)
        for field in ("first_name", "last_name", "email"):
            found |= Q(**{f"enrolment__person__{field}__icontains": typed})
            found |= Q(**{f"occasion__person__{field}__icontains": typed})
        if code := parse_code(typed):
            found |= Q(code=code)
        return queryset.filter(found)

    def to_row_dict(self, item):
        """The row of a spreadsheet."""
        shown = {
            "name": name_printed(item),
            "course": item.given_for,
            "edition": edition_of(item),
            "country": str(country_of(item) or ""),
            "state": state_of(item).label,
            "award_type.name": item.award_type.name,
        }
        return {field: shown.get(field, getattr(item, field, "")) for field in self.list_export}


class AwardInspect(InspectView):
    """One award: what was frozen, its file, what happened to it."""

    any_permission_required = ["view"]
    template_name = "certificates/admin/award.html"
    page_title = gettext_lazy("Award")

    def get_object(self, queryset=None):
        """Only of the editions the person manages."""
        return access.get_registered_award_or_404(self.request.user, self.pk)

    @cached_property
    def header_more_buttons(self):
        """Nothing is edited or deleted."""
        return []

    @cached_property
    def header_buttons(self):
        """What may be done with it, for those who may and while there is something to do."""
        if not access.can_decide(self.request.user):
            return []
        award = self.object
        erased = award.erasure_asked_at is not None
        never_redrawn = award.is_past or award.award_type.is_paper
        asked = {
            "replace": not (award.superseded_at or never_redrawn or erased),
            "correct": award.is_past and not erased,
            "scan": award.is_past and not erased,
            "revoke": not (award.superseded_at or award.revoked_at),
            "erase": not erased,
        }
        buttons = (("replace", _("Replace"), "copy"), ("correct", _("Correct the entry"), "edit"))
        buttons += (("scan", _("Keep a scan"), "upload"),)
        buttons += (("revoke", _("Revoke"), "cross"), ("erase", _("Erase name and file"), "bin"))
        urls = {"correct": "past_awards:correct", "scan": "past_awards:scan", "erase": "award_erasure:erase"}
        return [
            HeaderButton(
                label, url=reverse(urls.get(name, f"award_register:{name}"), args=[award.pk]), icon_name=icon
            )
            for name, label, icon in buttons
            if asked[name]
        ]

    def get_context_data(self, **kwargs):
        """The snapshot in words, and the history."""
        award = self.object
        words = award.snapshot.get("words", {})
        entries = Entry.objects.about(award)
        return super().get_context_data(**kwargs) | {
            "award": award,
            "state": state_of(award),
            "code": printed(award.code),
            "words": [
                words[language] | {"language": language, "called": LANGUAGES.get(language, language)}
                for language in award.snapshot.get("languages", [])
            ],
            "newer": getattr(award, "superseded_by", None),
            "size": size_of(award),
            # The scan of a past award is for its holder and for those who decide about it.
            "may_open": award.has_file and (not award.is_past or access.can_decide(self.request.user)),
            "past_entry": getattr(award, "past_entry", None),
            "history": [(entry, action_label(entry.action)) for entry in entries],
        }


@require_admin_access
def file(request, pk):
    """The stored file, for staff who may look at the award."""
    award = access.get_registered_award_or_404(request.user, pk)
    if not award.has_file or (award.is_past and not access.can_decide(request.user)):
        raise Http404
    try:
        pdf = read(award)
    except AwardDamaged:
        return HttpResponse(_("The stored file is missing or is not what was issued."), status=500)
    if award.award_type.is_paper or award.is_past:
        audit.record(request.user, "certificates.view_paper", award)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, file_name(award))
    return response


@require_admin_access
def revoke(request, pk):
    """Ask for the reason and revoke the award."""
    award = access.get_award_to_decide_or_404(request.user, pk)
    return ask_and_do(
        request,
        RevokeForm(request.POST or None),
        do=lambda data: services.revoke(award, by=request.user, reason=data["reason"]),
        refused=services.AwardRefused,
        done=_("%(number)s has been revoked.") % {"number": award.number},
        title=_("Revoke this award"),
        text=_("%(number)s for %(name)s will no longer be valid. This cannot be undone.")
        % {"number": award.number, "name": name_printed(award)},
        icon="cross",
        back=reverse("award_register:inspect", args=[pk]),
        crumbs=crumbs_to(award),
    )


@require_admin_access
def replace(request, pk):
    """Ask for the name and the reason, and issue the award anew."""
    award = access.get_award_to_decide_or_404(request.user, pk)
    holder = award.holder
    initial = {"name": (holder and holder.name_for_certificate) or name_printed(award)}
    return ask_and_do(
        request,
        ReplaceForm(request.POST or None, initial=initial),
        do=lambda data: services.replace(award, by=request.user, **data),
        refused=services.AwardRefused,
        done=_("%(number)s has been replaced by a new award.") % {"number": award.number},
        title=_("Replace this award"),
        text=_(
            "A new award with a new number is issued for what is true now. %(number)s will say that it was replaced."
        )
        % {"number": award.number},
        icon="copy",
        back=reverse("award_register:inspect", args=[pk]),
        crumbs=crumbs_to(award),
    )


def crumbs_to(award):
    """The way from the register to an award."""
    return [
        {"url": reverse("award_register:index"), "label": _("Register of awards")},
        {"url": reverse("award_register:inspect", args=[award.pk]), "label": award.number},
    ]


class RegisterViewSet(ModelViewSet):
    """Awards given."""

    model = Award
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Register of awards")
    index_view_class = RegisterIndex
    inspect_view_class = AwardInspect
    inspect_view_enabled = True
    copy_view_enabled = False
    filterset_class = AwardFilterSet
    search_fields = ["number", "code"]  # and names: see search_queryset
    search_backend_name = None
    export_filename = "awards"
    inspect_template_name = "certificates/admin/award.html"

    def get_form_class(self, for_update=False):
        """There is none: nobody adds or edits an award."""

    def get_index_view_kwargs(self, **kwargs):
        """Columns, filters and export are the view's own."""
        kwargs = super().get_index_view_kwargs(**kwargs)
        for own in ("list_display", "list_export", "export_headings"):
            kwargs.pop(own, None)
        return kwargs

    def get_urlpatterns(self):
        """Looking, and the two buttons. There is no address for adding, editing or deleting."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/file/", file, name="file"),
            path("<int:pk>/revoke/", revoke, name="revoke"),
            path("<int:pk>/replace/", replace, name="replace"),
        ]
