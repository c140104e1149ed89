"""Who was nominated by which partner: the spreadsheet that named people, and the applications begun from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from enrolments.models import TableFile
from programmes.models.applications import Application
from programmes.models.calls import Call


class NominationList(TableFile):
    """A partner's spreadsheet of people for whom applications are to be begun."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="nomination_lists")
    partner = models.ForeignKey(
        "portfolio.Partner", on_delete=models.PROTECT, related_name="+", verbose_name=_("partner")
    )

    class Meta:
        verbose_name = _("list of nominations")
        verbose_name_plural = _("lists of nominations")
        ordering = ["-created_at", "-pk"]
        default_permissions = []


class Nomination(models.Model):
    """That an application was begun because a partner named the person."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="nomination")
    nomination_list = models.ForeignKey(NominationList, on_delete=models.PROTECT, related_name="nominations")
    line = models.PositiveIntegerField(_("line"))

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["nomination_list", "line"]
        default_permissions = []

    def __str__(self):
        return _("%(file)s, line %(line)s") % {"file": self.nomination_list, "line": self.line}
