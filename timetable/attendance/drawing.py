"""A check-in code drawn for a projector."""

from django.utils.safestring import SafeString, mark_safe


def qr_drawing(content: str, title: str) -> SafeString:
    """An SVG of the code, dark on white in every scheme, named for those who cannot see it."""
    import segno  # noqa: PLC0415 - processes that show no code do without it

    drawing = segno.make(content, error="m", micro=False).svg_inline(
        border=4, title=title, svgclass="check-in__code", lineclass=None, omitsize=True, light="#fff"
    )
    return mark_safe(drawing)  # noqa: S308 - drawn here; the title is escaped by segno
