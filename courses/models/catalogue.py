"""The pages courses are found on: the catalogue's place in the tree, and programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks import PROSE_FEATURES, body_blocks
from cms.models import PAGE_TRANSLATION, BasePage


class CourseIndexPage(BasePage):
    """The catalogue's place in the tree; `catalogue` answers for it."""

    introduction = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    translatable_fields = [*PAGE_TRANSLATION, TranslatableField("introduction")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.ProgrammePage", "courses.CoursePage"]

    class Meta:
        verbose_name = _("catalogue page")


class ProgrammePage(BasePage):
    """Presents an academic programme; `programmes` runs it."""

    introduction = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)
    qualification = models.CharField(_("qualification"), max_length=150, blank=True)
    duration = models.CharField(_("duration"), max_length=150, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    calendar = models.CharField(_("calendar"), max_length=250, blank=True)
    body = StreamField(body_blocks(), blank=True, verbose_name=_("body"))
    courses = ParentalManyToManyField(
        "courses.CoursePage", blank=True, related_name="programmes", verbose_name=_("courses")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("qualification"),
                FieldPanel("duration"),
                FieldPanel("place"),
                FieldPanel("calendar"),
            ],
            heading=_("Facts"),
        ),
        FieldPanel("body"),
        FieldPanel("courses"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    translatable_fields = [
        *PAGE_TRANSLATION,
        TranslatableField("introduction"),
        TranslatableField("qualification"),
        TranslatableField("duration"),
        TranslatableField("place"),
        TranslatableField("calendar"),
        TranslatableField("body"),
        SynchronizedField("courses"),
    ]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("programme")
