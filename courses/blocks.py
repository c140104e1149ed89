"""The block that places an activity in a lesson. Knows activities by name only: models are above."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import ChooserBlock
from wagtail.coreutils import resolve_model_string

from cms.blocks import body_blocks
from courses.widgets import ActivityChooser


class ActivityChooserBlock(ChooserBlock):
    """Chooses an activity of any kind."""

    @cached_property
    def target_model(self):
        """The base model of all kinds."""
        return resolve_model_string("courses.Activity")

    widget = ActivityChooser()

    def get_translatable_segments(self, value):
        """Nothing: placement comes from the canonical lesson, in every language."""
        return []

    class Meta:
        icon = "tasks"


class ActivityBlock(blocks.StructBlock):
    """Places an activity here. Publishing the canonical lesson turns each placement into a row."""

    activity = ActivityChooserBlock(label=_("Activity"))
    required = blocks.BooleanBlock(label=_("Required to complete the course"), required=False, default=True)

    class Meta:
        icon = "tasks"
        label = _("Activity")
        template = "courses/blocks/activity.html"


class ReadBlock(blocks.StructBlock):
    """Asks the learner to mark the lesson as read. Its activity row is made when the lesson is published."""

    required = blocks.BooleanBlock(label=_("Required to complete the course"), required=False, default=True)

    class Meta:
        icon = "check"
        label = _("Mark as read")
        template = "courses/blocks/activity.html"


def lesson_blocks():
    """The blocks of a lesson: those of any page, and activities."""
    return [*body_blocks(), ("activity", ActivityBlock()), ("read", ReadBlock())]
