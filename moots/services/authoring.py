"""Writing the activity of a moot court. What is saved is a draft: learners meet it once the course is published."""

from django.db import transaction

from accounts.models import User
from moots.models import MootActivity
from moots.refusals import MootRefused, Refusal


@transaction.atomic
def save_activity(activity: MootActivity, *, user: User, **values) -> None:
    """Save title and rules as a draft. Raises MootRefused while it is being reviewed."""
    MootActivity.objects.select_for_update(of=["self"]).get(pk=activity.pk)
    activity = MootActivity.objects.get(pk=activity.pk)
    if activity.locking_change_set:
        raise MootRefused(Refusal.IN_REVIEW)
    draft = activity.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, clean=False, log_action=True)
