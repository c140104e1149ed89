"""What can I take, and how do I get in?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """What can I take, and how do I get in?"""

    name = "catalogue"
    verbose_name = _("Catalogue")
