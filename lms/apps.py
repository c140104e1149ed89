"""How the site is wired together. No app imports this one."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    """The wiring: settings, root URLs, commands that touch every app."""

    name = "lms"
    verbose_name = _("Learning site")

    def ready(self):
        """Register the checks of a public site."""
        from lms import checks  # noqa: F401
