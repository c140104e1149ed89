"""The store: files under the hash of their bytes, each kept once, whoever uses it."""

from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """Some bytes, under their own hash. They never change; a file with other bytes is another row."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    # Where the storage keeps it. Private: the media address serves nothing from there.
    name = models.CharField(max_length=150, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # When something last asked for it: who removes unused files sees by this that somebody was faster.
    used_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return self.sha256

    def open(self):
        """A stream of the bytes."""
        return default_storage.open(self.name)
