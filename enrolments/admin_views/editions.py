"""Editions in the CMS: list, create, edit. Nobody deletes one: it is cancelled."""

import django_filters
from django import forms
from django.db import models
from django.db.models import Q
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from courses.models import CoursePage
from enrolments import access
from enrolments.admin_views import accommodations, cohorts, copying, dates, ending, team
from enrolments.admin_views.columns import DayColumn
from enrolments.admin_views.forms import EditionForm
from enrolments.models import Edition, Format
from foundation.audit.viewsets import RecordedAdd, RecordedEdit


class EditionPolicy(ModelPermissionPolicy):
    """Coordinators, registrars and administrators, each for the editions they manage. Nobody deletes."""

    def user_has_permission(self, user, action):
        """Whether the person may do this to some edition."""
        if action == "add":
            return access.can_open_edition(user)
        return action in ("change", "view") and access.manages_any(user)

    def user_has_any_permission(self, user, actions):
        """Whether the person may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        """Whether the person may do this to this edition."""
        return self.user_has_permission(user, action) and access.can_manage(user, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """Whether the person may do any of these to this edition."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user, actions):
        """The editions the person manages."""
        if not set(actions) & {"change", "view"}:
            return Edition.objects.none()
        return access.managed_editions(user)


class State(models.TextChoices):
    """Where an edition stands today."""

    TO_COME = "to_come", gettext_lazy("To come")
    RUNNING = "running", gettext_lazy("Under way")
    OVER = "over", gettext_lazy("Over")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


def state_of(edition):
    """The state in one word, by today's date."""
    today = timezone.localdate()
    if edition.cancelled_at:
        return State.CANCELLED
    if edition.starts_on > today:
        return State.TO_COME
    return State.OVER if edition.ends_on and edition.ends_on < today else State.RUNNING


def in_state(editions, name, value):
    """Editions in one state."""
    today = timezone.localdate()
    if value == State.CANCELLED:
        return editions.exclude(cancelled_at=None)
    editions = editions.filter(cancelled_at=None)
    if value == State.TO_COME:
        return editions.filter(starts_on__gt=today)
    if value == State.OVER:
        return editions.filter(ends_on__lt=today)
    return editions.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))


def courses_with_editions(request):
    """Courses of the editions this person manages."""
    return (
        CoursePage.objects.filter(editions__in=access.managed_editions(request.user))
        .distinct()
        .order_by("title")
    )


class EditionFilterSet(WagtailFilterSet):
    """What the list can be narrowed down by."""

    course = django_filters.ModelChoiceFilter(label=gettext_lazy("Course"), queryset=courses_with_editions)
    format = django_filters.ChoiceFilter(label=gettext_lazy("Format"), choices=Format.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, method=in_state)

    class Meta:
        model = Edition
        fields = []


def places(edition):
    """How many places are taken, of how many."""
    if edition.capacity is None:
        return str(edition.places_taken)
    return _("%(taken)s of %(places)s") % {"taken": edition.places_taken, "places": edition.capacity}


# Of the screens below: learners and progress, gradebook, dates, timetable, accommodations, team.
DAILY_SCREENS = 6


def screens_of(edition):
    """The other screens of an edition: label, address, icon."""
    found = [
        (_("Learners and progress"), reverse("learner_progress:edition", args=[edition.pk]), "group"),
        (_("Gradebook"), reverse("edition_grades:grid", args=[edition.pk]), "list-ol"),
        (_("Dates of activities"), reverse("editions:dates", args=[edition.pk]), "calendar-alt"),
        (_("Timetable"), f"{reverse('timetable_week:index')}?edition={edition.pk}", "calendar-alt"),
        (_("Accommodations"), reverse("editions:accommodations", args=[edition.pk]), "time"),
        (_("Team"), reverse("editions:team", args=[edition.pk]), "user"),
        (_("Cohorts and work groups"), reverse("editions:cohorts", args=[edition.pk]), "group"),
        (_("Quizzes: marking and analysis"), f"{reverse('marking:index')}?edition={edition.pk}", "edit"),
        (_("Issue awards"), reverse("bulk_awards:issue", args=[edition.pk]), "success"),
        (_("Copy to other dates"), reverse("editions:copy_dates", args=[edition.pk]), "copy"),
    ]
    if not edition.cancelled_at:
        found.append((_("Cancel the edition"), reverse("editions:cancel", args=[edition.pk]), "cross"))
    return found


class EditionIndex(IndexView):
    """The editions a person manages, the latest first."""

    any_permission_required = ["add", "change", "view"]
    default_ordering = "-starts_on"

    @cached_property
    def columns(self):
        """Course and name first, then what one plans by."""
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "course",
                label=_("Edition"),
                accessor=str,
                get_url=self.get_edit_url,
                sort_key="course__title",
            ),
            Column("format", label=_("Format"), accessor="get_format_display", sort_key="format"),
            DayColumn("starts_on", label=_("Starts on"), sort_key="starts_on"),
            DayColumn("ends_on", label=_("Ends on"), sort_key="ends_on"),
            Column("places", label=_("Places taken"), accessor=places),
            Column("state", label=_("State"), accessor=lambda edition: state_of(edition).label),
        ]

    def get_base_queryset(self):
        """With the course and the places taken."""
        return access.managed_editions(self.request.user).select_related("course").with_places_taken()

    def search_queryset(self, queryset):
        """By name, code or the course's title."""
        if not self.is_searching:
            return queryset
        typed = self.search_query.strip()
        found = Q(name__icontains=typed) | Q(code__icontains=typed) | Q(course__title__icontains=typed)
        return queryset.filter(found)

    def get_list_more_buttons(self, instance):
        """Every screen of the edition."""
        buttons = super().get_list_more_buttons(instance)
        for number, (label, url, icon) in enumerate(screens_of(instance)):
            buttons.append(Button(label, url=url, icon_name=icon, priority=20 + number))
        return buttons


class AddEdition(RecordedAdd):
    """Opens an edition and records it."""

    success_message = gettext_lazy(
        "The edition “%(object)s” has been created. Set the dates of its activities next."
    )
    error_message = gettext_lazy("The edition has not been created: see the fields marked below.")

    def get_success_buttons(self):
        """On to the dates."""
        url = reverse("editions:dates", args=[self.object.pk])
        return [*super().get_success_buttons(), Button(_("Dates of activities"), url=url)]


class EditEdition(RecordedEdit):
    """Changes an edition and records what changed, with the reason."""

    success_message = gettext_lazy("The edition “%(object)s” has been saved.")
    error_message = gettext_lazy("The edition has not been saved: see the fields marked below.")

    def get_queryset(self):
        """Only of the editions the person manages; any other is not there."""
        return access.managed_editions(self.request.user).select_related("course")

    @cached_property
    def header_buttons(self):
        """The screens one goes to every day stand open."""
        return self._buttons(HeaderButton, screens_of(self.object)[:DAILY_SCREENS])

    @cached_property
    def header_more_buttons(self):
        """The others are behind the dots."""
        return self._buttons(Button, screens_of(self.object)[DAILY_SCREENS:])

    def _buttons(self, kind, screens):
        return [
            kind(label, url=url, icon_name=icon, priority=number)
            for number, (label, url, icon) in enumerate(screens, start=10)
        ]


accommodation_urls = [
    path("<int:pk>/accommodations/", accommodations.accommodations, name="accommodations"),
    path("<int:pk>/accommodations/grant/", accommodations.grant, name="grant_accommodation"),
    path("<int:pk>/accommodations/export/", accommodations.export, name="export_accommodations"),
    path("<int:pk>/accommodations/<int:accommodation_id>/end/", accommodations.end, name="end_accommodation"),
]
cohort_urls = [
    path("<int:pk>/cohorts/", cohorts.cohorts, name="cohorts"),
    path("<int:pk>/cohorts/print/", cohorts.printed, name="cohorts_printed"),
    path("<int:pk>/cohorts/<int:cohort_id>/", cohorts.cohort, name="cohort"),
    path("<int:pk>/cohorts/<int:cohort_id>/close/", cohorts.close, name="close_cohort"),
    path(
        "<int:pk>/cohorts/<int:cohort_id>/members/<int:enrolment_id>/remove/",
        cohorts.remove,
        name="remove_member",
    ),
]


class EditionViewSet(ModelViewSet):
    """Editions of courses."""

    model = Edition
    icon = "date"
    menu_label = gettext_lazy("Editions")
    menu_name = "editions"
    menu_order = 110
    add_to_admin_menu = True
    index_view_class = EditionIndex
    add_view_class = AddEdition
    edit_view_class = EditEdition
    filterset_class = EditionFilterSet
    copy_view_enabled = False
    search_fields = ["name", "code", "course__title"]
    search_backend_name = None

    @property
    def permission_policy(self):
        """Ours."""
        return EditionPolicy(Edition)

    def get_edit_handler(self):
        """The form in sections."""
        return ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("course", widget=forms.Select),
                        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
                        FieldPanel("format"),
                    ],
                    heading=_("Edition"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                        FieldPanel("time_zone"),
                    ],
                    heading=_("Dates"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("enrolment_opens_on"), FieldPanel("enrolment_closes_on")]),
                        FieldRowPanel([FieldPanel("way_in"), FieldPanel("enrolment_key")]),
                        FieldRowPanel([FieldPanel("capacity"), FieldPanel("is_restricted")]),
                    ],
                    heading=_("Enrolment"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("country", widget=forms.Select),
                        FieldPanel("project", widget=forms.Select),
                        FieldPanel("expected_results", widget=forms.CheckboxSelectMultiple),
                        FieldPanel("partners", widget=forms.CheckboxSelectMultiple),
                    ],
                    heading=_("Reporting"),
                ),
                FieldPanel("reason"),
            ],
            base_form_class=EditionForm,
        ).bind_to_model(Edition)

    def get_urlpatterns(self):
        """List, create, edit, history and our own screens. There is no address for deleting."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]
        return [
            *kept,
            path("<int:pk>/dates/", dates.activity_dates, name="dates"),
            *accommodation_urls,
            *cohort_urls,
            path("<int:pk>/team/", team.team, name="team"),
            path("<int:pk>/team/<int:role_id>/end/", team.end, name="end_role"),
            path("<int:pk>/copy/", copying.copy, name="copy_dates"),
            path("<int:pk>/cancel/", ending.cancel, name="cancel"),
        ]
