"""Editions of programmes in the CMS: list, create, edit. Nobody deletes one: it is cancelled."""

from django import forms
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from enrolments.admin_views.columns import DayColumn
from foundation.audit.viewsets import RecordedAdd, RecordedEdit
from programmes import access
from programmes.admin_views import copying, exporting, gates, overview, parts, rows, students, team, tutoring
from programmes.forms import ProgrammeEditionForm
from programmes.models import ProgrammeEdition


class ProgrammeEditionPolicy(ModelPermissionPolicy):
    """Coordinators change what they coordinate, registrars look. Nobody deletes."""

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
        if action == "view":
            return access.can_manage(user, instance)
        return action == "change" and access.can_coordinate(user, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """Whether the person may do any of these to this edition."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user, actions):
        """The editions the person manages."""
        if not set(actions) & {"change", "view"}:
            return ProgrammeEdition.objects.none()
        return access.managed_programme_editions(user)


class ProgrammeEditionIndex(IndexView):
    """The editions a person manages, the latest first."""

    any_permission_required = ["add", "change", "view"]
    default_ordering = "-starts_on"

    @cached_property
    def columns(self):
        """The name leads to the overview."""
        return [
            TitleColumn(
                "name",
                label=_("Edition"),
                accessor=str,
                get_url=lambda edition: reverse("programme_editions:overview", args=[edition.pk]),
                sort_key="name",
            ),
            Column("page", label=_("Programme"), accessor=lambda edition: edition.page.title),
            DayColumn("starts_on", label=_("Starts on"), sort_key="starts_on"),
            DayColumn("ends_on", label=_("Ends on"), sort_key="ends_on"),
            Column("students", label=_("Students"), accessor="places_taken"),
            Column("state", label=_("State"), accessor=lambda edition: overview.state_of(edition).label),
        ]

    def get_base_queryset(self):
        """With the programme and how many hold a place."""
        own = access.managed_programme_editions(self.request.user).select_related("page")
        return own.annotate(places_taken=Count("students", filter=Q(students__withdrawn_at=None)))

    def search_queryset(self, queryset):
        """By name, code or the programme's title."""
        if not self.is_searching:
            return queryset
        typed = self.search_query.strip()
        found = Q(name__icontains=typed) | Q(code__icontains=typed) | Q(page__title__icontains=typed)
        return queryset.filter(found)


class AddProgrammeEdition(RecordedAdd):
    """Begins an edition and records it."""

    noun = "edition"
    success_message = gettext_lazy("“%(object)s” has been created. Add its phases and modules next.")
    error_message = gettext_lazy("The edition has not been created: see the fields marked below.")

    def get_success_url(self):
        """On to the overview."""
        return reverse("programme_editions:overview", args=[self.object.pk])


class EditProgrammeEdition(RecordedEdit):
    """Changes an edition and records what changed, with the reason."""

    noun = "edition"
    success_message = gettext_lazy("“%(object)s” has been saved.")
    error_message = gettext_lazy("The edition has not been saved: see the fields marked below.")

    def get_queryset(self):
        """Only of the editions the person manages; any other is not there."""
        return access.managed_programme_editions(self.request.user).select_related("page")

    def get_success_url(self):
        """Back to the overview."""
        return reverse("programme_editions:overview", args=[self.object.pk])


def edit_handler():
    """The form in sections."""
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("page", widget=forms.Select),
                    FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
                    FieldPanel("language"),
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
                    FieldPanel("credit_name"),
                    FieldRowPanel(
                        [FieldPanel("hours_taught_per_credit"), FieldPanel("hours_worked_per_credit")]
                    ),
                    FieldPanel("scale", widget=forms.Select),
                    FieldPanel("least_attendance"),
                ],
                heading=_("Credits, grades and attendance"),
            ),
            MultiFieldPanel([FieldPanel("keeps_refused_files_days")], heading=_("Privacy")),
            MultiFieldPanel(
                [
                    FieldPanel("project", widget=forms.Select),
                    FieldPanel("expected_results", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Reporting"),
            ),
            FieldPanel("reason"),
        ],
        base_form_class=ProgrammeEditionForm,
    ).bind_to_model(ProgrammeEdition)


own_urls = [
    path("<int:pk>/", overview.overview, name="overview"),
    path("<int:pk>/copy/", copying.copy, name="copy_edition"),
    path("<int:pk>/copied/", copying.copied, name="copied"),
    path("<int:pk>/cancel/", overview.cancel, name="cancel"),
    path("<int:pk>/team/", team.team, name="team"),
    path("<int:pk>/tutoring/", tutoring.tutoring, name="tutoring"),
    path("<int:pk>/team/<int:role_id>/end/", team.end, name="end_role"),
    path("<int:pk>/rows/<slug:kind>/", rows.rows, name="rows"),
    path("<int:pk>/phases/add/", parts.add_phase, name="add_phase"),
    path("<int:pk>/phases/<int:phase_id>/", parts.phase, name="phase"),
    path("<int:pk>/phases/<int:phase_id>/remove/", parts.remove_phase, name="remove_phase"),
    path("<int:pk>/phases/<int:phase_id>/gate/", gates.gate, name="gate"),
    path("<int:pk>/phases/<int:phase_id>/modules/add/", parts.add_module, name="add_module"),
    path("<int:pk>/modules/<int:module_id>/", parts.module, name="module"),
    path("<int:pk>/modules/<int:module_id>/remove/", parts.remove_module, name="remove_module"),
    path("<int:pk>/modules/<int:module_id>/lecturers/add/", parts.add_lecturer, name="add_lecturer"),
    path("<int:pk>/lecturers/<int:lecturer_id>/remove/", parts.remove_lecturer, name="remove_lecturer"),
    path("<int:pk>/students/", students.students, name="students"),
    path("<int:pk>/students/export/", exporting.export, name="export_students"),
    path("<int:pk>/students/admit/", students.admit_person, name="admit"),
    path("students/<int:student_id>/", students.student, name="student"),
    path("students/<int:student_id>/withdraw/", students.withdraw, name="withdraw"),
    path("students/<int:student_id>/phases/<int:phase_id>/waive/", gates.waive, name="waive"),
    path("students/<int:student_id>/phases/<int:phase_id>/decide/", gates.decide, name="decide"),
    path("students/<int:student_id>/phases/<int:phase_id>/open/", gates.let_in, name="let_in"),
    path("waivers/<int:waiver_id>/end/", gates.end, name="end_waiver"),
]


class ProgrammeEditionViewSet(ModelViewSet):
    """Editions of programmes."""

    model = ProgrammeEdition
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Editions of programmes")
    menu_name = "programme_editions"
    menu_order = 10
    index_view_class = ProgrammeEditionIndex
    add_view_class = AddProgrammeEdition
    edit_view_class = EditProgrammeEdition
    copy_view_enabled = False
    search_fields = ["name", "code", "page__title"]
    search_backend_name = None

    @property
    def permission_policy(self):
        """Ours."""
        return ProgrammeEditionPolicy(ProgrammeEdition)

    def get_edit_handler(self):
        """The form in sections."""
        return edit_handler()

    def get_urlpatterns(self):
        """List, create, edit, history and our own screens. There is no address for deleting."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]
        return [*kept, *own_urls]
