"""The page tree of what is taught."""

from django.core.validators import MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager, PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks import PROSE_FEATURES
from cms.models import PAGE_TRANSLATION, BasePage
from courses.blocks import lesson_blocks
from courses.models.content import CourseContentPage
from courses.panels import CurrentOrChosenPanel, priority_label, result_label


class Level(models.TextChoices):
    """How much a learner should know beforehand."""

    INTRODUCTORY = "introductory", _("Introductory")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


class AwardKind(models.TextChoices):
    """What a course promises those who complete it."""

    NONE = "", _("No award")
    PARTICIPATION = "participation", _("Certificate of participation")
    COMPLETION = "completion", _("Certificate of completion")
    DIPLOMA = "diploma", _("Diploma or degree")
    TRAINER = "trainer", _("Trainer certificate")
    OTHER = "other", _("Another award")


class CourseQuerySet(PageQuerySet):
    """Selects courses."""

    def canonical(self):
        """Each course once: the page in its source language."""
        return self.filter(models.Q(source_locale=None) | models.Q(source_locale=models.F("locale")))


class CoursePage(CourseContentPage):
    """A course: what it is for and, below it in the tree, its units and lessons."""

    source_locale = models.ForeignKey(
        "wagtailcore.Locale",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("source language"),
    )
    introduction = RichTextField(
        _("introduction"),
        features=PROSE_FEATURES,
        blank=True,
        help_text=_(
            "Two or three paragraphs: what the course is about and why it matters to those it is for."
        ),
    )
    image = models.ForeignKey(
        "cms.LmsImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    outcomes = StreamField(
        [("outcome", blocks.CharBlock(label=_("Outcome"), max_length=250, icon="check"))],
        blank=True,
        verbose_name=_("what you will be able to do"),
        help_text=_(
            "Three to six short statements. Begin each with a verb: “Trace …”, “Draft …”, “Explain …”."
        ),
    )
    audience = ParentalManyToManyField(
        "portfolio.Profession", blank=True, related_name="+", verbose_name=_("audience")
    )
    prerequisites = models.TextField(
        _("before you start"),
        blank=True,
        help_text=_("What a learner should know or have done. Leave empty if nothing."),
    )
    workload_hours = models.DecimalField(
        _("workload in hours"),
        max_digits=5,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_(
            "All the time a learner needs, reading and quizzes included. It is printed on the certificate."
        ),
    )
    level = models.CharField(_("level"), max_length=14, choices=Level, default=Level.INTRODUCTORY)
    themes = ParentalManyToManyField(
        "portfolio.Theme", blank=True, related_name="+", verbose_name=_("themes")
    )
    priorities = ParentalManyToManyField(
        "portfolio.Priority", blank=True, related_name="+", verbose_name=_("strategic priorities")
    )
    expected_results = ParentalManyToManyField(
        "portfolio.ExpectedResult", blank=True, related_name="+", verbose_name=_("expected results")
    )
    sdgs = ParentalManyToManyField(
        "portfolio.SustainableGoal",
        blank=True,
        related_name="+",
        verbose_name=_("sustainable development goals"),
    )
    donors = ParentalManyToManyField(
        "portfolio.Donor", blank=True, related_name="+", verbose_name=_("donors")
    )
    partners = ParentalManyToManyField(
        "portfolio.Partner", blank=True, related_name="+", verbose_name=_("partners")
    )
    project = models.ForeignKey(
        "portfolio.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("project"),
    )
    office = models.ForeignKey(
        "portfolio.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("office"),
    )
    award_kind = models.CharField(
        _("award offered"),
        max_length=14,
        choices=AwardKind,
        blank=True,
        default="",
        help_text=_(
            "What the course page promises. The course goes live only if an award of this kind can be given."
        ),
    )
    is_restricted = models.BooleanField(
        _("restricted"),
        default=False,
        help_text=_("Seen only by people enrolled, invited or nominated, and by staff of the course."),
    )

    objects = PageManager.from_queryset(CourseQuerySet)()

    subpage_types = ["courses.UnitPage"]
    parent_page_types = ["courses.CourseIndexPage"]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("outcomes"),
        index.SearchField("theme_names"),
    ]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("outcomes"),
        FieldPanel("image"),
    ]
    audience_panels = [
        FieldPanel("audience", widget=CheckboxSelectMultiple),
        FieldPanel("level"),
        FieldPanel("workload_hours"),
        FieldPanel("prerequisites"),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
        FieldPanel("award_kind"),
        FieldPanel("is_restricted"),
    ]
    reporting_panels = [
        CurrentOrChosenPanel("priorities", label=priority_label),
        CurrentOrChosenPanel("expected_results", label=result_label),
        FieldPanel("sdgs", widget=CheckboxSelectMultiple),
        MultiFieldPanel(
            [FieldPanel("project"), FieldPanel("donors"), FieldPanel("partners"), FieldPanel("office")]
        ),
    ]
    team_panels = [
        InlinePanel("team_members", label=_("team member"), heading=_("People shown on the course page"))
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(audience_panels, heading=_("For whom")),
            ObjectList(reporting_panels, heading=_("Reporting")),
            ObjectList(team_panels, heading=_("Team")),
            ObjectList(BasePage.promote_panels, heading=_("Address")),
        ]
    )
    translatable_fields = [
        *PAGE_TRANSLATION,
        TranslatableField("introduction"),
        TranslatableField("outcomes"),
        TranslatableField("prerequisites"),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *(
                    "workload_hours",
                    "level",
                    "award_kind",
                    "is_restricted",
                    "audience",
                    "themes",
                    "priorities",
                ),
                *("expected_results", "sdgs", "donors", "partners", "project", "office"),
            )
        ),
        SynchronizedField("image"),
        SynchronizedField("team_members"),
    ]
    template = "courses/course_page.html"
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("course")

    @cached_property
    def canonical(self):
        """The translation learner facts point at: the one in the course's source language."""
        if self.source_locale_id in (None, self.locale_id):
            return self
        return self.get_translation_or_none(self.source_locale) or self

    @property
    def is_canonical(self):
        """Whether this page is the one learner facts point at."""
        return self.canonical.pk == self.pk

    def theme_names(self):
        """The names of its themes in every language, for search."""
        return [name for theme in self.themes.all() for name in (theme.name, *theme.names.values())]

    def _set_core_field_defaults(self):
        """A course begins in the language it is written in."""
        super()._set_core_field_defaults()
        if self.source_locale_id is None:
            self.source_locale = self.locale

    def get_latest_title(self):
        """The title as last saved, published or not."""
        return self.draft_title or self.title

    @property
    def course(self):
        """Itself: whatever belongs to a course can be asked for it."""
        return self

    def preview_units(self):
        """Units with their lessons as the author last saved them, for the preview."""
        return [
            (latest(unit), [latest(lesson) for lesson in unit.get_children()]) for unit in self.get_children()
        ]


def latest(page):
    """A page as last saved, published or not."""
    return page.specific.get_latest_revision_as_object()


class CourseTeamMember(Orderable):
    """Somebody of the people pages who teaches or answers for the course."""

    course = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="team_members")
    person = models.ForeignKey(
        "cms.PersonPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    duty = models.CharField(_("duty"), max_length=120, blank=True)

    panels = [FieldPanel("person"), FieldPanel("duty")]


class CoursePart(CourseContentPage):
    """What units and lessons share: they belong to a course."""

    # The address is the course's affair: no tab full of search engine fields.
    promote_panels = [FieldPanel("slug")]

    class Meta:
        abstract = True

    @cached_property
    def course(self):
        """The course this is part of, in the same language."""
        return CoursePage.objects.ancestor_of(self).get()

    @cached_property
    def canonical(self):
        """The same part in the course's source language."""
        source = self.course.source_locale_id
        if source in (None, self.locale_id):
            return self
        return (
            type(self).objects.filter(translation_key=self.translation_key, locale_id=source).first() or self
        )

    def serve(self, request, *args, **kwargs):
        """Not read here: the course page says how to get in, and the classroom shows it to those who are."""
        return redirect(self.course.get_url(request) or "/")


class UnitPage(CoursePart):
    """A unit: a few lessons that belong together."""

    template = "courses/unit_page.html"
    admin_default_ordering = "ord"
    translatable_fields = PAGE_TRANSLATION

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("unit")


class LessonPage(CoursePart):
    """A lesson: something to read, and what to do with it."""

    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=15, help_text=_("Time a learner needs, in minutes.")
    )
    body = StreamField(lesson_blocks(), blank=True, verbose_name=_("body"))

    content_panels = [*BasePage.content_panels, FieldPanel("minutes"), FieldPanel("body")]
    translatable_fields = [*PAGE_TRANSLATION, SynchronizedField("minutes"), TranslatableField("body")]
    template = "courses/lesson_page.html"
    parent_page_types = ["courses.UnitPage"]
    subpage_types = []
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
