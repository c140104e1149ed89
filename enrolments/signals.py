"""What enrolments announce to the apps above."""

from django.dispatch import Signal

enrolled = Signal()  # enrolment: just placed, or back after withdrawing
withdrawn = Signal()  # enrolment: the place was given back
