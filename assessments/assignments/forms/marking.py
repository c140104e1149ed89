"""What a marker sends."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from assessments.assignments.services import Marks
from assessments.models import Marking
from assessments.rubrics import posted_choices
from enrolments.admin_views.forms import ReasonForm

LONGEST_COMMENT = 20_000


class MarksForm(forms.Form):
    """Points and comment; the levels of a rubric come beside it (`assessments.rubrics.posted_choices`)."""

    points = forms.DecimalField(
        label=_("Points"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    comment = forms.CharField(
        label=_("Comment on the whole"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def __init__(self, data=None, *, content: dict | None, most: Decimal, marking: Marking | None = None):
        super().__init__(
            data, initial={"points": marking.points, "comment": marking.comment} if marking else {}
        )
        self.content = content
        if content:
            del self.fields["points"]
        else:
            self.fields["points"].max_value = most
            self.fields["points"].help_text = _("Of %(most)s.") % {"most": f"{most.normalize():f}"}

    def marks(self) -> Marks:
        """What was sent; points that are no number are none yet."""
        self.is_valid()
        choices, comments = posted_choices(self.content, self.data) if self.content else ({}, {})
        return Marks(
            choices=choices,
            comments=comments,
            points=self.cleaned_data.get("points"),
            comment=self.cleaned_data.get("comment", ""),
        )


class ReopenForm(ReasonForm):
    """Until when, and why."""

    until = forms.DateTimeField(
        label=_("To be handed in until"),
        widget=AdminDateTimeInput,
        help_text=_("In time until then, whatever the dates of the assignment. Your time zone."),
    )
    field_order = ["until", "reason"]

    def __init__(self, *args, **kwargs):
        week = timezone.localtime(timezone.now() + timedelta(days=7)).replace(hour=23, minute=59, second=0)
        super().__init__(*args, initial={"until": week.replace(microsecond=0)}, **kwargs)
