"""Every change of a gradebook. What staff enter is appended; nothing is ever overwritten, and all of it is recorded."""

from gradebook.services.batches import apply_batch
from gradebook.services.entries import comment, enter, undo
from gradebook.services.release import hide, release
from gradebook.services.schemes import (
    add_activities,
    add_manual_item,
    change_scheme,
    create_scheme,
    leave_out,
    take_back,
)

__all__ = [
    "add_activities",
    "add_manual_item",
    "apply_batch",
    "change_scheme",
    "comment",
    "create_scheme",
    "enter",
    "hide",
    "leave_out",
    "release",
    "take_back",
    "undo",
]
