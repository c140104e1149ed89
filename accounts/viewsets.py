"""People in the CMS: Wagtail's user screens with our fields, without groups, superusers and passwords."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users as wagtail_users
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction

from accounts import services
from accounts.asking import ask_and_do
from accounts.deletion import deletion_refusal
from accounts.forms import PersonForm, ReasonForm
from accounts.models import SiteRole, User

CHANGE = "accounts.change_user"


class PersonFilterSet(WagtailFilterSet):
    """What the list of people can be narrowed down by."""

    class Meta:
        model = User
        fields = ["is_active", "language", "country", "gender"]


class PeopleIndex(wagtail_users.IndexView):
    """Everybody with an account."""

    page_title = gettext_lazy("People")
    add_item_label = gettext_lazy("Add a person")

    @cached_property
    def columns(self):
        """Name, address, country, whether the account is open, last sign-in."""
        _boxes, name, *_rest = super().columns
        return [
            name,
            Column("email", label=gettext_lazy("E-mail address"), sort_key="email"),
            Column("country", label=gettext_lazy("Country or area")),
            BooleanColumn("is_active", label=gettext_lazy("Active"), sort_key="is_active"),
            DateColumn("last_login", label=gettext_lazy("Last sign-in"), sort_key="last_login"),
        ]

    def get_base_queryset(self):
        """With what the columns show."""
        return super().get_base_queryset().select_related("country")

    def get_filterset_kwargs(self):
        """Our filters do not care whether somebody searches."""
        kwargs = super().get_filterset_kwargs()
        kwargs.pop("is_searching")
        return kwargs


class AddPerson(wagtail_users.CreateView):
    """Opens an account through the service."""

    page_title = gettext_lazy("Add a person")
    success_message = gettext_lazy("An account has been opened for %(object)s, who has been told by e-mail.")

    def save_instance(self):
        """Open the account and tell the person."""
        return services.create_person(self.form.save(commit=False), by=self.request.user)


class EditPerson(wagtail_users.EditView):
    """Changes a person's name, address or language through the service."""

    success_message = gettext_lazy("%(object)s has been saved.")

    def get_form_kwargs(self):
        """Our form does not care whose it is."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("editing_self", None)
        return kwargs

    def save_instance(self):
        """Keep the change and record it."""
        return services.change_person(self.form.save(commit=False), by=self.request.user)

    @cached_property
    def header_more_buttons(self):
        """Closing the account, and giving a role."""
        buttons = super().header_more_buttons
        person = self.object
        standing = (
            ("deactivate", _("Make inactive")) if person.is_active else ("reactivate", _("Make active again"))
        )
        if person != self.request.user:
            url = reverse(f"wagtailusers_users:{standing[0]}", args=[person.pk])
            buttons.append(Button(standing[1], url=url, icon_name="lock", priority=40))
        if self.request.user.has_perm("accounts.add_siterole"):
            url = f"{reverse('site_roles:add')}?person={person.pk}"
            buttons.append(Button(_("Give a site role"), url=url, icon_name="key", priority=50))
        return buttons

    def get_context_data(self, **kwargs):
        """Their roles for the whole site."""
        roles = SiteRole.objects.held_by(self.object).order_by("-starts_on")
        return super().get_context_data(**kwargs) | {"person": self.object, "site_roles": roles}


def _ask_why(request, pk, *, do, title, text, done):
    if not request.user.has_perm(CHANGE):
        return permission_denied(request)
    person = get_object_or_404(User, pk=pk)
    back = reverse("wagtailusers_users:edit", args=[pk])
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: do(person, by=request.user, reason=data["reason"]),
        title=title,
        text=text % {"person": person},
        done=done % {"person": person},
        icon="user",
        back=back,
        crumbs=[
            {"url": reverse("wagtailusers_users:index"), "label": _("People")},
            {"url": back, "label": str(person)},
        ],
    )


@require_admin_access
def deactivate(request, pk):
    """Ask for the reason and close the account."""
    return _ask_why(
        request,
        pk,
        do=services.deactivate,
        title=_("Make inactive"),
        text=_("%(person)s will not be able to sign in any more. Every record stays."),
        done=_("%(person)s can no longer sign in."),
    )


@require_admin_access
def reactivate(request, pk):
    """Ask for the reason and open the account again."""
    return _ask_why(
        request,
        pk,
        do=services.reactivate,
        title=_("Make active again"),
        text=_("%(person)s will be able to sign in again."),
        done=_("%(person)s can sign in again."),
    )


class PersonViewSet(wagtail_users.UserViewSet):
    """People."""

    menu_label = gettext_lazy("People")
    index_view_class = PeopleIndex
    add_view_class = AddPerson
    edit_view_class = EditPerson
    filterset_class = PersonFilterSet
    copy_view_enabled = False
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "accounts/admin/person.html"

    def get_form_class(self, for_update=False):
        """Ours."""
        return PersonForm

    def get_urlpatterns(self):
        """Closing and opening the account beside the usual screens."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/deactivate/", deactivate, name="deactivate"),
            path("<int:pk>/reactivate/", reactivate, name="reactivate"),
        ]


class DeletePeople(DeleteBulkAction):
    """Wagtail's own bulk action, with sentences where it would say only that it is not permitted."""

    def prepare_action(self, objects, objects_without_access):
        """Nobody is deleted when one may not be."""
        refusals = [refusal for person in objects if (refusal := deletion_refusal(person))]
        for refusal in refusals:
            messages.error(self.request, refusal)
        if refusals:
            return redirect(self.next_url)
        return super().prepare_action(objects, objects_without_access)
