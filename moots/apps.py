"""How did they plead?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MootsConfig(AppConfig):
    """How did they plead?"""

    name = "moots"
    verbose_name = _("Moot courts")
