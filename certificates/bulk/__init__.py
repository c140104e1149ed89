"""Giving an award to many people of an edition at once: who and who not, and why, before it happens; then progress."""
