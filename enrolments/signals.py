"""What enrolments announce to the apps above."""

from django.dispatch import Signal

enrolled = Signal()  # enrolment: just placed, or back after withdrawing
withdrawn = Signal()  # enrolment: the place was given back

# Both are sent inside the transaction once everything is written; the edition and the enrolments concerned are held.
# Whoever keeps a moment that was worked out from dates (the end of an attempt under way) works it out again.
dates_changed = Signal()  # edition, activity_ids: a frozenset; what holds for everybody in it
accommodation_changed = Signal()  # edition, enrolment_ids: a frozenset
