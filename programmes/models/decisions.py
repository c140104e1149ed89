"""What the committee decided, the letters that said so, and the places that were offered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models.editions import Mode


class DecisionOutcome(models.TextChoices):
    """What the committee can decide."""

    ADMIT = "admit", _("Admit")
    CONDITIONAL = "conditional", _("Admit on conditions")
    WAITING = "waiting", _("Waiting list")
    NOT_ADMITTED = "not_admitted", _("Do not admit")


OFFERS_A_PLACE = (DecisionOutcome.ADMIT, DecisionOutcome.CONDITIONAL)


class DecisionQuerySet(models.QuerySet):
    """Selects decisions."""

    def standing(self):
        """Those that no later one replaces."""
        return self.filter(replaced_by=None)

    def open(self):
        """Those that may still be changed."""
        return self.standing().filter(frozen_at=None)


class Decision(models.Model):
    """What the committee decided on an application. A change is a new row that names the one it replaces."""

    application = models.ForeignKey(
        "programmes.Application", on_delete=models.PROTECT, related_name="decisions"
    )
    # The database itself refuses two first decisions, and two that replace the same one.
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    outcome = models.CharField(_("decision"), max_length=12, choices=DecisionOutcome)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    waiting_rank = models.PositiveIntegerField(_("rank on the waiting list"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(_("letter sent"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(replaces=None), name="one_first_decision_per_application"
            ),
            models.CheckConstraint(
                condition=Q(outcome="waiting", waiting_rank__isnull=False)
                | ~Q(outcome="waiting") & Q(waiting_rank=None),
                name="the_waiting_list_has_ranks",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None, frozen_by=None)
                | Q(frozen_at__isnull=False, frozen_by__isnull=False),
                name="somebody_freezes_a_decision",
            ),
        ]

    def __str__(self):
        return f"{self.application} · {self.get_outcome_display()}"


class ConditionQuerySet(models.QuerySet):
    """Selects conditions."""

    def unmet(self):
        """Those still to be met."""
        return self.filter(met_at=None)


class Condition(models.Model):
    """What somebody admitted on conditions has to bring, and by when."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conditions")
    text = models.CharField(_("condition"), max_length=500)
    due_on = models.DateField(_("to be met by (that day included)"))
    met_at = models.DateTimeField(_("met"), null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    met_reason = models.CharField(_("how it was met"), max_length=500, blank=True)
    document = models.ForeignKey(
        "programmes.DocumentVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document that shows it"),
    )

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition of an admission")
        verbose_name_plural = _("conditions of admissions")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.text


class LetterOccasion(models.TextChoices):
    """What a letter says."""

    ADMIT = "admit", _("Admission")
    CONDITIONAL = "conditional", _("Admission on conditions")
    WAITING = "waiting", _("Waiting list")
    NOT_ADMITTED = "not_admitted", _("No admission")
    MOVED_UP = "moved_up", _("A place from the waiting list")


class LetterTemplate(models.Model):
    """The words of a letter in one language; where there is none, the site's own words are used."""

    call = models.ForeignKey("programmes.Call", on_delete=models.PROTECT, related_name="letter_templates")
    occasion = models.CharField(_("letter"), max_length=12, choices=LetterOccasion)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=180)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("template of a letter")
        verbose_name_plural = _("templates of letters")
        ordering = ["occasion", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "occasion", "language"], name="one_template_per_letter_and_language"
            )
        ]

    def __str__(self):
        return f"{self.get_occasion_display()} · {self.get_language_display()}"


class LetterRun(models.Model):
    """All letters of a call sent by one action."""

    call = models.ForeignKey("programmes.Call", on_delete=models.PROTECT, related_name="letter_runs")
    # Sent with the form: a second click finds the first run instead of making another.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("sending of letters")
        verbose_name_plural = _("sendings of letters")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.call} · {self.sent_at:%Y-%m-%d}"


class Letter(models.Model):
    """A letter as it went out, word for word. It never changes."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    run = models.ForeignKey(
        LetterRun, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    occasion = models.CharField(_("letter"), max_length=12, choices=LetterOccasion)
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    written_at = models.DateTimeField(auto_now_add=True)
    handed_over_at = models.DateTimeField(_("handed to the post"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "occasion"], name="one_letter_per_decision_and_occasion"
            )
        ]

    def __str__(self):
        return self.subject


class OfferQuerySet(models.QuerySet):
    """Selects offered places."""

    def unanswered(self):
        """Those that wait for an answer."""
        return self.filter(accepted_at=None, declined_at=None, ended_at=None)

    def holding(self):
        """Those that take a place: waiting for an answer, or accepted and not yet or still a student."""
        return self.filter(declined_at=None, ended_at=None)


class Offer(models.Model):
    """A place offered to somebody until a moment. At most one stands for an application."""

    class Ending(models.TextChoices):
        """How an offer ended without the person's word."""

        LAPSED = "lapsed", _("Not answered in time")
        WITHDRAWN = "withdrawn", _("Withdrawn by the coordinator")
        APPLICATION_WITHDRAWN = "application", _("The application was withdrawn")

    application = models.ForeignKey("programmes.Application", on_delete=models.PROTECT, related_name="offers")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="offer")
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    offered_at = models.DateTimeField(auto_now_add=True)
    # Nobody, where the waiting list moved up by itself.
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_by = models.DateTimeField(_("to be answered by"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=12, choices=Ending, blank=True)
    end_reason = models.CharField(_("reason"), max_length=500, blank=True)
    student = models.OneToOneField(
        "programmes.Student", on_delete=models.PROTECT, null=True, blank=True, related_name="offer"
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offered place")
        verbose_name_plural = _("offered places")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(declined_at=None, ended_at=None),
                name="one_standing_offer_per_application",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="an_offer_is_answered_one_way",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="an_offer_ends_for_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.application} · {self.get_mode_display()}"
