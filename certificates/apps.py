"""What did they earn?"""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    """What did they earn?"""

    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self):
        """Listen for what earns an award; bring designs; look at the key before a site goes public."""
        from certificates import checks, receivers  # noqa: F401
        from certificates.erasure import tasks as erasure  # noqa: F401
        from certificates.past import tasks as past  # noqa: F401

        post_migrate.connect(receivers.bring_designs, sender=self)
