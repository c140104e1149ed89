"""The field that chooses an activity. Knows activities by name only: models are above."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.widgets import BaseChooser


class ActivityChooser(BaseChooser):
    """Chooses an activity of any kind, in a window that lists, searches and creates them."""

    model = "courses.Activity"
    choose_one_text = _("Choose or create an activity")
    choose_another_text = _("Choose another activity")
    link_to_chosen_text = _("Edit this activity")
    chooser_modal_url_name = "activity_chooser:choose"
    icon = "tasks"
    classname = "activity-chooser"

    def get_value_data_from_instance(self, instance):
        """Name the kind, and link to the form of that kind."""
        return {
            "id": instance.pk,
            "edit_url": AdminURLFinder().get_edit_url(instance.specific),
            self.display_title_key: chosen_label(instance),
        }


def chosen_label(activity):
    """How an activity is named once chosen."""
    return f"{capfirst(activity.kind_label)}: {activity.title}"
