"""Forms around projects. They check shape; rules sit in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programmes.models import Module, ProjectMilestone, ProjectRules
from programmes.records.scores import percent_field

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _text(rows, **attrs):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **attrs})


class TopicForm(forms.Form):
    """What a student proposes."""

    topic = forms.CharField(label=_("Topic"), max_length=250, widget=forms.TextInput(attrs={"dir": "auto"}))
    outline = forms.CharField(
        label=_("Outline"),
        max_length=5000,
        widget=_text(8),
        help_text=_("The question, how you will answer it, and from which sources."),
    )


class FileForm(forms.Form):
    """One PDF."""

    file = forms.FileField(label=_("PDF file"), widget=forms.FileInput(attrs={"accept": ".pdf"}))


class ReportForm(forms.Form):
    """What an examiner says: whole where it is handed in, any part of it where it is kept for now."""

    percent = percent_field()
    report = forms.CharField(label=_("Report"), max_length=10000, widget=_text(12))

    def __init__(self, *args, ends=True, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = ends


class PersonField(forms.ModelChoiceField):
    """A person, by e-mail address."""

    def __init__(self, **options):
        super().__init__(
            queryset=User.objects.filter(is_active=True),
            to_field_name="email",
            widget=forms.EmailInput,
            **options,
        )
        self.error_messages["invalid_choice"] = _(
            "Nobody here has this address. The person needs an account first."
        )


class SupervisorForm(forms.Form):
    """Who supervises."""

    supervisor = PersonField(label=_("Supervisor: e-mail address"))


class ReturnForm(forms.Form):
    """Why a proposal goes back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=_text(3), help_text=_("The student reads it.")
    )


class ExaminersForm(forms.Form):
    """Who examines."""

    first = PersonField(label=_("First examiner: e-mail address"))
    second = PersonField(label=_("Second examiner: e-mail address"))


class VivaForm(forms.Form):
    """When and where."""

    at = forms.DateTimeField(label=_("Begins"), widget=MOMENT)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=300, initial=45)
    place = forms.CharField(label=_("Place or link"), max_length=200)


class VerdictForm(forms.Form):
    """The agreed result."""

    percent = percent_field()
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=_text(3))
    corrections = forms.CharField(
        label=_("Corrections asked for"),
        required=False,
        max_length=5000,
        widget=_text(4),
        help_text=_("Empty: none."),
    )


class MilestoneForm(forms.Form):
    """What the supervisor says of a milestone."""

    milestone = forms.ModelChoiceField(
        label=_("Milestone"), queryset=ProjectMilestone.objects.none(), empty_label=None
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        done = project.reached.values("milestone")
        self.fields["milestone"].queryset = project.place.module.project_rules.milestones.exclude(pk__in=done)


class ProjectRulesForm(forms.ModelForm):
    """That a module is a project, and by which rules."""

    class Meta:
        model = ProjectRules
        fields = [
            "module",
            "topics_due_on",
            "hand_in_due_at",
            "most_megabytes",
            "widest_difference",
            "corrections_days",
        ]
        widgets = {"topics_due_on": forms.DateInput(attrs={"type": "date"}), "hand_in_due_at": MOMENT}

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        modules = Module.objects.filter(phase__programme_edition=edition).select_related("edition__course")
        self.fields["module"].queryset = modules


MilestoneFormSet = forms.inlineformset_factory(
    ProjectRules,
    ProjectMilestone,
    fields=["name", "due_on"],
    extra=3,
    widgets={"due_on": forms.DateInput(attrs={"type": "date"})},
)
