"""Why, for whom and with whose money we teach."""
