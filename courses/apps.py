"""What is taught?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """What is taught?"""

    name = "courses"
    verbose_name = _("Courses")
