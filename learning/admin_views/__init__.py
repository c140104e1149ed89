"""Staff screens of what people have done: enrolments, progress with its reasons, tutoring."""

from learning.admin_views.listing import EnrolmentPolicy, EnrolmentViewSet

__all__ = ["EnrolmentPolicy", "EnrolmentViewSet"]
