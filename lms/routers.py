"""Keeps the cache table in the SQLite file of its own."""


class CacheRouter:
    """Send Django's cache table to the "cache" database and everything else past it."""

    def db_for_read(self, model, **hints):
        """Read cache entries from their own file."""
        return "cache" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, **hints):
        """Create the cache table there and nothing else."""
        return (db == "cache") == (app_label == "django_cache")
