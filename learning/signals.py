"""What learning announces to the apps above."""

from django.dispatch import Signal

activity_completed = Signal()  # enrolment, activity: done for the first time
course_completed = Signal()  # enrolment: everything required is done, recorded just now
attempt_rescored = Signal()  # attempt: finished before, its score was changed just now
