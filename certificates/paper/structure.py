"""The structure tree: what a screen reader meets, in reading order, and the way back to it from each mark on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportlab.pdfbase import pdfdoc

Mark = tuple[int, int]  # the page, and the number of the marked stretch on it
Reference = pdfdoc.PDFObjectReference


@dataclass(eq=False)
class Element:
    """A node of the structure tree: a paragraph, a heading, a figure, or what holds others, such as a table."""

    tag: str
    language: str = ""
    alternative: str = ""
    actual: str = ""  # what is read aloud where glyphs of two directions stand in one line
    box: tuple[float, float, float, float] | None = None
    marks: list[Mark] = field(default_factory=list)
    widget: Reference | None = None  # a form field instead of marks on a page
    scope: str = ""  # Row or Column: which cells a head of a table speaks for
    columns: int = 1
    summary: str = ""  # what a table is about
    kids: list[Element] = field(default_factory=list)

    def add(self, element: Element) -> Element:
        """The element, as the last of those this one holds."""
        self.kids.append(element)
        return element


def structure(
    document: pdfdoc.PDFDocument, pages: list[Reference], elements: list[Element]
) -> pdfdoc.PDFDictionary:
    """The tree: one Document with the elements in reading order. A page's key is its number; a field's comes last."""
    root, body = pdfdoc.PDFDictionary({}), pdfdoc.PDFDictionary({})
    root_reference, body_reference = document.Reference(root), document.Reference(body)
    marks: list[dict[int, Reference]] = [{} for _page in pages]
    fields: list[Reference] = []
    kids = [_written(document, pages, one, body_reference, marks, fields) for one in elements]
    body.dict |= {
        "Type": pdfdoc.PDFName("StructElem"),
        "S": pdfdoc.PDFName("Document"),
        "P": root_reference,
        "K": pdfdoc.PDFArray(kids),
    }
    ways_back: list[object] = []
    for number, parents in enumerate(marks):
        by_mark = document.Reference(pdfdoc.PDFArray([parents[mark] for mark in sorted(parents)]))
        ways_back += [number, by_mark]
    for widget in fields:
        ways_back += [len(pages), widget]
    root.dict |= {
        "Type": pdfdoc.PDFName("StructTreeRoot"),
        "K": body_reference,
        "ParentTree": document.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(ways_back)})),
        "ParentTreeNextKey": len(ways_back) // 2,
    }
    return root_reference


def _written(document, pages, element: Element, parent, marks, fields) -> Reference:
    """The element and all that it holds, in the document."""
    entries = pdfdoc.PDFDictionary({})
    reference = document.Reference(entries)
    kids = [_written(document, pages, kid, reference, marks, fields) for kid in element.kids]
    entries.dict |= _entries(element, parent, pages, kids)
    for page, mark in element.marks:
        marks[page][mark] = reference
    if element.widget:
        fields.append(reference)
    return reference


def _entries(element: Element, parent, pages, kids) -> dict:
    entries = {"Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(element.tag), "P": parent}
    own = element.marks[0][0] if element.marks else 0
    if element.marks or element.widget:
        entries["Pg"] = pages[own]
    if element.widget:
        entries["K"] = pdfdoc.PDFDictionary(
            {"Type": pdfdoc.PDFName("OBJR"), "Obj": element.widget, "Pg": pages[own]}
        )
    else:
        said = [mark if page == own else _elsewhere(pages[page], mark) for page, mark in element.marks]
        entries["K"] = pdfdoc.PDFArray([*said, *kids])
    for name, value in (
        ("Lang", element.language),
        ("Alt", element.alternative),
        ("ActualText", element.actual),
    ):
        if value:
            entries[name] = pdfdoc.PDFString(value)
    if attributes := _attributes(element):
        entries["A"] = pdfdoc.PDFDictionary(attributes)
    return entries


def _elsewhere(page, mark: int) -> pdfdoc.PDFDictionary:
    """A mark on another page than that on which its element begins."""
    return pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("MCR"), "Pg": page, "MCID": mark})


def _attributes(element: Element) -> dict:
    if element.box:
        box = pdfdoc.PDFArray(list(element.box))
        return {"O": pdfdoc.PDFName("Layout"), "Placement": pdfdoc.PDFName("Block"), "BBox": box}
    if element.tag == "L":
        return {"O": pdfdoc.PDFName("List"), "ListNumbering": pdfdoc.PDFName("None")}
    cell: dict[str, object] = {}
    if element.scope:
        cell["Scope"] = pdfdoc.PDFName(element.scope)
    if element.columns > 1:
        cell["ColSpan"] = element.columns
    if element.summary:
        cell["Summary"] = pdfdoc.PDFString(element.summary)
    return {"O": pdfdoc.PDFName("Table")} | cell if cell else {}
