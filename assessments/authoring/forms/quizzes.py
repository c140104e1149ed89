"""The rules of a quiz, and its words."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessments.authoring.fields import LineField, PlainField, RichTextField
from assessments.authoring.kinds.base import RowForm, Table
from assessments.models import GradingMethod, Quiz, Reviewable, ReviewMoment
from courses.models import CompletionRule

RULES = [
    (CompletionRule.PASSED, _("the learner reaches the pass mark")),
    (CompletionRule.FINISHED, _("the learner hands it in, whatever the result")),
]


def count_field(label, most, **kwargs):
    """A whole number."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, **kwargs)


def tick(label, help_text=""):
    """A setting that is on or off."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def shown_field(moment):
    """What learners may look at in one moment."""
    return forms.MultipleChoiceField(
        label=moment.label, choices=Reviewable.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading that can be closed."""

    name: str
    title: str
    fields: tuple[str, ...]
    help: str = ""


GROUPS = (
    Group(
        "words",
        _("Words and pass mark"),
        ("title", "learner_title", "instructions", "completion_rule", "pass_mark"),
    ),
    Group(
        "timing",
        _("Timing"),
        ("time_limit", "grace_seconds"),
        _("When it opens and closes is set for each edition, under “Dates of activities”."),
    ),
    Group("attempts", _("Attempts"), ("attempts_allowed", "hours_between", "grading_method")),
    Group(
        "layout",
        _("Pages and order"),
        ("questions_per_page", "sequential", "shuffle_questions", "shuffle_options"),
    ),
    Group("practice", _("Practice"), ("practice",)),
    Group(
        "afterwards",
        _("What learners see afterwards"),
        ("review_after", "review_later", "review_closed", "right_when_spent"),
    ),
    Group("bands", _("Overall feedback"), (), _("What is said to everybody whose result reaches a mark.")),
    Group("marking", _("Marking"), ("anonymous_marking",)),
    Group("pair", _("Before and after teaching"), ("pretest",)),
)


class RulesForm(forms.Form):
    """The rules of a quiz, and its words in the language of the course."""

    title = forms.CharField(label=_("Title for staff"), max_length=150)
    learner_title = PlainField(
        label=_("Title for learners"),
        max_length=150,
        required=False,
        help_text=_("Empty: learners read the title of the lesson."),
    )
    instructions = PlainField(
        label=_("Instructions for learners"),
        max_length=2000,
        required=False,
        rows=3,
        help_text=_("What to know before beginning. Leave it empty if there is nothing."),
    )
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
    time_limit = forms.IntegerField(
        label=_("Time limit in minutes"),
        min_value=1,
        max_value=1440,
        required=False,
        help_text=_("Empty: no limit. What was answered is handed in when the time ends."),
    )
    grace_seconds = count_field(
        _("Grace in seconds"),
        600,
        required=False,
        help_text=_("An answer on its way when the time ends still counts that long."),
    )
    attempts_allowed = count_field(_("Attempts allowed"), 100, help_text=_("0 for no limit."))
    hours_between = count_field(
        _("Hours between attempts"),
        8760,
        required=False,
        help_text=_("How long to wait before trying again."),
    )
    grading_method = forms.ChoiceField(label=_("What counts"), choices=GradingMethod.choices)
    questions_per_page = count_field(
        _("Questions on a page"),
        200,
        required=False,
        help_text=_("0 for all on one page. A section begins a new page; a case stays on one."),
    )
    sequential = tick(_("Only forwards"), _("A page that was left cannot be opened again."))
    shuffle_questions = tick(
        _("Shuffle the questions for each attempt"), _("Within each section; a case keeps its order.")
    )
    shuffle_options = tick(
        _("Shuffle the options for each attempt"),
        _("Leave this off where options refer to each other, like “all of the above”."),
    )
    practice = tick(
        _("For practice"),
        _("Learners can check each answer at once. The result counts for nothing but completion."),
    )
    review_after = shown_field(ReviewMoment.AFTER)
    review_later = shown_field(ReviewMoment.LATER)
    review_closed = shown_field(ReviewMoment.CLOSED)
    right_when_spent = tick(
        _("Show right answers once the quiz is passed or no attempt is left"),
        _("They give nothing away any more to this learner. Leave it off where others still sit the exam."),
    )
    anonymous_marking = tick(_("Hide names from markers"), _("Markers see a number instead of a name."))
    pretest = forms.ModelChoiceField(
        label=_("Post-test of"),
        queryset=Quiz.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_(
            "Random questions avoid what the learner met in that quiz, and the result shows what was gained."
        ),
    )

    def __init__(self, *args, quiz, **kwargs):
        super().__init__(*args, **kwargs)
        self.quiz = quiz
        self.fields["pretest"].queryset = Quiz.objects.filter(course=quiz.course_id).order_by("title")

    def clean_pass_mark(self):
        """Stored as a share of 1."""
        return Decimal(self.cleaned_data["pass_mark"]) / 100

    def clean_pretest(self):
        """Two quizzes cannot be one another's pre-test."""
        pretest = self.cleaned_data["pretest"]
        if pretest and pretest.pk == self.quiz.pk:
            raise forms.ValidationError(
                _("A quiz cannot be its own pre-test. Choose the quiz taken before it.")
            )
        if pretest and pretest.pretest_id == self.quiz.pk:
            raise forms.ValidationError(
                _("“%(quiz)s” is the post-test of this quiz already."), params={"quiz": pretest.title}
            )
        return pretest

    def clean(self):
        """Rules that exclude each other."""
        data = super().clean()
        if data.get("practice") and data.get("time_limit"):
            self.add_error(
                "time_limit",
                _now("Practice has no clock: leave the limit empty, or take the tick from practice."),
            )
        for moment in ReviewMoment:
            chosen = data.get(f"review_{moment}", ())
            if {Reviewable.FEEDBACK, Reviewable.RIGHT} & set(chosen) and Reviewable.ANSWERS not in chosen:
                self.add_error(
                    f"review_{moment}",
                    _now("Feedback and right answers stand beside the questions: tick the questions too."),
                )
        return data

    @property
    def values(self) -> dict:
        """What the rows of the quiz keep, without its words."""
        data = dict(self.cleaned_data)
        for name in ("learner_title", "instructions"):
            del data[name]
        for name in ("grace_seconds", "hours_between", "questions_per_page"):
            data[name] = data[name] or 0
        data["review"] = {moment.value: data.pop(f"review_{moment}") for moment in ReviewMoment}
        return data


class BandForm(RowForm):
    """From which result on, and what is said."""

    least = forms.IntegerField(label=_("From %"), min_value=0, max_value=100, required=False)
    text = LineField(label=_("What is said"), required=False, max_length=4000)
    words = ("text",)
    tools = ("least",)
    says = ("least", "text")


BANDS = Table(
    "bands",
    BandForm,
    _("Overall feedback"),
    _("Add a mark"),
    _("The highest mark a result reaches counts. One from 0 per cent reaches everybody."),
    first=2,
    spare=1,
    most=10,
)


def band_problem(rows: list[dict]) -> str | None:
    """Why these bands cannot be kept, or None."""
    marks = [row["least"] for row in rows]
    if None in marks:
        return _now("Say from which result on each overall feedback is given.")
    twice = next((mark for mark in marks if marks.count(mark) > 1), None)
    if twice is not None:
        return _now(
            "Two overall feedbacks begin at %(mark)s %%. Change one, or put their words together."
        ) % {"mark": twice}
    return None


class QuizWordsForm(forms.Form):
    """Title and instructions of a quiz in another language; bands and sections come with their own fields."""

    title = PlainField(label=_("Title for learners"), max_length=150, required=False)
    instructions = PlainField(label=_("Instructions for learners"), max_length=2000, required=False, rows=3)

    def __init__(self, *args, bands=(), sections=(), **kwargs):
        super().__init__(*args, **kwargs)
        for key in bands:
            self.fields[f"band-{key}"] = RichTextField(label=_("What is said"), required=False)
        for place in sections:
            self.fields[f"section-{place}-title"] = PlainField(
                label=_("Title of the section"), max_length=150, required=False
            )
            self.fields[f"section-{place}-instructions"] = PlainField(
                label=_("Instructions of the section"), max_length=2000, required=False, rows=3
            )
