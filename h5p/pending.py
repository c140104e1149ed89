"""Uploads that were looked over and wait for a yes: kept for a day under a signed name that is their owner's alone."""

from datetime import timedelta
from pathlib import PurePath
from typing import BinaryIO
from uuid import uuid4

from django.core import signing
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User

FOLDER = "h5p-pending"
SALT = "h5p.pending"
KEPT_FOR = timedelta(days=1)


def keep(file: File, name: str, owner: User) -> str:
    """Keep the upload; the token leads back to it."""
    file.seek(0)
    stored = default_storage.save(f"{FOLDER}/{uuid4().hex}.h5p", file)
    return signing.dumps([stored, PurePath(name).name, owner.pk], salt=SALT)


def open_pending(token: str, owner: User) -> tuple[BinaryIO, str] | None:
    """The upload and its name, or None where the token is not this person's, too old, or used."""
    found = read(token, owner)
    if found is None or not default_storage.exists(found[0]):
        return None
    return default_storage.open(found[0]), found[1]


def forget(token: str, owner: User) -> None:
    """Delete the upload. Doing it twice changes nothing."""
    if found := read(token, owner):
        default_storage.delete(found[0])


def read(token: str, owner: User) -> tuple[str, str] | None:
    """Where the upload is and what it was called."""
    try:
        stored, name, person = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return (stored, name) if person == owner.pk else None


def forget_old() -> int:
    """Delete what nobody came back for; how many there were."""
    if not default_storage.exists(FOLDER):
        return 0
    before = timezone.now() - KEPT_FOR
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) < before]
    for name in old:
        default_storage.delete(name)
    return len(old)
