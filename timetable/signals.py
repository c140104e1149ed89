"""What the timetable announces to the apps above."""

from django.dispatch import Signal

# session, enrolment_ids: a frozenset. Sent by a task once the marks are stored, so that keeping a register never waits
# for what follows from it; it may be sent twice for the same marks.
attendance_changed = Signal()
