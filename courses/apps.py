"""What is taught?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """What is taught?"""

    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        """Let role rows answer for pages and activities before anybody asks, and listen for publishing."""
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from courses import audited, receivers  # noqa: F401
        from courses.media_policies import RoleMediaPolicy
        from courses.models import Activity
        from courses.policies import CourseOwnedPermissionPolicy, RolePagePermissionPolicy

        register_permission_policy(AbstractPage, RolePagePermissionPolicy())
        register_permission_policy(Activity, CourseOwnedPermissionPolicy(Activity))
        pictures = RoleMediaPolicy(get_image_model(), "wagtailimages.Image", "uploaded_by_user")
        files = RoleMediaPolicy(get_document_model(), "wagtaildocs.Document", "uploaded_by_user")
        # Exactly these classes: Wagtail registers its own for them later.
        register_permission_policy(get_image_model(), pictures, exact_class=True)
        register_permission_policy(get_document_model(), files, exact_class=True)
