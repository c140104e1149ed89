"""What staff type about a moot court. Shape only: the rules are the services’."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from accounts.forms import PersonByAddress
from assessments.assignments.access import usable_rubrics
from assessments.rubrics import pinned_version
from enrolments.models import Cohort, Edition, Enrolment
from moots.models import CaseDocument, Moot, MootActivity, Round, RoundKind, Side, TeamMember

RESERVED = RegexValidator(r"^bench$", _("This word is taken. Choose another code."), inverse_match=True)


class MomentField(forms.DateTimeField):
    """A day and a time in the zone of the edition."""

    widget = AdminDateTimeInput


class NewMootForm(forms.Form):
    """A court: where it is held and what it is called."""

    edition = forms.ModelChoiceField(Edition.objects.none(), label=_("Edition"))
    title = forms.CharField(label=_("Title"), max_length=150)
    code = forms.SlugField(
        label=_("Code"), max_length=60, validators=[RESERVED], help_text=_("Used in addresses.")
    )

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions


class RulesForm(forms.ModelForm):
    """What the court is and by which rules it is decided."""

    written_rubric = forms.ModelChoiceField(None, label=_("Rubric for memorials"), required=False)
    oral_rubric = forms.ModelChoiceField(None, label=_("Rubric for pleadings"), required=False)

    class Meta:
        model = Moot
        fields = [
            *("title", "introduction", "is_anonymous", "activity", "written_rubric", "oral_rubric"),
            *("written_weight", "bench_rule", "tie_rule", "final_decides", "speaker_weight"),
        ]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, instance, **kwargs):
        pinned = {
            name: getattr(instance, name) and getattr(instance, name).rubric_id
            for name in ("written_rubric", "oral_rubric")
        }
        super().__init__(*args, instance=instance, initial=pinned, **kwargs)
        course = instance.edition.course
        self.fields["activity"].queryset = MootActivity.objects.filter(course=course)
        for name in ("written_rubric", "oral_rubric"):
            self.fields[name].queryset = usable_rubrics(course)

    def rules(self):
        """What was typed; a rubric that is chosen anew is pinned as it says now."""
        data = dict(self.cleaned_data)
        for name in ("written_rubric", "oral_rubric"):
            chosen, pinned = data[name], self.initial[name]
            if chosen and chosen.pk == pinned:
                del data[name]
            elif chosen:
                data[name] = pinned_version(chosen)
        return data

    def _post_clean(self):
        """Leave the instance alone: the service changes it."""


class CopyForm(forms.Form):
    """The court of another edition, with this one’s case file, rules and rounds."""

    edition = forms.ModelChoiceField(Edition.objects.none(), label=_("Edition"))
    title = forms.CharField(label=_("Title"), max_length=150)
    code = forms.SlugField(label=_("Code"), max_length=60, validators=[RESERVED])

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why: the reason is kept with the record.")},
    )


class ReleaseForm(forms.Form):
    """Why results change; the first release needs no reason."""

    reason = forms.CharField(label=_("Reason for other results"), max_length=500, required=False)


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        """Every file by itself."""
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in uploads]


class DocumentForm(forms.ModelForm):
    """A part of the case file."""

    released_at = MomentField(label=_("Read from"))
    files = FilesField(label=_("Add files"), required=False)

    class Meta:
        model = CaseDocument
        fields = ["title", "text", "side", "round", "released_at"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = self.instance.moot.rounds.all()
        if self.instance.pk:
            self.fields["remove"] = forms.ModelMultipleChoiceField(
                self.instance.files.all(),
                label=_("Take files out"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )


class TeamForm(forms.Form):
    """A team with its first members."""

    name = forms.CharField(label=_("Name of the team"), max_length=80)
    members = forms.ModelMultipleChoiceField(
        Enrolment.objects.none(), label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, moot, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = free_learners(moot)
        self.fields["members"].label_from_instance = name_of


class JoinForm(forms.Form):
    """More members for a team."""

    members = forms.ModelMultipleChoiceField(
        Enrolment.objects.none(), label=_("Who joins"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, moot, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = free_learners(moot)
        self.fields["members"].label_from_instance = name_of


class NameForm(forms.Form):
    """Another name."""

    name = forms.CharField(label=_("Name of the team"), max_length=80)


class CohortsForm(forms.Form):
    """The cohorts that become teams."""

    cohorts = forms.ModelMultipleChoiceField(
        Cohort.objects.none(), label=_("Cohorts and work groups"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, moot, **kwargs):
        super().__init__(*args, **kwargs)
        known = moot.teams.standing().exclude(cohort=None).values("cohort")
        self.fields["cohorts"].queryset = moot.edition.cohorts.open().exclude(pk__in=known)


def free_learners(moot):
    """Who holds a place and is in no team, by name."""
    taken = TeamMember.objects.current().filter(moot=moot).values("enrolment")
    people = moot.edition.enrolments.active().exclude(pk__in=taken).select_related("person")
    return people.order_by("person__last_name", "person__first_name", "pk")


def name_of(enrolment):
    """How a learner stands in a list."""
    return enrolment.person.full_name


class RoundForm(forms.ModelForm):
    """A round: what is done in it and until when."""

    opens_at = MomentField(
        label=_("Opens"),
        required=False,
        help_text=_("When teams learn against whom they stand. Empty: at once."),
    )
    memorials_due_at = MomentField(label=_("Memorials due"), required=False)

    class Meta:
        model = Round
        fields = [
            *("name", "kind", "weight", "opens_at", "memorials_due_at"),
            *("speakers_per_side", "minutes_per_speaker", "rebuttal_minutes"),
        ]

    def clean(self):
        """A written round has a deadline."""
        data = super().clean()
        if data.get("kind") == RoundKind.WRITTEN and not data.get("memorials_due_at"):
            self.add_error("memorials_due_at", _("Say until when memorials are taken."))
        return data

    def _post_clean(self):
        """Leave the instance alone: the service changes it."""


class DrawForm(forms.Form):
    """Which sides there are in a round that is drawn."""

    sides = forms.MultipleChoiceField(
        label=_("Sides"),
        choices=Side.choices,
        initial=[Side.PROSECUTION, Side.DEFENCE],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_sides(self):
        """At least two."""
        sides = self.cleaned_data["sides"]
        if len(sides) < 2:
            raise forms.ValidationError(_("Choose at least two sides."))
        return sides


class PairForm(forms.Form):
    """One pairing by hand: a team for every side that stands in it."""

    def __init__(self, *args, moot_round, **kwargs):
        super().__init__(*args, **kwargs)
        paired = moot_round.appearances.values("team")
        teams = moot_round.moot.teams.standing().exclude(pk__in=paired)
        for value, label in Side.choices:
            self.fields[value] = forms.ModelChoiceField(teams, label=label, required=False, empty_label="–")

    @property
    def teams(self):
        """The teams by side."""
        return {side: team for side, team in self.cleaned_data.items() if team}


class HearingForm(forms.Form):
    """When and where a pairing is heard."""

    starts_at = MomentField(label=_("Begins"), required=False)
    place = forms.CharField(
        label=_("Place"), max_length=150, required=False, help_text=_("A room or a link.")
    )


class ExtensionForm(ReasonForm):
    """A later deadline for one side."""

    until = MomentField(label=_("Until"))
    field_order = ["until", "reason"]


class JudgeForm(forms.Form):
    """A judge for the bench, by e-mail address."""

    person = PersonByAddress(
        label=_("Judge"), help_text=_("E-mail address of the account. The judge is told by e-mail.")
    )
    whole_round = forms.BooleanField(label=_("For every pairing of this round"), required=False)


class ActivityForm(forms.ModelForm):
    """A moot court as an activity of a course."""

    class Meta:
        model = MootActivity
        fields = ["title", "completion_rule", "pass_mark"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rules = self.fields["completion_rule"].choices
        self.fields["completion_rule"].choices = [rule for rule in rules if rule[0] != "marked"]


class NewActivityForm(forms.Form):
    """A moot court for a course: its title."""

    title = forms.CharField(label=_("Title"), max_length=150)
