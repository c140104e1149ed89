"""Writing a question about a picture: its areas are drawn or typed, and each has a name."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.widgets import AdminImageChooser

from assessments.authoring.fields import NumberField, PlainField
from assessments.authoring.kinds.base import Editor, QuestionForm, RowForm, Table, feedback_field, said
from assessments.models import QuestionKind
from cms.models import LmsImage

SIDES = ("x", "y", "width", "height")


class HotspotForm(QuestionForm):
    """The picture, and how many areas may be chosen."""

    image = forms.ModelChoiceField(
        label=_("Picture"), queryset=LmsImage.objects.all(), required=False, widget=AdminImageChooser
    )
    image_alt = PlainField(
        label=_("What the picture shows"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("For those who cannot see it: enough to answer the question, but not the answer."),
    )
    several = forms.BooleanField(label=_("Several areas may be chosen"), required=False)
    rules = ("image", "image_alt", "several")


class AreaForm(RowForm):
    """One area: its name, its place in per cent of the picture, whether it is right."""

    text = PlainField(label=_("Name of the area"), required=False)
    correct = forms.BooleanField(label=_("Right"), required=False)
    x = NumberField(label=_("From the left %"), required=False)
    y = NumberField(label=_("From the top %"), required=False)
    width = NumberField(label=_("Width %"), required=False)
    height = NumberField(label=_("Height %"), required=False)
    feedback = feedback_field()
    tools = ("correct", *SIDES)


class HotspotEditor(Editor):
    """A picture with areas."""

    kind = QuestionKind.HOTSPOT
    form_class = HotspotForm
    template = "assessments/authoring/kinds/_hotspot.html"
    scripts = ("picture-areas.js",)
    tables = (
        Table(
            "areas",
            AreaForm,
            _("Areas"),
            _("Add an area"),
            _(
                "Every area needs a name: learners may choose by name instead of pointing. Names should not give the "
                "answer away."
            ),
            first=2,
        ),
    )

    def initial(self):
        """With the picture."""
        question = self.question
        return super().initial() | {
            "image": question.image_id,
            "image_alt": self.text.extra.get("image_alt", ""),
            "several": question.settings.get("several", False),
        }

    def rows_of(self, prefix):
        """The areas."""
        return [
            {
                "key": option["key"],
                "correct": option["correct"],
                **self.words_of(option["key"]),
                **option.get("shape", {}),
            }
            for option in self.question.options
        ]

    def write(self, text, data):
        """Picture and areas."""
        rows = self.bound[0].rows()
        self.question.image = data["image"]
        self.question.settings = {"several": data["several"]}
        self.question.options = [
            {"key": row["key"], "correct": row["correct"], "shape": {side: row[side] for side in SIDES}}
            for row in rows
        ]
        text.options = {row["key"]: said(row) for row in rows}
        text.extra = {"image_alt": data["image_alt"]}
