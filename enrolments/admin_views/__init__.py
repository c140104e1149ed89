"""Staff screens for editions and for giving and taking back places, inside the Wagtail admin."""

from enrolments.admin_views.editions import EditionPolicy, EditionViewSet

__all__ = ["EditionPolicy", "EditionViewSet"]
