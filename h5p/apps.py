"""How does interactive content run?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class H5PConfig(AppConfig):
    """How does interactive content run?"""

    name = "h5p"
    verbose_name = _("Interactive content")

    def ready(self):
        """Name what the audit log tells."""
        from foundation.audit.actions import register_action

        for action, label in {
            "h5p.import_package": _("Imported an H5P package"),
            "h5p.quarantine_library": _("Put an H5P library into quarantine"),
            "h5p.approve_library": _("Approved an H5P library"),
            "h5p.reject_library": _("Rejected an H5P library"),
            "h5p.retire_library": _("Retired an H5P library"),
            "h5p.roll_back_library": _("Went back to an earlier H5P library"),
            "h5p.remove_library": _("Removed an H5P library"),
            "h5p.save_content": _("Saved interactive content"),
            "h5p.publish_content": _("Published interactive content"),
            "h5p.remove_content": _("Removed interactive content"),
        }.items():
            register_action(action, label)
