"""A moot court of an edition: its rules, its rounds, its case file, and the activity by which results are graded."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import KeptFile
from assessments.models.lines import percentage
from courses.models import Activity, CompletionRule

SHARE = {"max_digits": 4, "decimal_places": 3, "validators": [MinValueValidator(0), MaxValueValidator(1)]}


class Side(models.TextChoices):
    """For whom a team speaks."""

    PROSECUTION = "prosecution", _("Prosecution")
    DEFENCE = "defence", _("Defence")
    VICTIMS = "victims", _("Victims’ representatives")


class BenchRule(models.TextChoices):
    """How the scores of several judges become one."""

    MEAN = "mean", _("The mean of all judges")
    TRIMMED = "trimmed", _("The mean without the highest and the lowest, where three or more judges scored")


class TieRule(models.TextChoices):
    """What decides between teams whose results are equal."""

    ORAL = "oral", _("The better oral part, then the better written part")
    WRITTEN = "written", _("The better written part, then the better oral part")
    SHARED = "shared", _("Nothing: they share the place")


class MootActivity(Activity):
    """A moot court as something to do in a course. Its result comes when the court is released."""

    KIND = "moot"
    classroom_template = "moots/_moot_in_lesson.html"

    class Meta:
        verbose_name = _("moot court")
        verbose_name_plural = _("moot courts")

    @classmethod
    def begin(cls, **fields):
        """A new one with the rule most have; not saved."""
        return cls(completion_rule=CompletionRule.FINISHED, **fields)

    def grade(self, attempts):
        """The score that was released last, 0 to 1; None before."""
        return next((one.score for one in reversed(list(attempts)) if one.score is not None), None)

    def what_to_do(self, lesson, *, needed, have):
        """One sentence for the list of what is left in a course."""
        return gettext(
            "Take part in the moot court in “%(lesson)s”; its results are released to all at once."
        ) % {"lesson": lesson}

    def comparison(self):
        """What it says, line by line, so that two states of it can be laid side by side."""
        return [
            (gettext("Title"), self.title),
            (gettext("Complete when"), self.get_completion_rule_display()),
            (gettext("Pass mark"), percentage(self.pass_mark)),
        ]

    def publish_problems(self):
        """What is missing before learners may meet it."""
        if self.needs_pass and not self.pass_mark:
            return [gettext("The moot court “%(moot)s” needs a pass mark above 0.") % {"moot": self.title}]
        return []


class Moot(models.Model):
    """A moot court, held once in an edition by the rules it publishes."""

    edition = models.ForeignKey(
        "enrolments.Edition", on_delete=models.PROTECT, related_name="moots", verbose_name=_("edition")
    )
    activity = models.ForeignKey(
        MootActivity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moots",
        verbose_name=_("activity in the course"),
        help_text=_("Results reach the gradebook through it. Empty: they stay here."),
    )
    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Used in addresses."))
    title = models.CharField(_("title"), max_length=150)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("What participants read first.")
    )

    is_anonymous = models.BooleanField(
        _("anonymous"),
        default=True,
        help_text=_(
            "Opponents and judges see the code of a team instead of its name until results are released."
        ),
    )
    written_rubric = models.ForeignKey(
        "assessments.RubricVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rubric for memorials"),
    )
    oral_rubric = models.ForeignKey(
        "assessments.RubricVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rubric for pleadings"),
    )
    written_weight = models.DecimalField(
        _("weight of the written part"),
        default=Decimal("0.5"),
        help_text=_("From 0 to 1; the oral part has the rest."),
        **SHARE,
    )
    bench_rule = models.CharField(
        _("judges together"), max_length=8, choices=BenchRule, default=BenchRule.MEAN
    )
    tie_rule = models.CharField(_("equal results"), max_length=8, choices=TieRule, default=TieRule.ORAL)
    final_decides = models.BooleanField(
        _("the final decides"),
        default=True,
        help_text=_(
            "Its teams rank first, by the final alone. Otherwise the final counts as one more oral round."
        ),
    )
    speaker_weight = models.DecimalField(
        _("weight of one’s own pleading"),
        default=Decimal(0),
        help_text=_(
            "How much of a member’s result is their own as a speaker, from 0 to 1; the rest is the team’s."
        ),
        **SHARE,
    )

    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Participants see nothing of it before.
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The memorials may be read by those who take part in a moot court that was copied from this one.
    archive_opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("moot court")
        verbose_name_plural = _("moot courts")
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return self.title

    @property
    def oral_weight(self):
        """What is left for the oral part."""
        return 1 - self.written_weight

    @property
    def time_zone(self):
        """The zone its deadlines are meant in."""
        return self.edition.time_zone


class RoundKind(models.TextChoices):
    """What is done in a round."""

    WRITTEN = "written", _("Written: memorials")
    ORAL = "oral", _("Oral: pleadings")
    FINAL = "final", _("Final: pleadings")


class Round(models.Model):
    """One round: memorials handed in by a deadline, or pleadings on a day."""

    moot = models.ForeignKey(Moot, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=RoundKind)
    weight = models.DecimalField(
        _("weight"),
        max_digits=5,
        decimal_places=2,
        default=1,
        validators=[MinValueValidator(0)],
        help_text=_("Among the rounds of its part: written or oral."),
    )
    opens_at = models.DateTimeField(
        _("opens"),
        null=True,
        blank=True,
        help_text=_("When teams learn against whom they stand. Empty: at once."),
    )
    memorials_due_at = models.DateTimeField(_("memorials due"), null=True, blank=True)
    minutes_per_speaker = models.PositiveSmallIntegerField(_("minutes a speaker"), default=15)
    rebuttal_minutes = models.PositiveSmallIntegerField(
        _("minutes of rebuttal"), default=5, help_text=_("0: there is none.")
    )
    speakers_per_side = models.PositiveSmallIntegerField(
        _("speakers a side"), default=2, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["moot", "number"]
        constraints = [
            models.UniqueConstraint(fields=["moot", "number"], name="rounds_of_a_moot_are_numbered"),
            models.CheckConstraint(
                condition=~Q(kind=RoundKind.WRITTEN) | Q(memorials_due_at__isnull=False),
                name="a_written_round_has_a_deadline",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_written(self):
        """Whether memorials are handed in; otherwise it is pleaded."""
        return self.kind == RoundKind.WRITTEN


class CaseDocumentQuerySet(models.QuerySet):
    """Selects parts of a case file."""

    def standing(self):
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def released(self, now):
        """Those that may be read at a moment."""
        return self.standing().filter(released_at__lte=now)


class CaseDocument(models.Model):
    """A part of the case file: a text, files, or both; read from a set time on, by all or by one side alone."""

    moot = models.ForeignKey(Moot, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), blank=True)
    side = models.CharField(
        _("for"), max_length=12, choices=Side, blank=True, help_text=_("Empty: for all sides.")
    )
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("round"),
        help_text=_("For one side: the round in which it stands there. Empty: any round."),
    )
    released_at = models.DateTimeField(_("read from"))
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CaseDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of the case file")
        verbose_name_plural = _("parts of case files")
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return self.title


class CaseFile(KeptFile):
    """A file of the case."""

    document = models.ForeignKey(CaseDocument, on_delete=models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")
