"""Designs as the rest of the app asks for them: which version an award is printed with, and its pictures."""

from collections.abc import Iterable

from certificates.models import AwardType, Design, DesignVersion, Picture
from certificates.paper.design import Design as Drawable
from certificates.paper.design import read
from certificates.paper.shipped import shipped

# What awards are printed with whose type names no design, and those issued before there were designs.
FALLBACK = "completion"


def printed_with(award_type: AwardType) -> DesignVersion | None:
    """The version that an award of this type issued now is printed with."""
    chosen = {"pk": award_type.design_id} if award_type.design_id else {"shipped_as": FALLBACK}
    designs = Design.objects.filter(**chosen)
    return DesignVersion.objects.filter(design__in=designs).order_by("-number").first()


def drawable(version: DesignVersion | None) -> Drawable:
    """A version, ready to be drawn."""
    return read(version.content) if version else shipped(FALLBACK)


def pictures(names: Iterable[str]) -> dict[str, bytes]:
    """These pictures, by their SHA-256."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    return {picture.sha256: bytes(picture.data) for picture in Picture.objects.filter(sha256__in=wanted)}
