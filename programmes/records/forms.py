"""Forms around academic records. They check shape; rules sit in the services."""

import uuid

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import AwardType, PaperTemplate, Purpose, Rule
from programmes.models import (
    ABOUT_A_MODULE,
    AcademicRules,
    AgendaItem,
    BoardPart,
    CaseDecision,
    CaseKind,
    ClassificationRule,
    ItemKind,
    ModuleEnrolment,
    ModuleOutcome,
    ProgrammeEdition,
    Student,
)
from programmes.records.scores import as_share, as_typed, percent_field
from programmes.records.services.boards import Decision

NO_LINE = {"rows": 4, "dir": "auto"}


class ModuleChoice(forms.ModelChoiceField):
    """A choice among a student's modules."""

    def label_from_instance(self, obj):
        """Its code and title."""
        return str(obj.module)


class CaseForm(forms.Form):
    """What a student asks for."""

    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=CaseKind)
    place = ModuleChoice(
        label=_("Module"),
        queryset=ModuleEnrolment.objects.none(),
        required=False,
        help_text=_("Only for a re-sit, more time or an appeal."),
    )
    grounds = forms.CharField(
        label=_("Your reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )

    def __init__(self, *args, student: Student, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = student.module_enrolments.select_related("module__edition__course")

    def clean(self):
        """A request about a module names it."""
        data = super().clean()
        if data.get("kind") in ABOUT_A_MODULE and not data.get("place"):
            self.add_error("place", _("Choose the module it is about."))
        return data


class BoardForm(forms.Form):
    """A board to be convened."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    held_on = forms.DateField(
        label=_("Held on"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"})
    )
    chair = forms.CharField(label=_("Chair"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    members = forms.CharField(
        label=_("Members"),
        required=False,
        widget=forms.Textarea(attrs=NO_LINE),
        help_text=_("One a line: name, and after a comma the institution."),
    )

    @property
    def sitting(self) -> list[tuple[str, str, str]]:
        """Everybody who sits on it: name, part, institution."""
        found = [(self.cleaned_data["chair"].strip(), BoardPart.CHAIR, "")]
        for line in self.cleaned_data["members"].splitlines():
            name, _comma, institution = line.partition(",")
            if name.strip():
                found.append((name.strip()[:150], BoardPart.MEMBER, institution.strip()[:200]))
        return found


class ClosingForm(forms.Form):
    """The minutes, and the word that nothing changes any more."""

    minutes = forms.CharField(
        label=_("Minutes"), required=False, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    is_final = forms.BooleanField(
        label=_("The decisions are final: results are locked and students are told.")
    )


class PointForm(forms.Form):
    """What the board decides about one point; fields that do not belong to the point are left out."""

    percent = percent_field(required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ModuleOutcome, required=False)
    case = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", "–"), *(choice for choice in CaseDecision.choices if choice[0] != "withdrawn")],
        required=False,
    )
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    awards_degree = forms.TypedChoiceField(
        label=_("The degree"),
        choices=[("", "–"), ("yes", _("is awarded")), ("no", _("is not awarded"))],
        coerce=lambda value: {"yes": True, "no": False}.get(value),
        empty_value=None,
        required=False,
    )
    rule = forms.ModelChoiceField(label=_("Class of degree"), queryset=None, required=False)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Reasons of the board. They stay with the decision."),
    )

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, initial=initial_of(item), **kwargs)
        self.item = item
        self.fields["rule"].queryset = item.board.programme_edition.classification_rules.all()
        for name in set(self.fields) - fields_of(item):
            del self.fields[name]

    @property
    def decision(self) -> Decision:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Decision(
            score=as_share(data.get("percent")),
            outcome=data.get("outcome", ""),
            case=data.get("case", ""),
            until=data.get("until"),
            rule=data.get("rule"),
            awards_degree=data.get("awards_degree"),
            note=data.get("note", ""),
        )


def fields_of(item: AgendaItem) -> set[str]:
    """Which fields a point needs."""
    if item.kind == ItemKind.RESULT:
        return {"percent", "outcome", "note"}
    if item.kind == ItemKind.DEGREE:
        return {"awards_degree", "rule", "note"}
    needed = {"case", "note"}
    if item.case.kind == CaseKind.APPEAL:
        return needed | {"percent", "outcome"}
    return needed | {"until"}


def initial_of(item: AgendaItem) -> dict:
    """What was decided, else what is proposed."""
    if item.is_decided:
        said = {True: "yes", False: "no", None: ""}[item.awards_degree]
        return {
            "percent": as_typed(item.decided_score),
            "outcome": item.decided_outcome,
            "case": item.decided_case,
            "until": item.decided_until,
            "awards_degree": said,
            "rule": item.decided_rule_id,
            "note": item.note,
        }
    score = item.replaces.score if item.kind == ItemKind.CASE and item.replaces else item.proposed_score
    return {
        "percent": as_typed(score),
        "outcome": item.proposed_outcome,
        "awards_degree": "yes" if item.proposed_rule_id else "",
        "rule": item.proposed_rule_id,
    }


class CaseDecisionForm(forms.Form):
    """A decision of staff about a case."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[choice for choice in CaseDecision.choices if choice[0] != "withdrawn"],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("For a re-sit, more time or leave that is granted: the last day."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs=NO_LINE),
        help_text=_("The student reads it."),
    )


class ResitForm(forms.Form):
    """What a re-sit was worth."""

    percent = percent_field()
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=250,
        help_text=_("Needed where a result that was recorded already is changed. Kept in the audit log."),
    )


class PaperForm(forms.Form):
    """Which paper, in which language, with what only staff know."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    template = forms.ModelChoiceField(
        label=_("Paper"), queryset=PaperTemplate.objects.none(), empty_label=None
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    birth_date = forms.CharField(label=_("Date of birth"), required=False, max_length=60)
    nationality = forms.CharField(label=_("Nationality"), required=False, max_length=100)
    passport_number = forms.CharField(label=_("Number of the passport"), required=False, max_length=40)
    arrives_on = forms.CharField(label=_("Day of arrival"), required=False, max_length=60)
    leaves_on = forms.CharField(label=_("Day of departure"), required=False, max_length=60)
    funding = forms.CharField(label=_("Who pays for the stay"), required=False, max_length=200)
    status = forms.CharField(
        label=_("Standing, such as enrolled or on leave"), required=False, max_length=100
    )
    reason = forms.CharField(label=_("Reason"), max_length=250, help_text=_("Kept in the audit log."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = PaperTemplate.objects.in_use().select_related("award_type")

    @property
    def given(self) -> dict[str, str]:
        """What was typed for this paper alone."""
        own = set(self.fields) - {"key", "template", "language", "reason"}
        return {name: self.cleaned_data[name] for name in own if self.cleaned_data.get(name)}


class PaperChoiceForm(forms.Form):
    """Which paper is looked at; a transcript unless said otherwise."""

    paper = forms.ModelChoiceField(label=_("Paper"), queryset=PaperTemplate.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_use = PaperTemplate.objects.in_use().select_related("award_type").order_by("pk")
        self.fields["paper"].queryset = in_use
        usual = in_use.filter(purpose=Purpose.TRANSCRIPT).first() or in_use.first()
        self.fields["paper"].initial = usual
        self.chosen = self.cleaned_data["paper"] if self.is_valid() else usual


class PapersForm(forms.Form):
    """Who gets the paper, in which language and why."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    students = forms.TypedMultipleChoiceField(
        label=_("Students"),
        coerce=int,
        error_messages={"required": _("Choose at least one student.")},
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    reason = forms.CharField(label=_("Reason"), max_length=250, help_text=_("Kept in the audit log."))

    def __init__(self, *args, standings, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["students"].choices = [(one.student.pk, str(one.student.person)) for one in standings]
        self.fields["students"].initial = [
            one.student.pk for one in standings if one.wants_one and one.student.is_active
        ]
        self.fields["language"].initial = edition.language

    @property
    def chosen(self) -> set[int]:
        """Who is ticked, before and after sending."""
        values = self["students"].value() or []
        return {int(value) for value in values if str(value).isdigit()}

    @property
    def arguments(self) -> tuple[list[int], str, str]:
        """For the work in the background: who, under which key, in which language."""
        data = self.cleaned_data
        return data["students"], str(data["key"]), data["language"]


class RulesForm(forms.ModelForm):
    """How an edition reckons."""

    class Meta:
        model = AcademicRules
        fields = ["resits_count", "most_attempts", "decimals", "days_to_decide", "diploma"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        diplomas = AwardType.objects.in_use().filter(rule=Rule.DECISION, paper_template=None)
        self.fields["diploma"].queryset = diplomas


ClassFormSet = forms.inlineformset_factory(
    ProgrammeEdition,
    ClassificationRule,
    fields=["position", "name", "least_average", "least_credits", "least_attendance", "most_resits"],
    extra=2,
    widgets={"name": forms.TextInput(attrs={"dir": "auto"})},
)


class CaseFilterForm(forms.Form):
    """What of the cases to show."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("open", _("To be decided")), ("unsettled", _("Granted, to be done")), ("all", _("All"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *CaseKind.choices]
    )
