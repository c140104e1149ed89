"""What makes a document archival (PDF/A-3) and accessible (PDF/UA-1): metadata, colour space, structure tree."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from certificates.paper.enclosing import add_attachments, add_signature_field
from certificates.paper.enclosures import NOTHING, Enclosures
from certificates.paper.streams import Stream
from certificates.paper.structure import Element, structure

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
{identifier}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
{extension}
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
# PDF/A wants every property outside its own list described.
EXTENSION = """<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
PRODUCER = "ReportLab PDF Library"


@dataclass(frozen=True)
class Metadata:
    """What a document says of itself; the moment is passed in, so that the same input gives the same bytes."""

    title: str
    author: str
    subject: str
    language: str
    moment: datetime
    creator: str = "Learning platform"
    identifier: str = ""  # where others find out whether the document holds

    @property
    def pdf_date(self) -> str:
        """The moment as PDF writes it."""
        return self.moment.strftime("D:%Y%m%d%H%M%SZ")

    @property
    def xmp_date(self) -> str:
        """The moment as XMP writes it."""
        return self.moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")


class ArchivalCatalog(pdfdoc.PDFCatalog):
    """ReportLab's document root with the entries it lacks."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF", "Perms"]
    __Refs__ = pdfdoc.PDFCatalog.__NoDefault__


class TaggedPage(pdfdoc.PDFPage):
    """ReportLab's page with the entries that tie it to the structure tree."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


def archive(
    document: pdfdoc.PDFDocument,
    metadata: Metadata,
    elements: list[Element],
    forms: dict,
    enclosures: Enclosures = NOTHING,
) -> None:
    """Add all that an archive and a screen reader need to a finished document; a signature goes to page one."""
    catalog = document.Catalog
    catalog.__class__ = ArchivalCatalog
    catalog.Lang = pdfdoc.PDFString(metadata.language)
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": pdfdoc.PDFtrue})
    catalog.Metadata = _xmp(metadata)
    catalog.OutputIntents = pdfdoc.PDFArray([_output_intent(document)])
    pages = [_tied(document, page, number, forms) for number, page in enumerate(document.Pages.pages)]
    references = [document.Reference(page) for page in pages]
    if enclosures.signature:
        widget = add_signature_field(document, references[0], enclosures.signature, len(pages))
        pages[0].Annots = pdfdoc.PDFArray([widget])
        elements = [*elements, Element("Form", metadata.language, widget=widget)]
    add_attachments(document, enclosures.attachments, pdfdoc.PDFString(metadata.pdf_date))
    catalog.StructTreeRoot = structure(document, references, elements)
    _describe(document, metadata)


def _tied(document, page, number: int, forms: dict) -> TaggedPage:
    """A page with its drawings, tied to the structure tree by its number."""
    page = document.idToObject[page.name] if isinstance(page, pdfdoc.PDFObjectReference) else page
    page.__class__ = TaggedPage
    page.Contents = Stream(page.stream.encode("ascii"))
    page.XObjects = pdfdoc.PDFDictionary(forms) if forms else None
    page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
    return page


def _describe(document: pdfdoc.PDFDocument, metadata: Metadata) -> None:
    moment, stamp, info = metadata.moment, document._timeStamp, document.info
    stamp.YMDhms, stamp.dhh, stamp.dmm = tuple(moment.timetuple())[:6], 0, 0
    info.title, info.author, info.subject = metadata.title, metadata.author, metadata.subject
    info.creator, info.producer = metadata.creator, PRODUCER


def _xmp(metadata: Metadata) -> Stream:
    words = {
        name: escape(getattr(metadata, name))
        for name in ("title", "author", "subject", "language", "creator")
    }
    words["identifier"] = (
        f"<dc:identifier>{escape(metadata.identifier)}</dc:identifier>\n" if metadata.identifier else ""
    )
    packet = XMP.format(date=metadata.xmp_date, producer=PRODUCER, extension=EXTENSION, **words)
    entries = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    return Stream(packet.encode("utf-8"), entries, compressed=False)


def _output_intent(document: pdfdoc.PDFDocument) -> pdfdoc.PDFDictionary:
    profile = Stream(srgb_profile(), {"N": 3})
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )


@cache
def srgb_profile() -> bytes:
    """A version 2 ICC profile of sRGB's primaries and curve, made by us so that it is the same everywhere."""
    curve = struct.pack(">4s4xI", b"curv", 1024) + struct.pack(">1024H", *map(_srgb_curve, range(1024)))
    tags = {
        b"desc": struct.pack(">4s4xI", b"desc", 5) + b"sRGB\0" + bytes(4 + 4 + 2 + 1 + 67),
        b"cprt": b"text" + bytes(4) + b"No copyright\0",
        b"wtpt": _xyz(0.95045, 1.0, 1.08905),
        b"rXYZ": _xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": _xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": _xyz(0.14307, 0.06061, 0.71410),
        b"rTRC": curve,
    }
    body, directory, offset = b"", [], 128 + 4 + 12 * (len(tags) + 2)
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        names = (b"rTRC", b"gTRC", b"bTRC") if name == b"rTRC" else (name,)
        directory += [struct.pack(">4sII", each, offset + len(body), len(data)) for each in names]
        body += padded
    table = struct.pack(">I", len(directory)) + b"".join(directory)
    header = struct.pack(
        ">I4xI4s4s4s6H4s28xIII48x",
        128 + len(table) + len(body), 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp",
        0x0000F6D6, 0x00010000, 0x0000D32D,
    )  # fmt: skip
    return header + table + body


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


def _srgb_curve(step: int) -> int:
    value = step / 1023
    linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return round(linear * 65535)
