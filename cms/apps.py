"""What is a page made of?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """What is a page made of?"""

    name = "cms"
    verbose_name = _("Pages and files")
