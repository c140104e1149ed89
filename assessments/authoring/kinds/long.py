"""Writing what a person marks, an essay; and what is only read, a case with its questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments import kinds
from assessments.assignments.access import usable_rubrics
from assessments.authoring.fields import PlainField, RichTextField
from assessments.authoring.kinds.base import Editor, QuestionForm, RowForm, Table
from assessments.drafts import arrange_parts
from assessments.models import QuestionKind, Rubric
from assessments.rubrics import pinned_version

FILE_TYPES = [
    ("pdf", _("PDF")),
    ("docx", _("Word (DOCX)")),
    ("odt", _("OpenDocument text (ODT)")),
    ("xlsx", _("Excel (XLSX)")),
    ("pptx", _("PowerPoint (PPTX)")),
    ("txt", _("Plain text (TXT)")),
    ("jpg", _("Photograph (JPG)")),
    ("png", _("Picture (PNG)")),
]


def count_field(label, most, **kwargs):
    """A whole number that may be left out."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, **kwargs)


class EssayForm(QuestionForm):
    """Text, files, limits, and what markers should know."""

    text = forms.ChoiceField(
        label=_("A text"),
        choices=[
            ("required", _("must be written")),
            ("optional", _("may be written")),
            ("none", _("is not asked for: files only")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    min_words = count_field(_("Fewest words"), 50_000, help_text=_("Empty: no limit."))
    max_words = count_field(_("Most words"), 50_000, help_text=_("Empty: no limit."))
    files = count_field(_("Files allowed"), 10, help_text=_("0: no files."))
    files_required = count_field(_("Files required"), 10)
    file_types = forms.MultipleChoiceField(
        label=_("Kinds of file"),
        choices=FILE_TYPES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Judged by what is in the file, not by its name."),
    )
    file_mb = forms.IntegerField(
        label=_("Largest file in megabytes"), min_value=1, max_value=100, required=False
    )
    template = PlainField(
        label=_("Text to begin from"),
        rows=4,
        max_length=10_000,
        required=False,
        help_text=_("Stands in the answer at first: headings, the beginning of a letter."),
    )
    notes_for_markers = RichTextField(
        label=_("Notes for markers"),
        required=False,
        help_text=_("What a good answer holds. Learners never see it."),
    )
    rubric = forms.ModelChoiceField(
        label=_("Rubric"),
        queryset=Rubric.objects.none(),
        required=False,
        empty_label=_("None: the marker gives points"),
        help_text=_(
            "What it says when the question is saved is kept with it; the best levels earn all its points."
        ),
    )
    rules = (
        "text",
        "min_words",
        "max_words",
        "files",
        "files_required",
        "file_types",
        "file_mb",
        "template",
        "notes_for_markers",
        "rubric",
    )

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, desk=desk, **kwargs)
        now = self.initial.get("rubric")
        usable = usable_rubrics(desk.course)
        self.fields["rubric"].queryset = usable | Rubric.objects.filter(pk=now) if now else usable


class EssayEditor(Editor):
    """An essay has rules and no parts."""

    kind = QuestionKind.ESSAY
    form_class = EssayForm

    def initial(self):
        """With the rules most essays have."""
        usual = {
            "text": "required",
            "files": 0,
            "files_required": 0,
            "file_types": ["pdf", "docx"],
            "file_mb": 10,
        }
        extra = {name: self.text.extra.get(name, "") for name in ("template", "notes_for_markers")}
        pinned = self.question.rubric_version
        return (
            super().initial()
            | usual
            | self.question.settings
            | extra
            | {"rubric": pinned and pinned.rubric_id}
        )

    def pin(self):
        """The rubric as it stands now."""
        chosen = self.form.cleaned_data["rubric"]
        self.question.rubric_version = pinned_version(chosen) if chosen else None

    def write(self, text, data):
        """Rules and words."""
        self.question.options = []
        self.question.settings = {
            "text": data["text"] or "required",
            "min_words": data["min_words"],
            "max_words": data["max_words"],
            "files": data["files"] or 0,
            "files_required": data["files_required"] or 0,
            "file_types": data["file_types"],
            "file_mb": data["file_mb"] or 10,
        }
        text.extra = {name: data[name] for name in ("template", "notes_for_markers")}


class CaseForm(QuestionForm):
    """A case is read: it has no explanation, no hint and no points of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stem"].label = _("The case")
        self.fields["stem"].help_text = _(
            "Facts, exhibits, pictures, links to documents: all that its questions are about."
        )
        for name in ("feedback", "hint", "points"):
            self.fields.pop(name, None)


class PartForm(RowForm):
    """One question of the case, and what it is worth."""

    points = forms.DecimalField(
        label=_("Points"), min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False
    )
    words = ()
    tools = ("points",)
    says = ("key",)

    @property
    def question(self):
        """The question of the row."""
        return self.initial.get("question")


class CaseEditor(Editor):
    """The stimulus, and its questions in order. A question is added on a screen of its own."""

    kind = QuestionKind.CASE
    form_class = CaseForm
    template = "assessments/authoring/kinds/_case.html"
    tables = (Table("parts", PartForm, _("Questions about the case"), "", first=0, spare=0),)

    @property
    def part_kinds(self):
        """The kinds a question about a case can be of."""
        return [kind for kind in kinds.KINDS.values() if kind.is_answerable]

    def rows_of(self, prefix):
        """The questions with their points."""
        return [
            {"key": str(part.question_id), "points": part.points.normalize(), "question": part.question}
            for part in (self.question.parts.select_related("question") if self.question.pk else ())
        ]

    def fill(self):
        """Without explanation and hint."""
        self.form.cleaned_data |= {"feedback": "", "hint": ""}
        super().fill()

    def write(self, text, data):
        """Order and points of the questions; those taken out leave the case and stay in the bank."""
        self.question.options, self.question.settings = [], {}
        rows = self.bound[0].rows()
        points = {str(part.question_id): part.points for part in self.question.parts.all()}
        arrange_parts(
            self.question,
            [
                (int(row["key"]), points[row["key"]] if row["points"] is None else row["points"])
                for row in rows
                if row["key"] in points
            ],
        )
