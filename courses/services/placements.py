"""Turns the blocks of a published lesson into rows that learners' records can point at."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from courses.models import Activity, CompletionRule, LessonActivity, LessonPage, ReadActivity


@transaction.atomic
def sync_placements(lesson: LessonPage) -> None:
    """Write one row per activity placed in the canonical lesson. Safe to repeat; never refuses, never deletes."""
    if not tracks_learners(lesson):
        return
    course = lesson.course.canonical
    placed = []
    for order, block in enumerate(lesson.body):
        if block.block_type in ("activity", "read") and block.id:
            activity = activity_of(lesson, course, block)
            if activity:
                placed.append(UUID(block.id))
                place(lesson, activity, UUID(block.id), order, required=bool(block.value.get("required")))
    lesson.placements.placed().exclude(block_id__in=placed).update(retired_at=timezone.now())


def tracks_learners(lesson: LessonPage) -> bool:
    """Whether this is a lesson learner facts point at: neither translation nor alias."""
    return lesson.alias_of_id is None and lesson.canonical.pk == lesson.pk


def activity_of(lesson: LessonPage, course, block) -> Activity | None:
    """The activity a block places; a "mark as read" block has one made for it."""
    if block.block_type == "activity":
        return block.value.get("activity")
    placement = lesson.placements.filter(block_id=block.id).select_related("activity").first()
    if placement and placement.activity.kind == ReadActivity.KIND:
        return placement.activity
    return ReadActivity.objects.create(
        title=lesson.title, course=course, completion_rule=CompletionRule.MARKED
    )


def place(lesson: LessonPage, activity: Activity, block_id: UUID, order: int, *, required: bool) -> None:
    """Place it, move it, or bring it back. What was required stays so since then; what is new is required from now."""
    now = timezone.now()
    placement = lesson.placements.filter(block_id=block_id).first()
    if placement is None:
        placement = LessonActivity(lesson=lesson, block_id=block_id)
    elif placement.retired_at or placement.activity_id != activity.pk:
        placement.required_since = None
    placement.activity = activity
    placement.sort_order = order
    placement.retired_at = None
    placement.required_since = (placement.required_since or now) if required else None
    placement.save()


def retire_placements(lesson: LessonPage) -> None:
    """A lesson taken offline asks nothing of learners; publishing it again brings its activities back."""
    if tracks_learners(lesson):
        lesson.placements.placed().update(retired_at=timezone.now())
