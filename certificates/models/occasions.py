"""What an award is for where it is no enrolment."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OccasionKind(models.TextChoices):
    """What somebody did, or asked for, that an award or a paper is given for."""

    PROGRAMME = "programme", _("Programme")
    PAPER = "paper", _("Paper asked for")
    PAST = "past", _("Past award")


class Occasion(models.Model):
    """What an award is for where it is no enrolment: a programme somebody followed, a paper asked for, a past award.

    Whoever makes one chooses its key, so that the same thing asked for twice is one occasion.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=OccasionKind)
    # Nobody for past awards of people who have no account.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="award_occasions",
        verbose_name=_("person"),
    )
    # By language; what stands where an award of a course names the course.
    titles = models.JSONField(_("title"), default=dict)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("occasion of an award")
        verbose_name_plural = _("occasions of awards")
        ordering = ["pk"]
        default_permissions = ["view"]

    def __str__(self):
        return self.title_in(settings.LANGUAGE_CODE)

    def title_in(self, language: str) -> str:
        """The title in a language, or else in English, or else in the first one it has."""
        return self.titles.get(language) or self.titles.get("en") or next(iter(self.titles.values()), "")
