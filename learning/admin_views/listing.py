"""Enrolments across the editions a person manages: facts to look at, narrowed down and searched."""

import django_filters
from django.db import models
from django.db.models import Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import Gender
from courses.models import CoursePage
from enrolments import access
from enrolments.admin_views.columns import DayColumn
from enrolments.models import Enrolment
from learning.admin_views import export
from portfolio.models import Country, Profession


class EnrolmentPolicy(ModelPermissionPolicy):
    """Enrolments are facts: staff look at them; giving and taking back places are buttons that call services."""

    def user_has_permission(self, user, action):
        """Looking alone, for whoever manages an edition."""
        return action == "view" and access.manages_any(user)

    def user_has_any_permission(self, user, actions):
        """Whether looking is among them."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        """Whether the person may look at this one."""
        return action == "view" and access.can_manage(user, instance.edition)


class State(models.TextChoices):
    """Where an enrolment stands."""

    PLACE = "place", gettext_lazy("Holds a place")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
    CLOSED = "closed", gettext_lazy("Followed by a later occasion")


def state_of(enrolment):
    """The state in one word."""
    if enrolment.closed_at:
        return State.CLOSED
    return State.WITHDRAWN if enrolment.withdrawn_at else State.PLACE


def in_state(enrolments, name, value):
    """Enrolments in one state."""
    if value == State.CLOSED:
        return enrolments.exclude(closed_at=None)
    return enrolments.filter(closed_at=None, withdrawn_at__isnull=value == State.PLACE)


def by_completion(enrolments, name, value):
    """Those who have completed the course, or those who have not."""
    return enrolments.filter(course_completion__isnull=value == "no")


def in_profession(enrolments, name, profession):
    """A group holds its professions too."""
    return enrolments.filter(Q(profession=profession) | Q(profession__parent=profession))


def editions_of(request):
    """The editions a person manages, by course."""
    return (
        access.managed_editions(request.user).select_related("course").order_by("course__title", "-starts_on")
    )


def courses_of(request):
    """Their courses."""
    return (
        CoursePage.objects.filter(editions__in=access.managed_editions(request.user))
        .distinct()
        .order_by("title")
    )


def countries_of(request):
    """The countries people came from."""
    return Country.objects.filter(pk__in=Enrolment.objects.values("country")).in_order()


class EnrolmentFilterSet(WagtailFilterSet):
    """What the list and its export can be narrowed down by."""

    edition = django_filters.ModelChoiceFilter(label=gettext_lazy("Edition"), queryset=editions_of)
    course = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Course"), field_name="edition__course", queryset=courses_of
    )
    country = django_filters.ModelChoiceFilter(label=gettext_lazy("Country or area"), queryset=countries_of)
    profession = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Profession"), queryset=Profession.objects.in_order(), method=in_profession
    )
    gender = django_filters.ChoiceFilter(label=gettext_lazy("Gender"), choices=Gender.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, method=in_state)
    completed = django_filters.ChoiceFilter(
        label=gettext_lazy("Course completed"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        method=by_completion,
    )
    enrolled_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Enrolled"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Enrolment
        fields = []


def matching(enrolments, text):
    """Those of people whose names and address hold every word typed.

    SQLite folds the case of Latin letters only: the usual spellings of each word are tried.
    """
    for word in text.split()[:6]:
        found = Q()
        for spelling in {word, word.lower(), word.upper(), word.capitalize()}:
            for field in ("first_name", "last_name", "email", "name_for_certificate"):
                found |= Q(**{f"person__{field}__icontains": spelling})
        enrolments = enrolments.filter(found)
    return enrolments


def completed_on(enrolment):
    """When the course was completed, or None."""
    completion = getattr(enrolment, "course_completion", None)
    return completion.completed_at if completion else None


class EnrolmentIndex(IndexView):
    """Every enrolment the person may look at, newest first."""

    any_permission_required = ["view"]
    default_ordering = "-enrolled_at"
    columns = [
        TitleColumn(
            "person",
            label=gettext_lazy("Person"),
            url_name="learner_progress:learner",
            sort_key="person__last_name",
        ),
        Column("email", label=gettext_lazy("E-mail"), accessor="person.email"),
        Column("edition", label=gettext_lazy("Edition"), sort_key="edition__course__title"),
        Column("country", label=gettext_lazy("Country or area")),
        Column("profession", label=gettext_lazy("Profession")),
        DayColumn("enrolled_at", label=gettext_lazy("Enrolled"), sort_key="enrolled_at"),
        Column("state", label=gettext_lazy("State"), accessor=lambda enrolment: state_of(enrolment).label),
        DayColumn("completed", label=gettext_lazy("Completed"), accessor=completed_on),
    ]

    def get_base_queryset(self):
        """With what the columns show."""
        related = ("person", "edition__course", "country", "profession", "course_completion")
        return access.managed_enrolments(self.request.user).select_related(*related)

    def search_queryset(self, queryset):
        """By name or address."""
        return matching(queryset, self.search_query) if self.is_searching else queryset

    def get_edit_url(self, instance):
        """Nothing is edited."""

    @cached_property
    def header_buttons(self):
        """Enrol a person."""
        return [HeaderButton(_("Enrol a person"), url=reverse("enrol_person"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self):
        """Export what is shown."""
        url = f"{reverse('enrolment_list:export')}?{self.request.GET.urlencode()}"
        return [Button(_("Export…"), url=url, icon_name="download", priority=90)]


class EnrolmentViewSet(ModelViewSet):
    """Who is in which edition."""

    model = Enrolment
    icon = "group"
    menu_label = gettext_lazy("Enrolments")
    menu_name = "enrolments"
    menu_order = 120
    add_to_admin_menu = True
    index_view_class = EnrolmentIndex
    filterset_class = EnrolmentFilterSet
    copy_view_enabled = False
    search_fields = ["person__email"]  # and names: see search_queryset
    search_backend_name = None

    @property
    def permission_policy(self):
        """Ours."""
        return EnrolmentPolicy(Enrolment)

    def get_form_class(self, for_update=False):
        """There is none: nobody edits an enrolment."""

    def get_index_view_kwargs(self, **kwargs):
        """The columns are the view's own."""
        kwargs = super().get_index_view_kwargs(**kwargs)
        for own in ("list_display", "list_export", "export_headings"):
            kwargs.pop(own, None)
        return kwargs

    def get_urlpatterns(self):
        """Looking and exporting. There is no address for editing or deleting."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("export/", export.export_enrolments, name="export"),
        ]
