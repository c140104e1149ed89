"""A design as a file: a ZIP with the design as JSON and its pictures. What comes in is trusted in nothing."""

import io
import json
import struct
import zipfile
import zlib

from django.utils.translation import gettext as _

from certificates.designing import pictures
from certificates.paper.design import FORMAT, Design, read
from certificates.paper.errors import DesignRefused
from certificates.paper.pictures import NotAPicture, normalized
from certificates.refusing import refusal, said_all

LARGEST_FILE, LARGEST_PART, MOST_PARTS = 12 * 1024 * 1024, 6 * 1024 * 1024, 40
DESIGN = "design.json"
MOST_SENTENCES = 5
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
)


class ImportRefused(Exception):
    """The file holds no design that could be drawn; `str()` says why."""


def exported(content: dict) -> bytes:
    """The file; the same for the same design."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = {DESIGN: json.dumps(content, ensure_ascii=False, indent=1).encode()}
        parts |= {
            f"pictures/{name}.png": data for name, data in sorted(pictures(read(content).assets).items())
        }
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def imported(data: bytes) -> tuple[dict, dict[str, bytes]]:
    """The design and its pictures by the names the design calls them. Raises ImportRefused."""
    if len(data) > LARGEST_FILE:
        raise ImportRefused(_("The file is larger than 12 MB. A design is smaller."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive)
        content = json.loads(parts.pop(DESIGN))
        design = read(content)
    except UNREADABLE as problem:
        raise ImportRefused(_("This is not a file that “Export” gave: it holds no design.")) from problem
    except DesignRefused as refused:
        raise ImportRefused(" ".join(said_all(refused.problems[:MOST_SENTENCES]))) from refused
    return _normalized(content, design), _pictures_of(design, parts)


def _normalized(content: dict, design: Design) -> dict:
    """What the file says of the design and nothing else, as it was understood: what is kept."""
    elements = [
        {"kind": element.kind} | {name: element[name] for name in given if name in element.values}
        for element, given in zip(design.elements, content["elements"], strict=True)
    ]
    return {
        "format": FORMAT,
        "page": {"paper": design.paper, "orientation": design.orientation},
        "colours": {name: design.colours[name] for name in content.get("colours") or {}},
        "column": {name: _short(getattr(design.column, name)) for name in ("x", "y", "width", "height")},
        "elements": elements,
    }


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The design and the pictures, each no larger than allowed; nothing is ever written to a disk."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise ImportRefused(_("The file holds more than 40 parts. A design has fewer."))
    parts = {}
    for entry in entries:
        if entry.filename == DESIGN or entry.filename.startswith("pictures/"):
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile(entry.compress_type)
            with archive.open(entry) as part:
                parts[entry.filename] = part.read(LARGEST_PART + 1)
            if len(parts[entry.filename]) > LARGEST_PART:
                raise ImportRefused(_("A part of the file is larger than 6 MB."))
    return parts


def _pictures_of(design, parts: dict[str, bytes]) -> dict[str, bytes]:
    found = {}
    for name in design.assets:
        picture = parts.get(f"pictures/{name}.png")
        if picture is None:
            raise ImportRefused(_("The file lacks a picture that the design needs."))
        try:
            normalized(picture)
        except NotAPicture as problem:
            raise ImportRefused(refusal(problem)) from problem
        found[name] = picture
    return found


def renamed(content: dict, names: dict[str, str]) -> dict:
    """The design with its pictures called by the names they are kept under here."""
    elements = [
        element | {"asset": names[element["asset"]]} if element.get("asset") else element
        for element in content["elements"]
    ]
    return content | {"elements": elements}
