"""People and site roles in the CMS."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.permissions import register_permission_policy

from accounts.admin_views import SiteRolePolicy, SiteRoleViewSet
from accounts.deletion import deletion_refusal
from accounts.models import SiteRole, User
from accounts.viewsets import DeletePeople
from foundation.audit.actions import register_action

register_permission_policy(SiteRole, SiteRolePolicy(SiteRole))

register_action("accounts.grant_role", gettext_lazy("Role given"))
register_action("accounts.end_role", gettext_lazy("Role ended"))
register_action("accounts.create_person", gettext_lazy("Account opened"))
register_action("accounts.change_person", gettext_lazy("Person changed"))
register_action("accounts.correct_name", gettext_lazy("Name for certificates corrected"))
register_action("accounts.deactivate", gettext_lazy("Account made inactive"))
register_action("accounts.reactivate", gettext_lazy("Account made active again"))


@hooks.register("before_delete_user")
def refuse_deleting_people_with_records(request, person):
    """Say why, instead of failing."""
    refusal = deletion_refusal(person)
    if refusal is None:
        return None
    messages.error(request, refusal)
    return redirect("wagtailusers_users:edit", person.pk)


# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", DeletePeople, order=10)


@hooks.register("before_bulk_action")
def refuse_bulk_actions_on_people(request, action_type, objects, action_class_instance):
    """What needs a reason is done one by one."""
    if action_type == "delete" or not any(isinstance(person, User) for person in objects):
        return None
    messages.error(request, _("This needs a reason for each person. Open the person's page."))
    return redirect("wagtailusers_users:index")


@hooks.register("register_admin_viewset")
def site_roles():
    """Who holds a role for the whole site."""
    return SiteRoleViewSet("site_roles", url_prefix="site-roles")
