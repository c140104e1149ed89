"""Forms of the staff screens. They check shape and what fits together; services hold the rules of places and gates."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from accounts.forms import time_zone_choices
from accounts.models import Role
from courses.models import ProgrammePage
from enrolments.admin_views.forms import account_with, reason_field
from enrolments.models import Edition
from portfolio.forms import NamedForm
from portfolio.models import ExpectedResult, Partner, Project
from programmes.models import (
    CalendarEntry,
    EditionPartner,
    Fee,
    Gate,
    GateCondition,
    GateConditionKind,
    Lecturer,
    Mode,
    Module,
    Phase,
    ProgrammeEdition,
    ProgrammeMode,
    ProgrammeRole,
)

TEAM_ROLES = (Role.COORDINATOR, Role.REGISTRAR, Role.ASSESSOR, Role.TUTOR)
DAYS = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}


class ProgrammeEditionForm(WagtailAdminModelForm):
    """One year of a programme. The code stays once people have a place."""

    reason = reason_field(required=False, label=_("Reason of the change"))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, initial="Europe/Rome")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pages = ProgrammePage.objects.filter(alias_of=None)
        self.fields["page"].queryset = pages.select_related("locale").order_by("title")
        self.fields["page"].label_from_instance = lambda page: (
            f"{page.title} ({page.locale.get_display_name()})"
        )
        self.fields["project"].queryset = Project.objects.in_order()
        results = self.fields["expected_results"]
        results.queryset = ExpectedResult.objects.in_order().select_related("priority__framework")
        results.label_from_instance = lambda result: f"{result.reference} {result.label}"
        if self.instance.pk:
            self.fields["reason"].required = True
            if self.instance.students.exists():
                self.fields["code"].disabled = True
                self.fields["code"].help_text = _("It cannot change any more: there are students.")


class CopyProgrammeForm(forms.Form):
    """Next year's edition: its code, its name and its first day."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Used in addresses. No other edition has it.")
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    starts_on = forms.DateField(
        label=_("Starts on"), widget=AdminDateInput, help_text=_("Every other date moves by as many days.")
    )

    def clean_code(self):
        """Codes are unique."""
        code = self.cleaned_data["code"]
        if ProgrammeEdition.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another edition has this code. Choose a different one."))
        return code


class DatesInside(forms.ModelForm):
    """Rows with a first and a last day."""

    def clean(self):
        """The last day is not before the first."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first. Choose a later day."))
        return cleaned


class PartnerForm(forms.ModelForm):
    """A partner and its part."""

    class Meta:
        model = EditionPartner
        fields = ["partner", "part"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.in_order()


class ModeForm(forms.ModelForm):
    """A mode and its places: never fewer than are taken."""

    class Meta:
        model = ProgrammeMode
        fields = ["mode", "capacity"]

    def clean(self):
        """Nobody who holds a place loses it to a smaller number."""
        cleaned = super().clean()
        capacity, edition = cleaned.get("capacity"), self.instance.programme_edition
        if capacity is None or not edition.pk:
            return cleaned
        taken = edition.students.active().filter(mode=cleaned.get("mode", "")).count()
        if capacity < taken:
            words = _("%(taken)s people hold a place already. Give at least as many places.")
            self.add_error("capacity", words % {"taken": taken})
        return cleaned


class FeeForm(forms.ModelForm):
    """What something costs."""

    class Meta:
        model = Fee
        fields = ["name", "mode", "amount", "currency", "due_on"]
        widgets = {"due_on": AdminDateInput}

    def clean_currency(self):
        """Three capital letters, as banks write them."""
        currency = self.cleaned_data["currency"].upper()
        if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
            raise forms.ValidationError(_("Write the three letters of the currency: EUR."))
        return currency


class CalendarForm(DatesInside):
    """A day, or some days, that everybody should know."""

    class Meta:
        model = CalendarEntry
        fields = ["name", "starts_on", "ends_on", "is_free"]
        widgets = DAYS


class PhaseForm(NamedForm):
    """A phase with its dates."""

    class Meta:
        model = Phase
        fields = ["name", "kind", "position", "starts_on", "ends_on", "electives", "choose_until"]
        widgets = DAYS | {"choose_until": AdminDateInput}

    def clean(self):
        """Dates in order, inside the edition, and a position of its own."""
        cleaned = super().clean()
        edition = self.instance.programme_edition
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first. Choose a later day."))
        if first and first < edition.starts_on:
            self.add_error(
                "starts_on", _("The edition begins later. Choose a later day, or move the edition.")
            )
        if last and last > edition.ends_on:
            self.add_error(
                "ends_on", _("The edition ends before. Choose an earlier day, or move the edition.")
            )
        others = edition.phases.exclude(pk=self.instance.pk)
        if others.filter(position=cleaned.get("position")).exists():
            self.add_error("position", _("Another phase has this position. Choose a different number."))
        return cleaned


class ModuleForm(forms.ModelForm):
    """A module: the edition of a course that teaches it, and what it is worth."""

    class Meta:
        model = Module
        fields = [
            "code",
            "edition",
            "position",
            "credits",
            "hours_taught",
            "hours_worked",
            "is_elective",
            "weight",
            "pass_mark",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        free = Q(module=None) | Q(pk=self.instance.edition_id)
        editions = Edition.objects.filter(free, cancelled_at=None).select_related("course")
        self.fields["edition"].queryset = editions.order_by("course__title", "-starts_on")
        self.fields["edition"].label_from_instance = lambda edition: f"{edition} ({edition.code})"
        if self.instance.pk and self.instance.enrolments.exists():
            self.fields["edition"].disabled = True
            self.fields["edition"].help_text = _("It cannot change any more: students are enrolled.")
        self.fields["weight"].help_text = _("In the final result. Empty: as much as its credits.")

    def clean_code(self):
        """Codes are unique in a phase."""
        code = self.cleaned_data["code"]
        if self.instance.phase.modules.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("Another module of this phase has this code. Choose a different one.")
            )
        return code


class LecturerForm(DatesInside):
    """Who teaches a module, and when."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account here."))
    field_order = ["email", "starts_on", "ends_on"]

    class Meta:
        model = Lecturer
        fields = ["starts_on", "ends_on"]
        widgets = DAYS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.person_id:
            self.initial.setdefault("email", self.instance.person.email)

    def clean_email(self):
        """Find the person."""
        person = account_with(self.cleaned_data["email"])
        if person is None or not person.is_active:
            raise forms.ValidationError(_("Nobody here has this address. Ask the person to register first."))
        self.instance.person = person
        return self.cleaned_data["email"]


class GateForm(forms.ModelForm):
    """The words beside the conditions of a gate."""

    class Meta:
        model = Gate
        fields = ["note"]


class ConditionForm(forms.ModelForm):
    """One condition of a gate."""

    class Meta:
        model = GateCondition
        fields = ["kind", "module", "least"]

    def __init__(self, *args, phase, **kwargs):
        super().__init__(*args, **kwargs)
        before = Module.objects.filter(
            phase__programme_edition=phase.programme_edition_id, phase__position__lt=phase.position
        )
        self.fields["module"].queryset = before.select_related("edition__course").order_by(
            "phase__position", "position"
        )
        self.fields["module"].required = False
        self.fields["least"].help_text = _("From 0 to 1. Empty: as the edition says.")

    def clean(self):
        """Each kind with what it needs, and nothing else."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == GateConditionKind.MODULE and not cleaned.get("module"):
            self.add_error("module", _("Choose the module that has to be passed."))
        if kind != GateConditionKind.MODULE:
            self.instance.module = cleaned["module"] = None
        if kind != GateConditionKind.ATTENDANCE:
            self.instance.least = cleaned["least"] = None
        return cleaned


class ProgrammeTeamForm(forms.ModelForm):
    """Gives somebody a role on an edition of a programme."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account here."))
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in TEAM_ROLES])
    reason = reason_field()
    field_order = ["email", "role", "starts_on", "ends_on", "reason"]

    class Meta:
        model = ProgrammeRole
        fields = ["role", "starts_on", "ends_on", "reason"]
        widgets = DAYS

    clean_email = LecturerForm.clean_email

    def clean(self):
        """Nobody is given twice what they have."""
        cleaned = super().clean()
        if self.instance.person_id and cleaned.get("role"):
            held = ProgrammeRole.objects.current().filter(
                programme_edition=self.instance.programme_edition,
                person=self.instance.person,
                role=cleaned["role"],
            )
            if held.exists():
                self.add_error("role", _("This person has this role already."))
        return cleaned


class AdmitForm(forms.Form):
    """Gives somebody a place by hand."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account here."))
    mode = forms.ChoiceField(label=_("Mode"))
    reason = reason_field()

    def __init__(self, *args, programme_edition, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [row.mode for row in programme_edition.modes.all()] or Mode.values
        self.fields["mode"].choices = [(mode, Mode(mode).label) for mode in offered]
        self.person = None

    def clean_email(self):
        """Find the person."""
        self.person = account_with(self.cleaned_data["email"])
        if self.person is None or not self.person.is_active:
            raise forms.ValidationError(_("Nobody here has this address. Ask the person to register first."))
        return self.cleaned_data["email"]


class DecisionForm(forms.Form):
    """Staff's word at a gate."""

    may_pass = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("May pass")), ("no", _("May not pass yet"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = reason_field(help_text=_("The student reads it. Kept in the audit log."))


class StudentFilterForm(forms.Form):
    """What the list of students can be narrowed down by. Taken from the address, so everything is optional."""

    STATES = [
        ("", _("All")),
        ("active", _("Hold a place")),
        ("waiting", _("Gate not passed")),
        ("ready", _("Gate passed, phase not entered")),
        ("withdrawn", _("Withdrawn")),
    ]
    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)
    mode = forms.ChoiceField(label=_("Mode"), required=False, choices=[("", _("All")), *Mode.choices])
    phase = forms.ModelChoiceField(
        label=_("In the phase"), required=False, queryset=Phase.objects.none(), empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("Standing"), required=False, choices=STATES)

    def __init__(self, *args, programme_edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = programme_edition.phases.all()

    @property
    def chosen(self) -> dict:
        """The valid choices; what nobody could have chosen here is ignored."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
