"""Staff screens for the portfolio: the institute's own vocabulary is edited, the United Nations' is only read."""

from django.contrib import messages
from django.db import models
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from foundation.audit import services as audit
from foundation.audit.changes import described as row_described
from foundation.audit.viewsets import RecordedAdd, RecordedEdit
from portfolio.forms import NAME_FIELDS, FrameworkForm, NamedForm, ProfessionForm, ProjectForm
from portfolio.models import (
    Country,
    Donor,
    Framework,
    Office,
    Partner,
    Profession,
    Project,
    SustainableGoal,
    Theme,
)
from portfolio.usage import deletion_refusal

NAMES = MultiFieldPanel([FieldPanel("name"), *map(FieldPanel, NAME_FIELDS.values())], heading=_("Name"))


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody edits what the next upgrade would overwrite; whoever may view it may look."""

    def user_has_permission(self, user, action):
        """Viewing alone."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        """Whether one of the actions is viewing."""
        return any(self.user_has_permission(user, action) for action in actions)


class NamedInlinePanel(InlinePanel):
    """An inline panel whose rows have names in every language."""

    def get_form_options(self):
        """Use our form for the rows."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = NamedForm
        return options


class NamedIndex(IndexView):
    """Lists rows in their order; searches names in every language."""

    def get_base_queryset(self):
        """In the order people read them, with what the columns show."""
        shown = [
            field.name
            for field in self.model._meta.fields
            if field.is_relation and field.name in self.list_display
        ]
        return super().get_base_queryset().in_order().select_related(*shown)

    def search_queryset(self, queryset):
        """By part of a name."""
        return queryset.matching(self.search_query) if self.is_searching else queryset


def described(instance: models.Model) -> dict:
    """The row as the audit log keeps it, a framework with its priorities and expected results."""
    if not isinstance(instance, Framework):
        return row_described(instance)
    priorities = {
        priority.numbered_label: [result.label for result in priority.expected_results.order_by("number")]
        for priority in instance.priorities.order_by("number")
    }
    return row_described(instance) | {"priorities": priorities}


class AddNamed(RecordedAdd):
    """Adds a row and records it."""

    def described(self, row):
        """With its parts."""
        return described(row)


class EditNamed(RecordedEdit):
    """Changes a row and records what changed."""

    def described(self, row):
        """With its parts."""
        return described(row)


class DeleteNamed(DeleteView):
    """Deletes what nothing uses and records it; says why otherwise."""

    def get(self, request, *args, **kwargs):
        """Ask, unless it is in use."""
        return self.refused() or super().get(request, *args, **kwargs)

    def form_valid(self, form):
        """Delete, unless it is in use."""
        return self.refused() or super().form_valid(form)

    def refused(self):
        """Back to the row with the reason, or None."""
        refusal = deletion_refusal(self.object)
        if refusal is None:
            return None
        messages.error(self.request, refusal)
        return redirect(self.edit_url_name, self.object.pk)

    def delete_action(self):
        """Record, then delete."""
        action = f"portfolio.delete_{self.object._meta.model_name}"
        audit.record(self.request.user, action, self.object, before=described(self.object))
        self.object.delete()


class NamedViewSet(ModelViewSet):
    """What all screens of the portfolio have in common."""

    add_view_class = AddNamed
    edit_view_class = EditNamed
    delete_view_class = DeleteNamed
    index_view_class = NamedIndex
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    form_class = NamedForm
    fields = []

    def get_edit_handler(self):
        """Names first, then the fields of this screen."""
        panels = [NAMES, *(FieldPanel(field) if isinstance(field, str) else field for field in self.fields)]
        return ObjectList(panels, base_form_class=self.form_class).bind_to_model(self.model)


class FrameworkViewSet(NamedViewSet):
    """Strategic frameworks with their priorities and expected results."""

    model = Framework
    icon = "list-ol"
    form_class = FrameworkForm
    list_display = ["__str__", "slug", "starts_on", "ends_on"]
    fields = [
        "slug",
        "starts_on",
        "ends_on",
        "source",
        NamedInlinePanel(
            "priorities",
            panels=[
                FieldPanel("number"),
                NAMES,
                NamedInlinePanel(
                    "expected_results",
                    panels=[FieldPanel("number"), NAMES],
                    heading=_("Expected results"),
                    label=_("Expected result"),
                ),
            ],
            heading=_("Strategic priorities"),
            label=_("Strategic priority"),
        ),
    ]


class ProjectViewSet(NamedViewSet):
    """Projects, their donors and partners."""

    model = Project
    icon = "folder-open-inverse"
    form_class = ProjectForm
    list_display = ["code", "__str__", "starts_on", "ends_on"]
    list_filter = ["donors", "partners"]
    fields = ["code", "starts_on", "ends_on", "donors", "partners", "expected_results"]


class DonorViewSet(NamedViewSet):
    """Donors."""

    model = Donor
    icon = "pick"
    list_display = ["__str__", "acronym", "country"]
    list_filter = ["country"]
    fields = ["acronym", "country"]


class PartnerViewSet(NamedViewSet):
    """Partners."""

    model = Partner
    icon = "group"
    list_display = ["__str__", "acronym", "country"]
    list_filter = ["country"]
    fields = ["acronym", "country", "website"]


class OfficeViewSet(NamedViewSet):
    """Offices."""

    model = Office
    icon = "home"
    list_display = ["__str__", "kind", "country"]
    list_filter = ["kind"]
    fields = ["slug", "kind", "country"]


class ThemeViewSet(NamedViewSet):
    """Themes."""

    model = Theme
    icon = "tag"
    list_display = ["__str__", "slug", "position"]
    fields = ["slug", "position"]


class ProfessionViewSet(NamedViewSet):
    """Professional groups and professions."""

    model = Profession
    icon = "user"
    form_class = ProfessionForm
    list_display = ["__str__", "parent", "slug", "position"]
    list_filter = ["parent"]
    fields = ["slug", "parent", "position"]


class CountryViewSet(NamedViewSet):
    """Countries and areas, to look at."""

    model = Country
    icon = "globe"
    inspect_view_enabled = True
    inspect_view_fields = ["code", "name", "names", "status", "region"]
    list_display = ["__str__", "code", "status", "region"]
    list_filter = ["status", "region"]


class GoalViewSet(NamedViewSet):
    """Sustainable Development Goals, to look at."""

    model = SustainableGoal
    icon = "site"
    inspect_view_enabled = True
    inspect_view_fields = ["number", "name", "names"]
    list_display = ["numbered_label", "number"]


class PortfolioGroup(ViewSetGroup):
    """All of them under one entry of the menu."""

    menu_label = _("Portfolio")
    menu_icon = "folder-open-inverse"
    menu_order = 450
    items = (
        FrameworkViewSet("portfolio_frameworks", url_prefix="portfolio/frameworks"),
        ProjectViewSet("portfolio_projects", url_prefix="portfolio/projects"),
        DonorViewSet("portfolio_donors", url_prefix="portfolio/donors"),
        PartnerViewSet("portfolio_partners", url_prefix="portfolio/partners"),
        OfficeViewSet("portfolio_offices", url_prefix="portfolio/offices"),
        ThemeViewSet("portfolio_themes", url_prefix="portfolio/themes"),
        ProfessionViewSet("portfolio_professions", url_prefix="portfolio/professions"),
        CountryViewSet("portfolio_countries", url_prefix="portfolio/countries"),
        GoalViewSet("portfolio_goals", url_prefix="portfolio/goals"),
    )
