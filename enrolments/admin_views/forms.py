"""Forms of the staff screens. They check shape and what fits together; rules of places sit in the services."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from accounts.forms import time_zone_choices
from accounts.models import Role, User
from enrolments import access
from enrolments.models import Edition, EditionRole, Format
from portfolio.models import Country, ExpectedResult, Partner, Project

KEPT = _("Kept in the audit log.")


def reason_field(**options):
    """The reason of a change, as every form asks for it."""
    defaults = {
        "label": _("Reason"),
        "max_length": 250,
        "help_text": KEPT,
        "widget": forms.TextInput(attrs={"dir": "auto"}),
        "error_messages": {"required": _("Say why. One short sentence is enough.")},
    }
    return forms.CharField(**defaults | options)


class ReasonForm(forms.Form):
    """Nothing but the reason."""

    reason = reason_field()


class EditionForm(WagtailAdminModelForm):
    """One delivery of a course. What people have relied on since they enrolled cannot be changed."""

    reason = reason_field(required=False, label=_("Reason of the change"))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, initial="Europe/Rome")

    class Meta:
        widgets = {"course": forms.Select, "country": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Rows of people in it: `places` counts who holds a place now, `has_people` anybody who ever did.
        self.has_people = bool(self.instance.pk) and self.instance.enrolments.exists()
        self.fields["course"].queryset = self._courses()
        self.fields["country"].queryset = Country.objects.in_order()
        self.fields["project"].queryset = Project.objects.in_order()
        self.fields["partners"].queryset = Partner.objects.in_order()
        results = self.fields["expected_results"]
        results.queryset = ExpectedResult.objects.in_order().select_related("priority__framework")
        results.label_from_instance = lambda result: f"{result.reference} {result.label}"
        if self.instance.pk:
            self.fields["reason"].required = True
        if self.has_people:
            for name in ("course", "code"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("It cannot change any more: people have enrolled.")

    def _courses(self):
        courses = (
            access.deliverable_courses(self.for_user)
            if self.for_user
            else self.fields["course"].queryset.none()
        )
        if self.instance.pk:
            courses |= courses.model.objects.filter(pk=self.instance.course_id)
        return courses

    def clean(self):
        """Say what does not fit together, each at its field."""
        cleaned = super().clean()
        self._check_end(cleaned)
        self._check_window(cleaned)
        self._check_places(cleaned)
        return cleaned

    def _check_end(self, cleaned):
        if cleaned.get("format") in (Format.TUTORED, Format.BLENDED) and not cleaned.get("ends_on"):
            self.add_error(
                "ends_on", _("An edition with a tutor has a last day. Give it, or choose self-study.")
            )

    def _check_window(self, cleaned):
        opens, closes, ends = (
            cleaned.get(f) for f in ("enrolment_opens_on", "enrolment_closes_on", "ends_on")
        )
        if opens and closes and closes < opens:
            self.add_error(
                "enrolment_closes_on", _("Enrolment would close before it opens. Choose a later day.")
            )
        elif closes and ends and closes > ends:
            self.add_error(
                "enrolment_closes_on",
                _("Enrolment would close after the edition ends. Choose an earlier day."),
            )

    def _check_places(self, cleaned):
        capacity = cleaned.get("capacity")
        if not self.instance.pk or capacity is None:
            return
        taken = self.instance.enrolments.active().count()
        if capacity < taken:
            message = _("%(taken)s people hold a place already. Give at least as many places.") % {
                "taken": taken
            }
            self.add_error("capacity", message)


class CopyForm(forms.Form):
    """The copy of an edition: its code, its name and its first day."""

    code = forms.SlugField(
        label=_("Code"), max_length=60, help_text=_("Used in addresses. No other edition has it.")
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    starts_on = forms.DateField(
        label=_("Starts on"), widget=AdminDateInput, help_text=_("Every other date moves by as many days.")
    )

    def clean_code(self):
        """Codes are unique."""
        code = self.cleaned_data["code"]
        if Edition.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another edition has this code. Choose a different one."))
        return code


def account_with(email):
    """The person who signs in with this address, whatever its case, or None."""
    return User.objects.filter(email__iexact=email).first()


class TeamForm(forms.ModelForm):
    """Gives somebody a role on an edition."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person who has an account here."))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in (Role.TUTOR, Role.MARKER, Role.COORDINATOR)],
    )
    reason = reason_field()
    field_order = ["email", "role", "starts_on", "ends_on", "reason"]

    class Meta:
        model = EditionRole
        fields = ["role", "starts_on", "ends_on", "reason"]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def clean_email(self):
        """Find the person."""
        person = account_with(self.cleaned_data["email"])
        if person is None or not person.is_active:
            raise forms.ValidationError(_("Nobody here has this address. Ask the person to register first."))
        self.instance.person = person
        return self.cleaned_data["email"]

    def clean(self):
        """Nobody is given twice what they have."""
        cleaned = super().clean()
        if self.instance.person_id and cleaned.get("role"):
            held = EditionRole.objects.current().filter(
                edition=self.instance.edition, person=self.instance.person, role=cleaned["role"]
            )
            if held.exists():
                self.add_error("role", _("This person has this role already."))
        return cleaned


class EnrolPersonForm(forms.Form):
    """Gives a person a place. Whoever has no account is invited once their name is given too."""

    edition = forms.ModelChoiceField(label=_("Edition"), queryset=Edition.objects.none())
    email = forms.EmailField(label=_("E-mail address"))
    first_name = forms.CharField(label=_("Given names"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Family name"), max_length=150, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        required=False,
        help_text=_("The invitation is written in it."),
    )
    reason = reason_field()
    field_order = ["edition", "email", "first_name", "last_name", "language", "reason"]
    INVITATION = ("first_name", "last_name", "language")

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions
        self.person = None
        # The invitation's fields were shown before, so the staff member has been told that there is no account.
        self.inviting = "invite" in self.data
        if not self.inviting:
            self.hide_invitation()

    def hide_invitation(self):
        """Ask for no name: whoever has an account has one."""
        self.hidden_for_now = {name: self.fields.pop(name) for name in self.INVITATION}

    def offer_invitation(self):
        """Ask for the name after all."""
        self.inviting = True
        self.fields |= self.hidden_for_now
        self.order_fields(self.field_order)

    def clean(self):
        """Find the person, or offer the invitation."""
        cleaned = super().clean()
        email = cleaned.get("email")
        if not email:
            return cleaned
        self.person = account_with(email)
        if self.person and not self.person.is_active:
            self.add_error(
                "email", _("The account with this address is closed. An administrator can reopen it.")
            )
        elif self.person is None and not self.inviting:
            self.offer_invitation()
            self.add_error(
                "email",
                _(
                    "No account uses this address. To invite the person, give the name and choose “Invite and enrol”."
                ),
            )
        elif self.person is None and not cleaned.get("first_name"):
            self.add_error("first_name", _("Give the name of the person you invite."))
        return cleaned
