"""The bench: who judges, what each judge scored alone, what the bench gave as its reasons, what was released."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moots.models.moots import Moot
from moots.models.teams import Appearance, Pairing, TeamMember


class BenchSeatQuerySet(models.QuerySet):
    """Selects seats."""

    def taken(self):
        """Those whose judge has not been relieved."""
        return self.filter(relieved_at=None)


class BenchSeat(models.Model):
    """A judge of one pairing."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="bench_seats",
        verbose_name=_("judge"),
    )
    seated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seated_at = models.DateTimeField(auto_now_add=True)
    # Set when every card of the judge is handed in, emptied when they are reopened.
    handed_in_at = models.DateTimeField(null=True, blank=True, editable=False)
    relieved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BenchSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat on the bench")
        verbose_name_plural = _("seats on the bench")
        ordering = ["seated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "person"], condition=Q(relieved_at=None), name="one_seat_a_judge"
            )
        ]

    def __str__(self):
        return f"{self.person} · {self.pairing}"


class ScoreCardQuerySet(models.QuerySet):
    """Selects score cards."""

    def standing(self):
        """Those that no later one has replaced."""
        return self.filter(replaced_at=None)

    def at(self, moment):
        """Those that counted at a moment."""
        kept = Q(replaced_at=None) | Q(replaced_at__gt=moment)
        return self.filter(kept, handed_in_at__lte=moment)


class ScoreCard(models.Model):
    """What one judge gives one memorial or one speaker: a draft until handed in, then never changed."""

    seat = models.ForeignKey(BenchSeat, on_delete=models.PROTECT, related_name="cards")
    appearance = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="cards")
    # Who spoke; empty where the memorial is scored.
    speaker = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, blank=True, related_name="cards"
    )
    # As assessments.rubrics knows them: levels and comments by the keys of criteria.
    choices = models.JSONField(_("levels"), default=dict)
    comments = models.JSONField(_("comments"), default=dict)
    note = models.TextField(_("note"), blank=True)
    # Counts saves, so that an older one from another device never overwrites a newer.
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ScoreCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("score card")
        verbose_name_plural = _("score cards")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "appearance", "speaker"],
                condition=Q(replaced_at=None),
                name="one_card_a_speaker_and_judge",
            ),
            models.UniqueConstraint(
                fields=["seat", "appearance"],
                condition=Q(replaced_at=None, speaker=None),
                name="one_card_a_memorial_and_judge",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(score__isnull=False), name="a_card_handed_in_has_a_score"
            ),
        ]

    def __str__(self):
        return f"{self.seat} · {self.appearance}"


class Reasons(models.Model):
    """What the bench says of one team. Every text is kept; the newest is read."""

    appearance = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="reasons")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reasons")
        verbose_name_plural = _("reasons")
        ordering = ["appearance", "number"]
        constraints = [models.UniqueConstraint(fields=["appearance", "number"], name="reasons_are_numbered")]

    def __str__(self):
        return f"{self.appearance} · {self.number}"


class Release(models.Model):
    """Results told to everybody. What counted then is worked out from what was handed in by then."""

    moot = models.ForeignKey(Moot, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField(_("number"))
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Why results change; the first release needs none.
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("release of results")
        verbose_name_plural = _("releases of results")
        ordering = ["moot", "number"]
        constraints = [models.UniqueConstraint(fields=["moot", "number"], name="releases_are_numbered")]

    def __str__(self):
        return f"{self.moot} · {self.number}"


class MemberResult(models.Model):
    """What a member of a team was told, and the attempt that carries it into the gradebook."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="results")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="results")
    score = models.DecimalField(max_digits=4, decimal_places=3)
    attempt = models.ForeignKey(
        "learning.Attempt", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("result of a member")
        verbose_name_plural = _("results of members")
        constraints = [
            models.UniqueConstraint(fields=["release", "member"], name="one_result_a_member_and_release")
        ]

    def __str__(self):
        return f"{self.member} · {self.score}"
