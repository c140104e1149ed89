"""Pictures in a document: signatures, marks of partners, whatever a design brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from reportlab.pdfbase import pdfdoc

from certificates.paper.pictures import opened
from certificates.paper.streams import Stream

if TYPE_CHECKING:
    from certificates.paper.sheet import Sheet


def place(sheet: Sheet, data: bytes, box: tuple[float, float, float, float], align: str = "centre") -> None:
    """Draw the picture as large as it fits into the box (left, bottom, right, top); call it inside a tag."""
    picture = opened(data)
    left, bottom, right, top = box
    scale = min((right - left) / picture.width, (top - bottom) / picture.height)
    width, height = picture.width * scale, picture.height * scale
    x = left + (right - left - width) * {"left": 0, "centre": 0.5, "right": 1}[align]
    y = bottom + (top - bottom - height) / 2
    operator = sheet.picture(data, lambda document: _stream(picture, document))
    sheet.code(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm {operator} Q")


def proportions(data: bytes) -> float:
    """Width over height."""
    picture = opened(data)
    return picture.width / picture.height


def _stream(picture: Image.Image, document: pdfdoc.PDFDocument) -> Stream:
    red, green, blue, alpha = picture.split()
    entries = _entries(picture, "DeviceRGB")
    if alpha.getextrema() != (255, 255):
        entries["SMask"] = document.Reference(Stream(alpha.tobytes(), _entries(picture, "DeviceGray")))
    return Stream(Image.merge("RGB", (red, green, blue)).tobytes(), entries)


def _entries(picture: Image.Image, colours: str) -> dict:
    return {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "ColorSpace": pdfdoc.PDFName(colours),
        "BitsPerComponent": 8,
    }
