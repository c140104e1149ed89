"""What did they earn?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    """What did they earn?"""

    name = "certificates"
    verbose_name = _("Certificates")
