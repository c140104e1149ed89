"""Teams, who stands against whom on which side, and who speaks when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moots.models.moots import Moot, Round, Side


class TeamQuerySet(models.QuerySet):
    """Selects teams."""

    def standing(self):
        """Teams that have not been dissolved."""
        return self.filter(dissolved_at=None)


class Team(models.Model):
    """Some learners who plead together, under a name and a code that gives nothing away."""

    moot = models.ForeignKey(Moot, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code"), max_length=8, editable=False)
    cohort = models.ForeignKey(
        "enrolments.Cohort", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    dissolved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["moot", "code"], name="team_codes_are_unique_in_a_moot"),
            models.UniqueConstraint(
                fields=["moot", "name"],
                condition=Q(dissolved_at=None),
                name="one_team_per_name",
                violation_error_message=_("Another team of this moot court has this name."),
            ),
        ]

    def __str__(self):
        return self.name


class TeamMemberQuerySet(models.QuerySet):
    """Selects memberships."""

    def current(self):
        """Those who are in a team now."""
        return self.filter(left_at=None)


class TeamMember(models.Model):
    """A learner in a team, from one moment to another."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    # Copied from the team, so that the database itself holds that nobody is in two teams.
    moot = models.ForeignKey(Moot, on_delete=models.PROTECT, related_name="+", editable=False)
    enrolment = models.ForeignKey(
        "enrolments.Enrolment", on_delete=models.PROTECT, related_name="moot_memberships"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["moot", "enrolment"], condition=Q(left_at=None), name="in_one_team_of_a_moot"
            )
        ]

    def __str__(self):
        return self.enrolment.person.full_name


class Pairing(models.Model):
    """Teams that stand against each other in a round; in an oral round, one hearing."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="pairings")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True, help_text=_("A room or a link."))
    # Memorials went to the other sides then, by the job or by staff.
    exchanged_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The coordinator let the judges see each other's scores before all had handed in.
    scores_opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="pairings_of_a_round_are_numbered")
        ]

    def __str__(self):
        return f"{self.round} · {self.number}"


class Appearance(models.Model):
    """A team on one side of a pairing."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="appearances")
    # Copied from the pairing, so that the database itself holds that a team stands once in a round.
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="appearances", editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="appearances")
    side = models.CharField(_("side"), max_length=12, choices=Side)

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["pairing", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pairing", "side"], name="one_team_a_side"),
            models.UniqueConstraint(fields=["round", "team"], name="a_team_appears_once_in_a_round"),
        ]

    def __str__(self):
        return f"{self.team} · {self.get_side_display()}"


class TurnKind(models.TextChoices):
    """What a turn at speaking is."""

    MAIN = "main", _("Main pleading")
    REBUTTAL = "rebuttal", _("Rebuttal")


class Turn(models.Model):
    """One turn at speaking in a hearing; a speaker is named by the team or by staff."""

    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="turns")
    speaker = models.ForeignKey(
        TeamMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="turns",
        verbose_name=_("speaker"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=TurnKind, default=TurnKind.MAIN)
    order = models.PositiveSmallIntegerField(_("order"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("turn at speaking")
        verbose_name_plural = _("turns at speaking")
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.order} · {self.appearance}"
