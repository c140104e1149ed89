"""What was it worth?"""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class GradebookConfig(AppConfig):
    """What was it worth?"""

    name = "gradebook"
    verbose_name = _("Gradebook")

    def ready(self):
        """Offer the usual scales after every migration."""
        from gradebook import receivers

        post_migrate.connect(receivers.load_scales, sender=self)
