"""Freezing an interactive activity as it is published: which version of which content, under which rule."""

from django.db import transaction
from django.db.models import Max

from courses.models import ActivityVersion
from learning.models import H5PActivity


def settings_of(activity: H5PActivity) -> dict:
    """What an attempt was made under, in plain values."""
    return {
        "completion_rule": activity.completion_rule,
        "pass_mark": str(activity.pass_mark),
        "text_alternative": activity.text_alternative,
        "words": {
            words.language: {
                "content": words.content.title,
                "version": words.version.number if words.version else None,
                "text_alternative": words.text_alternative,
            }
            for words in activity.words.select_related("content", "version").order_by("language")
        },
    }


@transaction.atomic
def freeze_activity(activity: H5PActivity) -> ActivityVersion:
    """Append a version that says what the activity says now, unless the newest does."""
    settings = settings_of(activity)
    newest = activity.versions.first()
    if newest and newest.settings == settings:
        return newest
    last = activity.versions.aggregate(last=Max("number"))["last"] or 0
    return ActivityVersion.objects.create(
        activity=activity, number=last + 1, settings=settings, revision=activity.live_revision
    )
