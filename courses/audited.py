"""What the audit log calls the changes made here."""

from django.utils.translation import gettext_lazy as _

from foundation.audit.actions import register_action

register_action("courses.submit", _("Submitted for review"))
register_action("courses.approve", _("Approved"))
register_action("courses.return", _("Returned to the author"))
register_action("courses.withdraw", _("Withdrawn from review"))
register_action("courses.publish_course", _("Published without a review"))
register_action("courses.refuse_schedule", _("Not published at its time: something was missing"))
register_action("courses.restore_version", _("Brought an older version back as drafts"))
register_action("courses.create_activity", _("Began an activity"))
