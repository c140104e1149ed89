"""What have they done?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """What have they done?"""

    name = "learning"
    verbose_name = _("Learning")
