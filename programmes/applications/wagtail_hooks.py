"""Calls and applications in the CMS: addresses and the way there."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from programmes.applications import access
from programmes.applications.admin_views import applications, calls, dossier, erasures

CALL = "<int:call_id>/"
PART = f"{CALL}<slug:kind>/"
DOSSIER = "dossiers/<int:pk>/"

call_urls = [
    path("", applications.calls, name="index"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<int:pk>/", erasures.erasure, name="erasure"),
    path("new/", calls.add_call, name="add"),
    path(CALL, applications.applications, name="applications"),
    path(f"{CALL}bulk/", applications.bulk, name="bulk"),
    path(f"{CALL}export/", applications.export, name="export"),
    path(f"{CALL}edit/", calls.edit_call, name="edit"),
    path(f"{CALL}set-up/", calls.setup, name="setup"),
    path(f"{CALL}publish/", calls.open_call, name="publish"),
    path(f"{CALL}cancel/", calls.cancel_call, name="cancel"),
    path(f"{PART}add/", calls.edit_part, name="add_part"),
    path(f"{PART}<int:part_id>/", calls.edit_part, name="edit_part"),
    path(f"{PART}<int:part_id>/remove/", calls.remove_part, name="remove_part"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(f"{DOSSIER}documents/<int:document_id>/", dossier.verdict, name="verdict"),
    path(f"{DOSSIER}files/<int:version_id>/", dossier.file, name="file"),
    path(f"{DOSSIER}letters/<int:letter_id>/", dossier.letter, name="letter"),
    path(f"{DOSSIER}note/", dossier.note, name="note"),
    path(f"{DOSSIER}message/", dossier.message, name="message"),
    path(f"{DOSSIER}act/", dossier.act, name="act"),
    path(f"{DOSSIER}print/", dossier.print_dossier, name="print"),
    path(f"{DOSSIER}late/", dossier.let_in_late, name="late"),
]


@hooks.register("register_admin_urls")
def application_urls():
    """The screens."""
    return [path("applications/", include((call_urls, "application_calls")))]


class CallsMenuItem(MenuItem):
    """Shown to coordinators of programmes."""

    def is_shown(self, request):
        """Whether the person coordinates any programme edition."""
        return access.handles_any(request.user)


@hooks.register("register_programmes_menu_item")
def calls_menu_item():
    """The way to the calls."""
    return CallsMenuItem(
        _("Calls and applications"),
        reverse("application_calls:index"),
        name="application-calls",
        icon_name="clipboard-list",
        order=200,
    )
