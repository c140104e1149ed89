"""The pages that are not teaching: home, standard pages, people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks import body_blocks, route_blocks
from cms.search import words_of

# What every page has: words are translated, the address stays the same in all languages.
PAGE_TRANSLATION = [
    TranslatableField("title"),
    TranslatableField("summary"),
    TranslatableField("seo_title"),
    TranslatableField("search_description"),
    SynchronizedField("slug"),
    SynchronizedField("show_in_menus"),
]


class BasePage(Page):
    """What every page of the site has: one plain sentence that says what it is for."""

    summary = models.CharField(
        _("summary"),
        max_length=250,
        blank=True,
        help_text=_("One plain sentence, shown in lists and to search engines."),
    )

    class Meta:
        abstract = True

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("search_words")]

    def search_words(self):
        """All words of the page as search compares them; cms.search says how."""
        return words_of(self)


class HomePage(BasePage):
    """The front door."""

    statement = models.CharField(
        _("who we are"),
        max_length=250,
        help_text=_("One sentence that tells a visitor who we are and what we teach."),
    )
    routes = StreamField(route_blocks(), blank=True, verbose_name=_("routes"))
    body = StreamField(body_blocks(), blank=True, verbose_name=_("body"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("statement"),
        FieldPanel("routes"),
        FieldPanel("body"),
    ]
    translatable_fields = [
        *PAGE_TRANSLATION,
        TranslatableField("statement"),
        TranslatableField("routes"),
        TranslatableField("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.StandardPage", "cms.PeopleIndexPage", "courses.CourseIndexPage"]

    class Meta:
        verbose_name = _("home page")


class StandardPage(BasePage):
    """A page of text: about, privacy, accessibility."""

    body = StreamField(body_blocks(), blank=True, verbose_name=_("body"))

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    translatable_fields = [*PAGE_TRANSLATION, TranslatableField("body")]
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]

    class Meta:
        verbose_name = _("standard page")


class PeopleIndexPage(BasePage):
    """The list of experts and tutors."""

    translatable_fields = PAGE_TRANSLATION
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PersonPage"]

    class Meta:
        verbose_name = _("people page")

    def get_context(self, request, *args, **kwargs):
        """The people below it, by name."""
        people = PersonPage.objects.child_of(self).live().select_related("photo").order_by("title")
        return super().get_context(request, *args, **kwargs) | {"people": people}


class PersonPage(BasePage):
    """An expert or tutor as the public sees them."""

    position = models.CharField(_("position"), max_length=200, blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    photo = models.ForeignKey(
        "cms.LmsImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    biography = RichTextField(_("biography"), features=["bold", "italic", "link", "ul"], blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("position"),
        FieldPanel("organization"),
        FieldPanel("photo"),
        FieldPanel("biography"),
    ]
    translatable_fields = [
        *PAGE_TRANSLATION,
        TranslatableField("position"),
        TranslatableField("organization"),
        SynchronizedField("photo"),
        TranslatableField("biography"),
    ]
    parent_page_types = ["cms.PeopleIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("person")
