"""The designer's place in the menu; its screens are in certificates.designs."""

from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from certificates import access
from certificates.designs import admin_views as views


class DesignsMenuItem(MenuItem):
    """Shown to whoever may look at designs."""

    def is_shown(self, request):
        """Whether the list would open."""
        return access.can_look_at_definitions(request.user)


class DesignViewSet(ViewSet):
    """Designs of awards."""

    name = "award_designs"
    icon = "image"
    menu_label = gettext_lazy("Designs")
    menu_item_class = DesignsMenuItem

    def get_urlpatterns(self):
        """The designer's screens."""
        return [
            path("", views.index, name="index"),
            path("add/", views.create, name="add"),
            path("import/", views.import_file, name="import"),
            path("<int:pk>/", views.designer, name="edit"),
            path("<int:pk>/preview/", views.show_draft, name="preview"),
            path("<int:pk>/preview/<str:key>/", views.shown, name="shown"),
            path("<int:pk>/preview/<str:key>/picture/", views.picture, name="picture"),
            path("<int:pk>/publish/", views.publish, name="publish"),
            path("<int:pk>/rename/", views.rename, name="rename"),
            path("<int:pk>/standing/", views.change_standing, name="standing"),
            path("<int:pk>/export/", views.export, name="export"),
            path("<int:pk>/versions/", views.versions, name="versions"),
            path("<int:pk>/versions/<int:number>/", views.version_file, name="version"),
            path("<int:pk>/versions/<int:number>/restore/", views.restore, name="restore"),
        ]
