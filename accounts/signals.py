"""What accounts announce to the apps above."""

from django.dispatch import Signal

name_confirmed = Signal()  # person: the printed name has been confirmed or changed
