"""How did they plead?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MootsConfig(AppConfig):
    """How did they plead?"""

    name = "moots"
    verbose_name = _("Moot courts")

    def ready(self):
        """Offer moot courts where activities are chosen."""
        from courses import activities
        from moots import audited  # noqa: F401
        from moots.models import MootActivity

        activities.register(
            MootActivity.KIND,
            MootActivity,
            label=_("Moot court"),
            description=_("Teams plead a case; the result comes when the court is released."),
            icon="group",
            begin=MootActivity.begin,
        )
