"""What the gradebook announces to the apps above."""

from django.dispatch import Signal

# Sent inside the transaction once everything is written: results, weights, or what learners may see of them changed.
results_changed = Signal()  # edition_id
