"""What is taught?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """What is taught?"""

    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        """Let role rows answer for pages and activities before anybody asks, and listen for publishing."""
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from courses import receivers  # noqa: F401
        from courses.models import Activity
        from courses.policies import CourseOwnedPermissionPolicy, RolePagePermissionPolicy

        register_permission_policy(AbstractPage, RolePagePermissionPolicy())
        register_permission_policy(Activity, CourseOwnedPermissionPolicy(Activity))
