"""The window that lists, searches and creates activities of every kind."""

import re

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenView,
    CreateView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import Page

from courses import access, activities
from courses.models import Activity, CoursePage, ReadActivity
from courses.services import create_activity
from courses.widgets import chosen_label


def course_being_edited(request):
    """The course whose page is open behind this window, if that can be told: a convenience, never a right."""
    found = re.search(r"/pages/(?:add/\w+/\w+/)?(\d+)/", request.headers.get("Referer", ""))
    if not found:
        return None
    page = Page.objects.filter(pk=found[1]).first()
    course = page and CoursePage.objects.ancestor_of(page, inclusive=True).first()
    return course.canonical if course else None


class ActivityFilterForm(BaseFilterForm):
    """Search by words of the title, and by kind."""

    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(kind.name, kind.label) for kind in activities.kinds()]
        self.fields["kind"].choices = [("", _("All kinds")), *choices]

    def filter(self, objects):
        """Narrow the list."""
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q") or None
        self.is_searching = bool(self.search_query)
        if self.search_query:
            objects = objects.filter(title__icontains=self.search_query)
        if kind := self.cleaned_data.get("kind"):
            objects = objects.filter(kind=kind)
        return objects


class ActivityCreationForm(forms.Form):
    """Begins an activity: kind, title, course. Its own form fills it."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=150)
    course = forms.ModelChoiceField(label=_("Course"), queryset=CoursePage.objects.none(), empty_label=None)

    def __init__(self, *args, user, course=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in activities.kinds()]
        self.fields["course"].queryset = access.authored_courses(user)
        self.fields["course"].initial = course

    def save(self):
        """Make the draft."""
        data = self.cleaned_data
        return create_activity(data["kind"], data["course"], data["title"], user=self.user)


class ActivityChooserMixin:
    """What the views of the window share."""

    filter_form_class = ActivityFilterForm

    def get_object_list(self):
        """Activities of courses this person works on; those of the course being edited when that is known."""
        found = Activity.objects.exclude(kind=ReadActivity.KIND).select_related("course")
        if course := course_being_edited(self.request):
            return found.filter(course=course)
        return found.filter(course__in=access.courses_for(self.request.user))

    @property
    def columns(self):
        """Title, kind, course and state."""
        return [
            self.title_column,
            Column("kind", label=_("Kind"), accessor=lambda activity: capfirst(activity.kind_label)),
            Column("course", label=_("Course"), accessor=lambda activity: activity.course.title),
            Column("status", label=_("Status"), accessor="status_string"),
        ]

    def can_create(self):
        """Whether there is a kind to create and a course to create it for."""
        return bool(activities.kinds()) and access.authored_courses(self.request.user).exists()

    def get_creation_form_class(self):
        """Ours, whatever the model."""
        return ActivityCreationForm

    def get_creation_form_kwargs(self):
        """Offer the person's own courses, the one being edited first."""
        kwargs = super().get_creation_form_kwargs()
        kwargs.pop("files", None)
        return kwargs | {"user": self.request.user, "course": course_being_edited(self.request)}


class ActivityChosenMixin:
    """How a chosen activity is named in the lesson's form."""

    def get_display_title(self, instance):
        """Kind and title."""
        return chosen_label(instance)

    def get_edit_item_url(self, instance):
        """The form of its own kind."""
        return AdminURLFinder(user=self.request.user).get_edit_url(instance.specific)


class ActivityChooseView(ActivityChooserMixin, ChooseView):
    """The window."""


class ActivityChooseResultsView(ActivityChooserMixin, ChooseResultsView):
    """Its list alone."""


class ActivityChosenView(ActivityChosenMixin, ChosenView):
    """One was chosen."""


class ActivityCreateView(ActivityChosenMixin, ActivityChooserMixin, CreateView):
    """One was begun, and is chosen."""


class ActivityChooserViewSet(ChooserViewSet):
    """Every kind in one window."""

    model = "courses.Activity"
    icon = "tasks"
    choose_one_text = _("Choose or create an activity")
    create_action_label = _("Create")
    creation_tab_label = _("Create new")
    search_tab_label = _("Existing activities")
    choose_view_class = ActivityChooseView
    choose_results_view_class = ActivityChooseResultsView
    chosen_view_class = ActivityChosenView
    create_view_class = ActivityCreateView
    register_widget = False


activity_chooser_viewset = ActivityChooserViewSet("activity_chooser")
