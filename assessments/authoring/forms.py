"""The forms trainers fill. They check shape only: a draft may be incomplete, and says elsewhere what it lacks."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget

from assessments.kinds import plain
from assessments.models import STEM_FEATURES, GradingMethod, QuestionKind
from courses.access import authored_courses
from courses.models import CompletionRule, CoursePage, LessonPage

CHOICE_KINDS = [
    (QuestionKind.SINGLE, _("One answer is right")),
    (QuestionKind.MULTIPLE, _("Several answers may be right")),
]
RULES = [
    (CompletionRule.PASSED, _("the learner reaches the pass mark")),
    (CompletionRule.FINISHED, _("the learner hands it in, whatever the result")),
]


class RichTextField(forms.CharField):
    """Words with emphasis and lists, in the CMS's own editor."""

    def __init__(self, **kwargs):
        super().__init__(widget=get_rich_text_editor_widget(features=STEM_FEATURES), **kwargs)

    def get_bound_field(self, form, field_name):
        """Name the editor for those who do not see its label."""
        self.widget.options = self.widget.options | {"ariaLabel": str(self.label)}
        return super().get_bound_field(form, field_name)

    def to_python(self, value):
        """An editor that holds no word holds nothing."""
        value = super().to_python(value)
        return value if plain(value) else ""


class BeginQuizForm(forms.Form):
    """A new quiz: its title and its course."""

    title = forms.CharField(
        label=_("Title"), max_length=150, help_text=_("For staff. Learners read the title of the lesson.")
    )
    course = forms.ModelChoiceField(label=_("Course"), queryset=CoursePage.objects.none(), empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = authored_courses(user)


class QuizForm(forms.Form):
    """The rules of a quiz, and its words in the language of the course."""

    title = forms.CharField(label=_("Title for staff"), max_length=150)
    completion_rule = forms.ChoiceField(
        label=_("The quiz is done when"), choices=RULES, widget=forms.RadioSelect
    )
    pass_mark = forms.IntegerField(
        label=_("Pass mark in per cent"),
        min_value=1,
        max_value=100,
        error_messages={
            "min_value": _("Choose a pass mark from 1 to 100 per cent."),
            "max_value": _("Choose a pass mark from 1 to 100 per cent."),
        },
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts allowed"), min_value=0, max_value=100, help_text=_("0 for no limit.")
    )
    grading_method = forms.ChoiceField(label=_("What counts"), choices=GradingMethod.choices)
    shuffle_options = forms.BooleanField(
        label=_("Shuffle the options for each attempt"),
        required=False,
        help_text=_("Leave this off where options refer to each other, like “all of the above”."),
    )
    learner_title = forms.CharField(
        label=_("Title for learners"),
        max_length=150,
        required=False,
        help_text=_("Empty: learners read the title of the lesson."),
    )
    instructions = forms.CharField(
        label=_("Instructions for learners"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("What to know before beginning. Leave it empty if there is nothing."),
    )

    def clean_pass_mark(self):
        """Stored as a share of 1."""
        return Decimal(self.cleaned_data["pass_mark"]) / 100


class QuestionForm(forms.Form):
    """What every question has; options are rows of their own."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CHOICE_KINDS, widget=forms.RadioSelect)
    stem = RichTextField(label=_("Question"), required=False)
    feedback = RichTextField(
        label=_("Explanation"),
        required=False,
        help_text=_(
            "Shown with the result once the question was answered rightly, or once right answers may be seen."
        ),
    )
    points = forms.DecimalField(
        label=_("Points"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=1,
        help_text=_("What the question is worth beside the others."),
    )
    lesson = forms.ModelChoiceField(
        label=_("Lesson to read again"),
        queryset=LessonPage.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Learners who answer wrongly are sent there."),
    )

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lesson"].queryset = LessonPage.objects.descendant_of(course).order_by("path")
        self.fields["lesson"].label_from_instance = lambda lesson: lesson.draft_title


class OptionForm(forms.Form):
    """One row: words, whether it is right, what to say to those who choose it."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    text = forms.CharField(
        label=_("Option"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}),
    )
    correct = forms.BooleanField(label=_("Right"), required=False)
    feedback = forms.CharField(
        label=_("Feedback to those who choose it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}),
    )


class BaseOptionFormSet(forms.BaseFormSet):
    """Rows in the order the author gave them; a row without words and feedback is a spare one."""

    def rows(self) -> list[dict]:
        """The rows that say something, in order."""
        said = []
        for place, form in enumerate(self.forms):
            data = getattr(form, "cleaned_data", None) or {}
            if data.get("DELETE") or not (data.get("text") or data.get("feedback") or data.get("key")):
                continue
            said.append((data.get("ORDER") or place + 1, place, data))
        return [data for _order, _place, data in sorted(said, key=lambda row: row[:2])]


def option_formset(extra: int):
    """Rows for the options, with some spare ones for browsers without JavaScript."""
    return forms.formset_factory(
        OptionForm, formset=BaseOptionFormSet, extra=extra, max_num=20, can_order=True, can_delete=True
    )


class TrueFalseForm(QuestionForm):
    """A statement that is true or false."""

    answer = forms.ChoiceField(
        label=_("The statement is"),
        choices=[("true", _("True")), ("false", _("False"))],
        widget=forms.RadioSelect,
    )
    feedback_true = forms.CharField(
        label=_("Feedback to those who say “true”"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}),
    )
    feedback_false = forms.CharField(
        label=_("Feedback to those who say “false”"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"}),
    )
    field_order = ["stem", "answer", "feedback_true", "feedback_false", "feedback", "points", "lesson"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["kind"]
        self.fields["stem"].label = _("Statement")


class QuizWordsForm(forms.Form):
    """Title and instructions of a quiz in another language."""

    title = forms.CharField(label=_("Title for learners"), max_length=150, required=False)
    instructions = forms.CharField(
        label=_("Instructions for learners"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class QuestionWordsForm(forms.Form):
    """The words of a question in another language: the same options under the same keys."""

    stem = RichTextField(label=_("Question"), required=False)
    feedback = RichTextField(label=_("Explanation"), required=False)

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = [option["key"] for option in options]
        for key in self.keys:
            self.fields[f"text-{key}"] = OptionForm.base_fields["text"].__deepcopy__({})
            self.fields[f"feedback-{key}"] = OptionForm.base_fields["feedback"].__deepcopy__({})

    def option_words(self) -> dict:
        """The words of the options by key."""
        return {
            key: {
                "text": self.cleaned_data[f"text-{key}"],
                "feedback": self.cleaned_data[f"feedback-{key}"],
            }
            for key in self.keys
        }
