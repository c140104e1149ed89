"""What is done with submissions and marks: one function a change, atomic, safe to repeat."""

from assessments.assignments.services.drafting import add_file, begin, remove_file, save_text
from assessments.assignments.services.handing_in import HandIn, hand_in
from assessments.assignments.services.marking import (
    Marks,
    add_returned_file,
    change_mark,
    confirm_agreed_mark,
    finish_marking,
    put_back,
    remove_returned_file,
    save_marking,
)
from assessments.assignments.services.releasing import release, release_all
from assessments.assignments.services.reopening import reopen

__all__ = [
    "HandIn",
    "Marks",
    "add_file",
    "add_returned_file",
    "begin",
    "change_mark",
    "confirm_agreed_mark",
    "finish_marking",
    "hand_in",
    "put_back",
    "release",
    "release_all",
    "remove_file",
    "remove_returned_file",
    "reopen",
    "save_marking",
    "save_text",
]
