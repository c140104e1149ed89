"""Forms of a selection."""
