"""What markers and whoever grades anew send. Shape is checked here; rules are the services'."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.after.asked import QuestionAsked
from assessments.models import AttemptItem, Mark, RegradeAction
from assessments.refusals import MarkRefusal, MarkRefused
from assessments.regrades import Choice
from assessments.rubrics import RubricShown, posted_choices, rubric_shown
from assessments.services import MarkGiven
from enrolments.admin_views.forms import ReasonForm
from enrolments.models import Edition

LONGEST_COMMENT = 20_000
EIGHT = Decimal("0.00000001")


class PointsField(forms.DecimalField):
    """Points as people type them: with a comma or a point."""

    def to_python(self, value):
        """A comma is a decimal mark."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class MarkForm(forms.Form):
    """Points or the levels of a rubric, and a comment; a reason where one is needed. `seen` is the mark shown."""

    points = PointsField(
        label=_("Points"),
        min_value=0,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6}),
        error_messages={"required": _("Say how many points the answer earns. 0 is a mark too.")},
    )
    comment = forms.CharField(
        label=_("Comment for the learner"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    reason = forms.CharField(
        label=_("Reason of the change"),
        required=False,
        max_length=500,
        help_text=_("Kept with the mark and in the audit log; learners do not read it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, item: AttemptItem, newest: Mark | None, shown_points, asks_reason: bool):
        initial = {"points": shown_points, "comment": newest.comment if newest else ""}
        super().__init__(data, initial=initial)
        self.item = item
        self.rubric = self._rubric(newest)
        most = f"{item.points.normalize():f}"
        self.fields["points"].max_value = item.points
        self.fields["points"].validators.append(self._at_most)
        self.fields["points"].help_text = _("Of %(most)s.") % {"most": most}
        if self.rubric:
            del self.fields["points"]
        if not asks_reason:
            self.fields["reason"].widget = forms.HiddenInput()

    def _rubric(self, newest) -> RubricShown | None:
        """The rubric with what was sent, or with what the mark that counts says."""
        pinned = self.item.question_version.rubric_version
        if pinned is None:
            return None
        if self.is_bound:
            choices, comments = posted_choices(pinned.content, self.data)
        else:
            choices, comments = (newest.rubric_choices, newest.rubric_comments) if newest else ({}, {})
        return rubric_shown(pinned.content, get_language(), choices=choices, comments=comments)

    def clean(self):
        """Every criterion has its level."""
        if self.rubric and (missing := self.rubric.missing):
            titles = [f"{criterion.number}. {criterion.title}" for criterion in missing]
            raise forms.ValidationError(
                _("Choose a level for every criterion. Still without one: %(criteria)s."),
                params={"criteria": "; ".join(titles)},
            )
        return super().clean()

    def refuse(self, refusal: MarkRefused):
        """Say why the mark was not taken, beside the field that can put it right."""
        if refusal.refusal == MarkRefusal.REASON_NEEDED:
            self.fields["reason"].widget = forms.TextInput(attrs={"dir": "auto"})
            self.add_error("reason", str(refusal))
        else:
            self.add_error(None, str(refusal))

    def _at_most(self, value):
        if value > self.item.points:
            raise forms.ValidationError(
                _("This answer can earn %(most)s points at most."),
                params={"most": f"{self.item.points.normalize():f}"},
            )

    @property
    def given(self) -> MarkGiven:
        """What was said, as a share of the points; levels come as they are."""
        if self.rubric:
            return MarkGiven(
                comment=self.cleaned_data["comment"],
                reason=self.cleaned_data["reason"],
                choices={one.key: one.chosen.key for one in self.rubric.criteria if one.chosen},
                comments={one.key: one.comment for one in self.rubric.criteria},
            )
        points = self.cleaned_data["points"]
        score = (points / self.item.points).quantize(EIGHT) if self.item.points else Decimal(0)
        return MarkGiven(score, self.cleaned_data["comment"], self.cleaned_data["reason"])


class RegradeForm(forms.Form):
    """Which editions, what is decided about which question, and why."""

    editions = forms.ModelMultipleChoiceField(
        label=_("Editions"),
        queryset=Edition.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one edition.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Kept in the audit log. Learners whose score changes read it."),
        error_messages={"required": _("Say why. One short sentence is enough.")},
    )
    tell_learners = forms.BooleanField(
        label=_("Tell learners whose score changes"), required=False, initial=True
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, editions, questions: Sequence[QuestionAsked], chosen=()):
        super().__init__(data, initial={"editions": list(chosen)})
        self.fields["editions"].queryset = editions
        self.questions = questions
        for question in questions:
            self.fields[question.field] = forms.ChoiceField(
                label=question.name, required=False, choices=question.choices
            )

    @property
    def rows(self):
        """Each question with its field."""
        return [(question, self[question.field]) for question in self.questions]

    @property
    def own_fields(self):
        """The fields that belong to no question."""
        return [self[name] for name in ("editions", "reason", "tell_learners")]

    @property
    def choices(self) -> dict[int, Choice]:
        """What was decided, by question."""
        found = {}
        for question in self.questions:
            if action := self.cleaned_data.get(question.field):
                key = question.newest.pk if action == RegradeAction.NEWEST and question.newest else None
                found[question.pk] = Choice(question.pk, action, key)
        return found


class AnalysisForm(forms.Form):
    """What the figures are about."""

    edition = forms.ModelChoiceField(
        label=_("Edition"), queryset=Edition.objects.none(), required=False, empty_label=_("All editions")
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    attempts = forms.ChoiceField(
        label=_("Attempts"),
        required=False,
        choices=[("", _("The first of each learner")), ("all", _("All of them"))],
    )

    def __init__(self, data=None, *, editions, languages):
        super().__init__(data)
        self.fields["edition"].queryset = editions
        self.fields["language"].choices = [("", _("All languages")), *languages]


class ResponsesForm(ReasonForm):
    """Which editions, with or without names, and what for."""

    editions = forms.ModelMultipleChoiceField(
        label=_("Editions"), queryset=Edition.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    names = forms.ChoiceField(
        label=_("Learners"),
        widget=forms.RadioSelect,
        initial="codes",
        choices=[
            ("codes", _("A code in the place of each name")),
            ("names", _("Names and e-mail addresses")),
        ],
    )
    field_order = ["editions", "names", "reason"]

    def __init__(self, data=None, *, editions, named, chosen=()):
        super().__init__(data, initial={"editions": list(chosen), "names": "codes"})
        self.fields["editions"].queryset = editions
        self.named = named
        if not named:
            self.fields["names"].choices = self.fields["names"].choices[:1]

    def clean(self):
        """Names come only from editions one teaches or manages."""
        data = super().clean()
        wanted = {edition.pk for edition in data.get("editions") or ()}
        if data.get("names") == "names" and wanted - set(self.named):
            self.add_error(
                "names", _("Names can be taken out only for editions you teach or manage. Leave the others.")
            )
        return data
