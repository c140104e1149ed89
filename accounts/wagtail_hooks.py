"""People and site roles in the CMS."""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks

from accounts.admin_views import SiteRoleViewSet
from accounts.deletion import deletion_refusal
from accounts.models import User


@hooks.register("before_delete_user")
def refuse_deleting_people_with_records(request, person):
    """Say why, instead of failing."""
    refusal = deletion_refusal(person)
    if refusal:
        messages.error(request, refusal)
        return redirect("wagtailusers_users:edit", person.pk)


@hooks.register("before_bulk_action")
def refuse_deleting_many_people_with_records(request, action_type, objects, action_class_instance):
    """The same for the bulk action; nobody is deleted when one may not be."""
    if action_type != "delete":
        return None
    refusals = [refusal for person in objects if isinstance(person, User) and (refusal := deletion_refusal(person))]
    if refusals:
        for refusal in refusals:
            messages.error(request, refusal)
        return redirect("wagtailusers_users:index")


@hooks.register("register_admin_viewset")
def site_roles():
    """Who holds a role for the whole site."""
    return SiteRoleViewSet("site_roles", url_prefix="site-roles")
