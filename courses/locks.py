"""Why a page or activity of a course cannot be edited now, as Wagtail's editor shows it."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class InReviewLock(BaseLock):
    """Keeps what is under review as it was submitted, for everybody: what is approved is what was read."""

    def __init__(self, content, change_set):
        super().__init__(content)
        self.change_set = change_set

    def for_user(self, user):
        """Nobody edits it, its author included."""
        return True

    def get_message(self, user):
        """Say why, and where to go."""
        return format_html(
            '{} <a href="{}">{}</a>',
            _(
                "This is being reviewed and cannot be edited. To go on working, withdraw it from review first."
            ),
            reverse("courses:change_set", args=[self.change_set.pk]),
            _("Open the review"),
        )

    def get_locked_by(self, user):
        """Who locked it."""
        return _("Locked by the review")

    def get_description(self, user):
        """What the lock does."""
        return _("Nobody can make changes while it is being reviewed.")
