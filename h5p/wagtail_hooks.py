"""Interactive content in the CMS: the menu and the addresses."""

from django.urls import include, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from h5p.access import can_author_content
from h5p.admin_views import authoring, contents, libraries, uploads, versions, writing
from h5p.choosers import content_chooser_viewset
from h5p.models import Content

DECISION = "(?P<decision>approve|reject|retire|roll-back|remove)"

urlpatterns = [
    path("", contents.contents, name="contents"),
    path("new/", writing.choose_type, name="new"),
    path("new/<str:machine_name>/", writing.new, name="write"),
    path("upload/", uploads.upload, name="upload"),
    path("upload/confirm/", uploads.confirm, name="confirm"),
    path("<int:pk>/", contents.content, name="content"),
    path("<int:pk>/replace/", uploads.upload, name="replace"),
    path("<int:pk>/replace/confirm/", uploads.confirm, name="confirm_replacement"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/publish/", versions.publish, name="publish"),
    path("<int:pk>/restore/", versions.restore, name="restore"),
    path("<int:pk>/compare/", versions.compare, name="compare"),
    path("<int:pk>/copy/", contents.copy, name="copy"),
    path("<int:pk>/export/", contents.export, name="export"),
    path("<int:pk>/remove/", contents.remove, name="remove"),
    path("form/fragment/", authoring.form_fragment, name="form_fragment"),
    path("form/pictures/<str:token>/", authoring.form_picture, name="form_picture"),
    path("libraries/", libraries.libraries, name="libraries"),
    path("libraries/unused/", libraries.unused, name="unused"),
    path("libraries/<int:pk>/", libraries.library, name="library"),
    re_path(rf"^libraries/(?P<pk>[0-9]+)/{DECISION}/$", libraries.decide, name="decide"),
]


@hooks.register("register_admin_urls")
def h5p_urls():
    """Serve the screens inside the admin."""
    return [path("h5p/", include((urlpatterns, "h5p_staff")))]


class InteractiveMenuItem(MenuItem):
    """Shown to those who may make content."""

    def is_shown(self, request):
        """Ask for the role."""
        return can_author_content(request.user)


@hooks.register("register_admin_menu_item")
def interactive_menu_item():
    """Between quizzes and pictures."""
    return InteractiveMenuItem(
        _("Interactive content"), reverse("h5p_staff:contents"), name="h5p", icon_name="h5p", order=96
    )


@hooks.register("register_icons")
def h5p_icons(icons):
    """Four pieces that fit together: ours, not the mark of H5P."""
    return [*icons, "h5p/icons/h5p.svg"]


@hooks.register("register_admin_viewset")
def content_chooser():
    """The window that chooses content."""
    return content_chooser_viewset


class ContentURLFinder:
    """Where choosers and lists lead when they name content."""

    def __init__(self, user=None):
        self.user = user

    def get_edit_url(self, content):
        """Its screen, for whoever may make content."""
        if self.user is not None and not can_author_content(self.user):
            return None
        return reverse("h5p_staff:content", args=[content.pk])


register_admin_url_finder(Content, ContentURLFinder)
