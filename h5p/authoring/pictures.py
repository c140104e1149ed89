"""Addresses at which authors see the pictures that content has already."""

from collections.abc import Mapping

from django.urls import reverse

from h5p.core.file_types import extension
from h5p.models import StoredFile
from h5p.tokens import Tokens

PICTURE = Tokens("form-picture", days=1)
ENDINGS = {"png", "jpg", "jpeg", "gif", "webp"}


def picture_addresses(files: Mapping[str, StoredFile]) -> dict[str, str]:
    """The address of every picture, by its path."""
    return {
        path: reverse("h5p_staff:form_picture", args=[PICTURE.make(stored.pk, extension(path))])
        for path, stored in files.items()
        if extension(path) in ENDINGS
    }
