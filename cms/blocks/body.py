"""Blocks of prose pages and lessons."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.tables import TranslatableTableBlock

PROSE_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "superscript",
    "subscript",
]
SMALL_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class FigureBlock(blocks.StructBlock):
    """An image that says in words what it shows."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.TextBlock(
        label=_("Alternative text"),
        max_length=600,
        rows=2,
        help_text=_("What the image shows, for somebody who cannot see it. Required."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "cms/blocks/figure.html"


class VideoBlock(blocks.StructBlock):
    """A video with the three things that make it usable without sound, sight or a fast link."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    video = DocumentChooserBlock(label=_("Video file (MP4 or WebM)"))
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"))
    audio = DocumentChooserBlock(label=_("Audio version"), required=False)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=SMALL_FEATURES)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"


class FileBlock(blocks.StructBlock):
    """A file to download, shown with its type and size."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)
    description = blocks.CharBlock(label=_("Description"), required=False, max_length=300)

    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "cms/blocks/file.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words, with their source."""

    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(label=_("Source"), max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quotation.html"


class CalloutBlock(blocks.StructBlock):
    """A short text set apart from the prose."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("warning", _("Warning")), ("key", _("Key point"))],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "cms/blocks/callout.html"


class TableBlock(blocks.StructBlock):
    """A table with a caption, so that it can be found and understood out of context."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=250)
    table = TranslatableTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("rich", blocks.RichTextBlock(label=_("Rich text"), features=SMALL_FEATURES, required=False)),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms/blocks/table.html"


class CaseStudyBlock(blocks.StructBlock):
    """A case in four steps: what happened, the law, what to decide, what follows."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    facts = blocks.RichTextBlock(label=_("Facts"), features=SMALL_FEATURES)
    law = blocks.RichTextBlock(label=_("Law"), features=SMALL_FEATURES, required=False)
    question = blocks.RichTextBlock(label=_("Question"), features=SMALL_FEATURES)
    lesson = blocks.RichTextBlock(label=_("Lesson learned"), features=SMALL_FEATURES, required=False)

    class Meta:
        icon = "clipboard-list"
        label = _("Case study")
        template = "cms/blocks/case_study.html"


class JurisdictionBlock(blocks.StructBlock):
    """How one legal order answers the question; national tutors adapt these."""

    place = blocks.CharBlock(label=_("State, region or legal tradition"), max_length=120)
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_FEATURES)

    class Meta:
        icon = "globe"
        label = _("Jurisdiction")
        template = "cms/blocks/jurisdiction.html"


class GlossaryBlock(blocks.StructBlock):
    """A term with its meaning where it is first used."""

    term = blocks.CharBlock(label=_("Term"), max_length=120)
    definition = blocks.TextBlock(label=_("Definition"))

    class Meta:
        icon = "list-ul"
        label = _("Glossary term")
        template = "cms/blocks/glossary.html"


def body_blocks():
    """The blocks every prose page offers, lessons included."""
    return [
        (
            "heading",
            blocks.CharBlock(
                label=_("Heading"), icon="title", max_length=150, template="cms/blocks/heading.html"
            ),
        ),
        (
            "prose",
            blocks.RichTextBlock(label=_("Prose"), features=PROSE_FEATURES, template="cms/blocks/prose.html"),
        ),
        ("figure", FigureBlock()),
        ("video", VideoBlock()),
        ("file", FileBlock()),
        ("quotation", QuotationBlock()),
        ("callout", CalloutBlock()),
        ("table", TableBlock()),
        ("case_study", CaseStudyBlock()),
        ("jurisdiction", JurisdictionBlock()),
        ("glossary", GlossaryBlock()),
    ]
