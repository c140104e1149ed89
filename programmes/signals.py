"""What programmes announce, inside the transaction, once everything is written."""

from django.dispatch import Signal

student_admitted = Signal()  # student: holds a place from now on, for the first time or again
student_withdrawn = Signal()  # student: the place was given back
phase_opened = Signal()  # student, phase: entered it just now
programme_edition_copied = (
    Signal()
)  # old, new: programme editions; days: by how many every date was moved; by
results_confirmed = Signal()  # board: an examination board has locked results
