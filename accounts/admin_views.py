"""Staff screens for site roles: rows are given and ended, never edited or deleted."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import ListingButton
from wagtail.permission_policies import ModelPermissionPolicy

from accounts import services
from accounts.access import has_site_role
from accounts.asking import ask_and_do
from accounts.forms import EndRoleForm, SiteRoleForm
from accounts.models import Role, SiteRole


class SiteRolePolicy(ModelPermissionPolicy):
    """Administrators give and end roles; nobody edits or deletes a row."""

    def user_has_permission(self, user, action):
        """Whether the person may do this to site roles."""
        return action in ("add", "view") and has_site_role(user, Role.ADMINISTRATOR)

    def user_has_any_permission(self, user, actions):
        """Whether the person may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def instances_user_has_any_permission_for(self, user, actions):
        """All rows, or none."""
        return (
            SiteRole.objects.all() if self.user_has_any_permission(user, actions) else SiteRole.objects.none()
        )


class GrantRole(CreateView):
    """Gives a role through the service, with its reason."""

    def get_success_buttons(self):
        """None: a row given is not edited."""
        return []

    def get_initial(self):
        """The person whose page led here."""
        return super().get_initial() | {"person": self.request.GET.get("person")}

    def save_instance(self):
        """Give the role and record it."""
        return services.grant_role(self.form.save(commit=False), by=self.request.user)


class SiteRoleIndex(IndexView):
    """Who holds which role, with a way to end it."""

    any_permission_required = ["add", "view"]

    def get_base_queryset(self):
        """With the names shown; the latest first."""
        return super().get_base_queryset().select_related("person").order_by("-starts_on", "-pk")

    def get_list_more_buttons(self, instance):
        """A role in force can be ended."""
        buttons = super().get_list_more_buttons(instance)
        if instance.is_current:
            end_url = reverse("site_roles:end", args=[instance.pk])
            buttons.append(ListingButton(_("End"), url=end_url, icon_name="cross", priority=30))
        return buttons


def end_site_role(request, pk):
    """Ask for the reason and end the role."""
    if not has_site_role(request.user, Role.ADMINISTRATOR):
        raise PermissionDenied
    assignment = get_object_or_404(SiteRole.objects.select_related("person"), pk=pk)
    who = {"person": assignment.person, "role": assignment.get_role_display()}
    return ask_and_do(
        request,
        EndRoleForm(request.POST or None),
        do=lambda data: services.end_role(assignment, by=request.user, reason=data["reason"]),
        title=_("End this role"),
        text=_("%(person)s will no longer be %(role)s. The row stays in the history.") % who,
        done=_("The role has been ended."),
        icon="key",
        back=reverse("site_roles:index"),
        crumbs=[{"url": reverse("site_roles:index"), "label": _("Site roles")}],
    )


class SiteRoleViewSet(ModelViewSet):
    """Site roles in the CMS."""

    model = SiteRole
    icon = "key"
    menu_label = gettext_lazy("Site roles")
    menu_order = 620
    add_to_settings_menu = True
    list_display = ["person", "role", "starts_on", "ends_on", "reason"]
    list_filter = ["role"]
    search_fields = ["person__email", "person__first_name", "person__last_name"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = GrantRole
    index_view_class = SiteRoleIndex

    def get_form_class(self, for_update=False):
        """The form with a required reason."""
        return SiteRoleForm

    def get_urlpatterns(self):
        """Listing, giving, ending, history. There is no address for editing or deleting."""
        usual = [
            pattern
            for pattern in super().get_urlpatterns()
            if pattern.name not in ("edit", "delete", "usage")
        ]
        return [*usual, path("<int:pk>/end/", end_site_role, name="end")]
