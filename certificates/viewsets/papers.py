"""The place of papers in the menu; their screens are in certificates.papers."""

from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from certificates.papers import admin_views as views
from certificates.viewsets.designs import DesignsMenuItem


class PaperViewSet(ViewSet):
    """Letters, statements and transcripts."""

    name = "papers"
    icon = "doc-full"
    menu_label = gettext_lazy("Papers")
    menu_item_class = DesignsMenuItem

    def get_urlpatterns(self):
        """The screens in which papers are written."""
        return [
            path("", views.index, name="index"),
            path("add/", views.add, name="add"),
            path("<int:pk>/", views.edit, name="edit"),
            path("<int:pk>/preview/", views.preview, name="preview"),
            path("<int:pk>/preview/<str:key>/", views.shown, name="shown"),
            path("<int:pk>/standing/", views.change_standing, name="standing"),
        ]
