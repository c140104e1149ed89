"""The staff-only page that shows every component in every state, and a sample of every kind of page."""
