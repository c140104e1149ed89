"""Pictures and documents of the CMS that are chosen for content, and how they get into the store.

Content keeps a copy: what is changed or deleted in the CMS later changes nothing in content. A person can only choose
what the CMS lets them choose.
"""

from pathlib import PurePosixPath
from typing import Any

from django.core.files import File
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from accounts.models import User
from h5p import store
from h5p.core.file_types import (
    CONTENT_EXTENSIONS,
    HEAD,
    extension,
    is_what_it_says,
    media_type,
)
from h5p.core.markup import escape
from h5p.models import StoredFile

IMAGE, DOCUMENT = "image", "document"
FOLDERS = {"image": "images", "video": "videos", "audio": "audios", "file": "files"}
# What plays in every browser.
PLAYED = {
    "video": {"mp4", "webm"},
    "audio": {"mp3", "m4a", "wav", "ogg"},
    "image": {"png", "jpg", "jpeg", "gif", "webp"},
}
# Larger pictures only cost learners time.
LARGEST = 2000
SMALLER = f"max-{LARGEST}x{LARGEST}"
PREVIEW = "max-165x165"


class Chosen:
    """All that one form has chosen: looked up at once, and only what this person may choose."""

    def __init__(self, user: User):
        self.user = user
        self.wanted: dict[str, set[int]] = {IMAGE: set(), DOCUMENT: set()}
        self.found: dict[tuple[str, int], ChosenFile | None] = {}
        self.by_path: dict[str, ChosenFile] = {}

    def want(self, kind: str, pk: int) -> None:
        """Say early what will be asked for."""
        self.wanted[kind].add(pk)

    def get(self, kind: str, pk: int) -> "ChosenFile | None":
        """The picture or document, or None where there is none for this person."""
        self.want(kind, pk)
        missing = {one for one in self.wanted[kind] if (kind, one) not in self.found}
        if missing:
            rows = self.rows(kind).in_bulk(missing)
            self.found |= {
                (kind, one): ChosenFile(rows[one], kind) if one in rows else None for one in missing
            }
        return self.found[kind, pk]

    def rows(self, kind: str) -> Any:
        """What this person may choose."""
        model = get_image_model() if kind == IMAGE else get_document_model()
        rows = policy_registry.get_by_type(model).instances_user_has_any_permission_for(self.user, ["choose"])
        return rows.prefetch_renditions(PREVIEW, SMALLER) if kind == IMAGE else rows

    def keep(self, paths: list[str]) -> dict[str, StoredFile]:
        """Put those of the paths into the store that were chosen here."""
        return {path: self.by_path[path].keep() for path in paths if path in self.by_path}


class ChosenFile:
    """A picture or document with the file that content would get."""

    def __init__(self, row: Any, kind: str):
        self.row = row
        self.kind = kind

    def problem(self, field_type: str) -> str:
        """Why it cannot stand in a field of this type, or nothing."""
        words = {"file": PurePosixPath(self.row.file.name).name}
        if not self.row.file.storage.exists(self.row.file.name):
            return _("“%(file)s” is not in the storage any more. Choose another one.") % words
        allowed = PLAYED.get(field_type, CONTENT_EXTENSIONS)
        if self.ending not in allowed:
            words["types"] = ", ".join(sorted(allowed))
            return (
                _("“%(file)s” cannot be used here. Choose a file of one of these types: %(types)s.") % words
            )
        if not is_what_it_says(extension(self.row.file.name), self.head):
            return _("“%(file)s” does not hold what its name says. Choose another one.") % words
        return ""

    @property
    def ending(self) -> str:
        """The type by which content would have it: pictures of other kinds become PNG."""
        ending = extension(self.row.file.name)
        return "png" if ending == "avif" else ending

    @property
    def head(self) -> bytes:
        """The first bytes of a kind that is checked; the CMS has looked at its pictures itself."""
        if extension(self.row.file.name) not in CONTENT_EXTENSIONS:
            return b""
        with self.row.file.storage.open(self.row.file.name) as stream:
            return stream.read(HEAD)

    @cached_property
    def picture(self) -> Any:
        """The picture itself; of a very large one, or of one that H5P does not know, a smaller rendition."""
        too_large = max(self.row.width, self.row.height) > LARGEST
        is_known = extension(self.row.file.name) in PLAYED["image"]
        return self.row.get_rendition(SMALLER) if too_large or not is_known else self.row

    @cached_property
    def source(self) -> Any:
        """The row whose file is copied."""
        return self.picture if self.kind == IMAGE else self.row

    def path(self, field_type: str) -> str:
        """Where content keeps it. The name holds a hash, so that no two files meet."""
        name = PurePosixPath(self.source.file.name)
        readable = slugify(name.stem)[:60].strip("-") or field_type
        return f"{FOLDERS[field_type]}/{readable}-{self.row.get_file_hash()[:12]}{name.suffix.lower()}"

    def described(self, field_type: str) -> dict:
        """What content says of it."""
        described = {"path": self.path(field_type), "mime": media_type(self.source.file.name)}
        if field_type == "image":
            described |= {"width": self.source.width, "height": self.source.height}
        rights = {"title": self.row.title, "author": getattr(self.row, "credit", "")}
        known = {key: escape(words) for key, words in rights.items() if words}
        return described | {"copyright": {**known, "license": "U"}}

    def keep(self) -> StoredFile:
        """Put a copy into the store."""
        with self.source.file.storage.open(self.source.file.name) as stream:
            return store.keep(File(stream))
