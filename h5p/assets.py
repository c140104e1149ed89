"""Finding the files that a frame asks for, in few queries."""

from dataclasses import dataclass, field

from django.core.cache import cache

from h5p.models import ContentFile, ContentVersion, LibraryFile, StoredFile
from h5p.playing import ONE_WEEK, Asset, playable

SOON = 60


@dataclass(frozen=True)
class Code:
    """What an address with a version and a hash stands for: libraries by folder, and what is loaded in which order.

    Not exact while a page is open that was made before other code was approved: it gets the code that runs now.
    """

    is_exact: bool
    libraries: dict[str, int] = field(default_factory=dict)
    scripts: tuple[Asset, ...] = ()
    styles: tuple[Asset, ...] = ()

    def file(self, folder: str, path: str) -> StoredFile | None:
        """A file of one of them, as long as it may run."""
        files = LibraryFile.objects.filter(library=self.libraries.get(folder), path=path)
        found = files.filter(library__current_since__isnull=False).select_related("stored").first()
        return found.stored if found else None

    def files(self, assets: tuple[Asset, ...]) -> list[tuple[Asset, StoredFile]]:
        """Several files in this order, as long as they may run."""
        rows = LibraryFile.objects.filter(
            library__in=self.libraries.values(),
            path__in={asset.path for asset in assets},
            library__current_since__isnull=False,
        )
        found = {(row.library_id, row.path): row.stored for row in rows.select_related("stored")}
        wanted = [(asset, found.get((self.libraries.get(asset.folder), asset.path))) for asset in assets]
        return [(asset, stored) for asset, stored in wanted if stored]


def code_of(content: int, version: int, libraries_sha256: str) -> Code:
    """The code that an address names."""
    key = f"h5p-code:{content}:{version}:{libraries_sha256}"
    code = cache.get(key)
    if code is None:
        code = look_up_code(content, version, libraries_sha256)
        cache.set(key, code, ONE_WEEK if code.is_exact else SOON)
    return code


def look_up_code(content: int, version: int, libraries_sha256: str) -> Code:
    """The code of exactly this version of the content, as it may run now. Whatever is saved later changes nothing."""
    row = ContentVersion.objects.filter(content=content, pk=version).defer("params").first()
    if row is None:
        return Code(is_exact=False)
    found = playable(row)
    is_exact = found.libraries_sha256 == libraries_sha256
    return Code(is_exact, folders_of(row), found.scripts, found.styles)


def folders_of(version: ContentVersion) -> dict[str, int]:
    """The libraries that it may load from, also on demand, by folder."""
    rows = version.libraries.played().select_related("library").defer("library__semantics", "library__info")
    return {row.library.name.folder: row.library_id for row in rows if row.library.may_run}


def content_asset(content: int, version: int, path: str) -> StoredFile | None:
    """A file of one version of the content."""
    files = ContentFile.objects.filter(version=version, version__content=content, path=path)
    found = files.select_related("stored").first()
    return found.stored if found else None
