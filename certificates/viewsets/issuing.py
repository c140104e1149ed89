"""The place of issuing to many in the menu; its screens are in certificates.bulk."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from certificates import access
from certificates.bulk import admin_views as views


class IssuingMenuItem(MenuItem):
    """Shown to whoever has an edition to issue for."""

    def is_shown(self, request):
        """Whether the list would open."""
        return access.can_decide(request.user) or access.managed_editions(request.user).exists()


class IssuingViewSet(ViewSet):
    """Issuing to many."""

    name = "award_issuing"
    icon = "mail"
    menu_label = gettext_lazy("Issue awards")
    menu_item_class = IssuingMenuItem

    def get_urlpatterns(self):
        """The list, one edition, one batch with its files."""
        return [
            path("", views.index, name="index"),
            path("editions/<int:edition_id>/", views.prepare, name="prepare"),
            path("batches/<int:pk>/", views.show_batch, name="batch"),
            path("batches/<int:pk>/tell/", views.tell, name="tell"),
            re_path(r"^batches/(?P<pk>\d+)/awards\.(?P<kind>zip|pdf)$", views.papers, name="papers"),
        ]
