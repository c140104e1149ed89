"""What the lesson asks of moot courts."""

from django import template

from moots.models import Moot

register = template.Library()


@register.simple_tag
def moot_of(enrolment, activity):
    """The open court of this edition that the activity stands for, or None."""
    return Moot.objects.filter(
        edition=enrolment.edition_id, activity=activity.pk, opened_at__isnull=False
    ).first()
