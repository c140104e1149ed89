"""What have they done?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """What have they done?"""

    name = "learning"
    verbose_name = _("Learning")

    def ready(self):
        """Listen for interactive activities going live, and offer them where activities are chosen."""
        from courses import activities
        from learning.interactive import receivers  # noqa: F401
        from learning.models import H5PActivity

        activities.register(
            H5PActivity.KIND,
            H5PActivity,
            label=_("Interactive activity"),
            description=_("Exercises, cards and scenarios in the H5P format."),
            icon="h5p",
            begin=H5PActivity.begin,
        )
