"""What apps above may listen to."""

from django.dispatch import Signal

# Another version is played from now on: version, by (None: the system). Sent inside the transaction that does it.
version_published = Signal()
