"""Papers of students: which were asked for, by whom, and on which occasion they were issued."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.models.students import Student


class StudentPaper(models.Model):
    """A paper of a student: a transcript, a letter, the diploma. What it says is frozen in its award."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="papers")
    occasion = models.OneToOneField(
        "certificates.Occasion", on_delete=models.PROTECT, related_name="student_paper"
    )
    is_diploma = models.BooleanField(_("diploma"), default=False)
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("paper of a student")
        verbose_name_plural = _("papers of students")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=Q(is_diploma=True), name="one_diploma_per_student"
            )
        ]

    def __str__(self):
        return f"{self.occasion} · {self.student.person}"
