"""The forms of authors. They check shape only: a draft may be incomplete, and says elsewhere what it lacks."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser

from assessments.assignments.access import usable_rubrics
from assessments.file_types import FILE_TYPE_CHOICES
from assessments.models import INSTRUCTION_FEATURES, Accepts, Disagreement, Rubric
from assessments.models.lines import plain
from courses.access import authored_courses, can_create_course
from courses.models import CompletionRule, CoursePage

RULES = [
    (CompletionRule.PASSED, _("the mark reaches the pass mark")),
    (CompletionRule.FINISHED, _("the learner hands it in, whatever the mark")),
]
DOCUMENTS = 5


class InstructionsField(forms.CharField):
    """Words with headings, emphasis and lists, in the CMS's own editor."""

    def __init__(self, **kwargs):
        super().__init__(widget=get_rich_text_editor_widget(features=INSTRUCTION_FEATURES), **kwargs)

    def get_bound_field(self, form, field_name):
        """Name the editor for those who do not see its label."""
        self.widget.options = self.widget.options | {"ariaLabel": str(self.label)}
        return super().get_bound_field(form, field_name)

    def to_python(self, value):
        """An editor that holds no word holds nothing."""
        value = super().to_python(value)
        return value if plain(value) else ""


class PercentField(forms.DecimalField):
    """Typed in per cent, kept as a share of 1."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=100, decimal_places=1, **kwargs)

    def prepare_value(self, value):
        """The share as it is typed."""
        if isinstance(value, Decimal):
            return f"{(value * 100).normalize():f}"
        return value

    def clean(self, value):
        """What was typed as a share."""
        value = super().clean(value)
        return None if value is None else value / 100


class AssignmentForm(forms.Form):
    """What is asked, how it is handed in and how it is marked."""

    title = forms.CharField(label=_("Title for staff"), max_length=150)
    learner_title = forms.CharField(
        label=_("Title for learners"),
        max_length=150,
        required=False,
        help_text=_("Empty: learners read the title of the lesson."),
    )
    instructions = InstructionsField(label=_("Instructions"), required=False)

    accepts = forms.ChoiceField(
        label=_("What is handed in"), choices=Accepts.choices, widget=forms.RadioSelect
    )
    min_words = forms.IntegerField(label=_("Fewest words"), required=False, min_value=1, max_value=200_000)
    max_words = forms.IntegerField(label=_("Most words"), required=False, min_value=1, max_value=200_000)
    max_files = forms.IntegerField(label=_("Most files"), min_value=1, max_value=20)
    max_megabytes = forms.IntegerField(label=_("Most MB a file"), min_value=1, max_value=200)
    file_types = forms.MultipleChoiceField(
        label=_("Types of file"),
        choices=FILE_TYPE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A file is checked by its content, not by its name."),
    )
    by_group = forms.BooleanField(
        label=_("Work groups hand in together"),
        required=False,
        help_text=_("One member hands in and all have it. The work groups are made in each edition."),
    )

    completion_rule = forms.ChoiceField(label=_("It is done when"), choices=RULES, widget=forms.RadioSelect)
    pass_mark = PercentField(label=_("Pass mark in per cent"))
    rubric = forms.ModelChoiceField(
        label=_("Rubric"),
        queryset=Rubric.objects.none(),
        required=False,
        empty_label=_("None: the marker gives points"),
        help_text=_(
            "What it says now is kept with this assignment; later changes come in when you choose so."
        ),
    )
    max_points = forms.DecimalField(
        label=_("Points"),
        min_value=Decimal("0.5"),
        max_value=9999,
        decimal_places=2,
        help_text=_("What the best work earns where no rubric says so."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Markers do not see names"),
        required=False,
        help_text=_("They see a code until the mark is released. Names inside a text or a file stay."),
    )
    marker_count = forms.TypedChoiceField(
        label=_("Markers"), coerce=int, choices=[(1, _("One")), (2, _("Two, blind to each other"))]
    )
    difference_limit = PercentField(
        label=_("Largest difference between two markers, in per cent"),
        help_text=_("Up to it the mean of both counts."),
    )
    on_disagreement = forms.ChoiceField(label=_("Beyond it counts"), choices=Disagreement.choices)

    accepts_late = forms.BooleanField(label=_("Late work is accepted"), required=False)
    late_penalty = PercentField(
        label=_("Taken off for each day begun, in per cent"), help_text=_("Of the full mark. 0: nothing.")
    )
    late_days = forms.IntegerField(
        label=_("Days late at most"), min_value=0, max_value=365, help_text=_("0: until it closes.")
    )
    compares = forms.BooleanField(
        label=_("Compare what is handed in"),
        required=False,
        help_text=_("Shows markers which passages two submissions to this assignment share."),
    )
    documents = forms.ModelMultipleChoiceField(queryset=get_document_model().objects.all(), required=False)

    GROUPS = [
        (_("Instructions"), ["title", "learner_title", "instructions"]),
        (
            _("Handing in"),
            ["accepts", "min_words", "max_words", "max_files", "max_megabytes", "file_types", "by_group"],
        ),
        (_("Late work"), ["accepts_late", "late_penalty", "late_days"]),
        (
            _("Marking"),
            [
                *("completion_rule", "pass_mark", "rubric", "max_points", "is_anonymous"),
                *("marker_count", "difference_limit", "on_disagreement", "compares"),
            ],
        ),
    ]

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        now = self.initial.get("rubric")
        usable = usable_rubrics(course)
        self.fields["rubric"].queryset = usable | Rubric.objects.filter(pk=now) if now else usable
        chooser = AdminDocumentChooser()
        self.choosers = [
            chooser.render("documents", document, {"id": f"id_documents_{place}"})
            for place, document in enumerate(self._documents())
        ]
        self.chooser_media = chooser.media

    def _documents(self):
        """The documents chosen, and some empty places."""
        chosen = self.data.getlist("documents") if self.is_bound else self.initial.get("documents", [])
        return [*[document for document in chosen if document], *[None] * DOCUMENTS][:DOCUMENTS]

    def full_clean(self):
        """Places left empty are none."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data.setlist("documents", [pk for pk in self.data.getlist("documents") if pk])
        super().full_clean()

    @property
    def groups(self):
        """The fields as the screen shows them."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    @property
    def media(self):
        """With what the choosers need."""
        return super().media + self.chooser_media

    def clean(self):
        """Say what does not fit together."""
        data = super().clean()
        if data.get("completion_rule") == CompletionRule.PASSED and data.get("pass_mark") == 0:
            self.add_error("pass_mark", _("Choose a pass mark from 1 to 100 per cent."))
        return data


class AssignmentWordsForm(forms.Form):
    """Title and instructions in another language."""

    title = forms.CharField(label=_("Title for learners"), max_length=150, required=False)
    instructions = InstructionsField(label=_("Instructions"), required=False)


class BeginRubricForm(forms.Form):
    """A new rubric: its name, whose it is, the language it is written in."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("For staff."))
    course = forms.ModelChoiceField(label=_("Course"), queryset=CoursePage.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["course"]
        field.queryset = authored_courses(user)
        if can_create_course(user):
            field.empty_label = _("Every course")
        else:
            field.required, field.empty_label = True, None
