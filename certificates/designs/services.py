"""What staff do with designs. A version, once published, is never changed: awards are printed with it."""

import hashlib
import json

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from certificates.designs.exchange import imported, renamed
from certificates.designs.trials import publish_problems
from certificates.models import Design, DesignVersion, Picture
from certificates.paper.design import read
from certificates.paper.errors import DesignRefused
from certificates.paper.pictures import normalized
from certificates.paper.shipped import NAMES, text_of
from certificates.refusing import said_all
from foundation.audit import services as audit
from foundation.audit.models import Entry

SHIPPED = {
    "completion": "Certificate of completion",
    "participation": "Certificate of participation",
    "diploma": "LL.M. diploma",
}


class DesignNotReady(Exception):
    """A design cannot be published; `problems` are sentences."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(" ".join(problems))


class DraftChanged(Exception):
    """Somebody else has saved the draft meanwhile; `who` is named where it is known."""

    def __init__(self, design: Design):
        last = Entry.objects.about(design).order_by("-number").first()
        self.who, self.when = last.actor_label if last else "", design.changed_at
        super().__init__(self.who)


@transaction.atomic
def ship_designs() -> None:
    """Bring the system's designs, and newer versions of them while staff have not changed them. Safe to repeat."""
    for name in NAMES:
        content = json.loads(text_of(name))
        design, is_new = Design.objects.get_or_create(
            shipped_as=name, defaults={"name": _free_name(SHIPPED[name]), "draft": content}
        )
        newest = design.versions.order_by("-number").first()
        untouched = newest is None or (newest.by_id is None and design.draft == newest.content)
        if is_new or (untouched and newest and newest.content != content):
            Design.objects.filter(pk=design.pk).update(draft=content)
            _append(design, content, by=None, note="")


def _free_name(wanted: str) -> str:
    taken = set(Design.objects.values_list("name", flat=True))
    return next(name for name in (wanted, *(f"{wanted} ({n})" for n in range(2, 1000))) if name not in taken)


@transaction.atomic
def create(name: str, content: dict, *, by: User) -> Design:
    """A new design that begins as a copy of this content."""
    read(content)
    design = Design.objects.create(name=name, draft=content)
    audit.record(by, "certificates.add_design", design, after={"name": name})
    return design


def digest_of(content: dict) -> str:
    """By which a draft is known again: what the designer saw when she began."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def save_draft(design: Design, content: dict, *, by: User, seen: str = "") -> None:
    """Keep what staff are working on, unless it is no longer the draft they had `seen`. Safe to repeat.

    Raises DesignRefused for what could never be drawn, and DraftChanged.
    """
    read(content)
    design = Design.objects.select_for_update().get(pk=design.pk)
    if design.draft == content:
        return
    if seen and seen != digest_of(design.draft):
        raise DraftChanged(design)
    design.draft = content
    design.save(update_fields=["draft", "changed_at"])
    audit.record(by, "certificates.change_design", design, after={"elements": len(content["elements"])})


@transaction.atomic
def save_apart(design: Design, content: dict, *, by: User) -> Design:
    """Keep somebody's work as a design of its own, beside a draft that somebody else has saved."""
    return create(_free_name(f"{design.name[:50]} ({by.full_name[:40]})"), content, by=by)


@transaction.atomic
def rename(design: Design, name: str, *, by: User) -> None:
    """Call a design something else. Safe to repeat."""
    before = design.name
    if before == name:
        return
    design.name = name
    design.save(update_fields=["name", "changed_at"])
    audit.record(by, "certificates.change_design", design, before={"name": before}, after={"name": name})


def publish(design: Design, *, by: User, note: str = "") -> DesignVersion:
    """Let awards be printed with the draft from now on. Raises DesignNotReady with every sentence that says why not.

    Safe to repeat: a draft that is published already gives that version.
    """
    checked = Design.objects.get(pk=design.pk).draft
    if problems := publish_problems(checked):
        raise DesignNotReady(problems)
    with transaction.atomic():
        held = Design.objects.select_for_update().get(pk=design.pk)
        newest = held.versions.order_by("-number").first()
        if newest and newest.content == checked:
            return newest
        version = _append(held, checked, by=by, note=note)
        audit.record(
            by, "certificates.publish_design", design, reason=note, after={"version": version.number}
        )
    return version


def _append(design: Design, content: dict, *, by: User | None, note: str) -> DesignVersion:
    last = design.versions.aggregate(last=Max("number"))["last"] or 0
    version = DesignVersion.objects.create(design=design, number=last + 1, content=content, by=by, note=note)
    version.pictures.set(Picture.objects.filter(sha256__in=read(content).assets))
    return version


@transaction.atomic
def restore(version: DesignVersion, *, by: User, reason: str) -> None:
    """Make an earlier version the draft again; it counts once it is published. Safe to repeat."""
    design = Design.objects.select_for_update().get(pk=version.design_id)
    if design.draft == version.content:
        return
    design.draft = version.content
    design.save(update_fields=["draft", "changed_at"])
    audit.record(by, "certificates.restore_design", design, reason=reason, after={"version": version.number})


@transaction.atomic
def retire_design(design: Design, *, by: User, reason: str) -> None:
    """Offer this design no more. Award types that have it keep it. Safe to repeat."""
    _stand(design, timezone.now() if design.retired_at is None else design.retired_at, by, reason)


@transaction.atomic
def reinstate_design(design: Design, *, by: User, reason: str) -> None:
    """Offer a retired design again. Safe to repeat."""
    _stand(design, None, by, reason)


def _stand(design: Design, retired_at, by: User, reason: str) -> None:
    before = Design.objects.select_for_update().get(pk=design.pk).retired_at
    if before == retired_at:
        return
    design.retired_at = retired_at
    Design.objects.filter(pk=design.pk).update(retired_at=retired_at)
    verb = "retire_design" if retired_at else "reinstate_design"
    audit.record(by, f"certificates.{verb}", design, reason=reason, after={"retired": bool(retired_at)})


def keep_picture(data: bytes) -> Picture:
    """Keep a picture for papers, once however often it comes. Raises certificates.paper.pictures.NotAPicture."""
    kept, width, height = normalized(data)
    digest = hashlib.sha256(kept).hexdigest()
    return Picture.objects.get_or_create(
        sha256=digest, defaults={"data": kept, "width": width, "height": height}
    )[0]


@transaction.atomic
def import_design(name: str, data: bytes, *, by: User) -> Design:
    """A new design from a file. Raises certificates.designs.exchange.ImportRefused; then nothing is kept."""
    content, found = imported(data)
    names = {called: keep_picture(picture).sha256 for called, picture in found.items()}
    design = Design.objects.create(name=name, draft=renamed(content, names))
    audit.record(by, "certificates.import_design", design, after={"name": name})
    return design


def refusal_of(content: dict) -> list[str]:
    """Why this could never be drawn; empty if it could."""
    try:
        read(content)
    except DesignRefused as refused:
        return said_all(refused.problems)
    return []
