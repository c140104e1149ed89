"""Forms about a person: signing up, the profile, the printed name."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import SiteRole, User
from portfolio.models import Country, Profession

REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def time_zone_choices():
    """All named zones, by region."""
    zones = sorted(zone for zone in available_timezones() if zone.split("/")[0] in REGIONS)
    groups = [
        (region, [(zone, _city(zone)) for zone in zones if zone.startswith(f"{region}/")])
        for region in REGIONS
    ]
    return [("UTC", "UTC"), *groups]


def _city(zone):
    return zone.split("/", 1)[1].replace("_", " ").replace("/", ", ")


class SignupForm(forms.Form):
    """What sign-up asks besides address and password. allauth calls `signup` with the new person."""

    first_name = forms.CharField(
        label=_("Given names"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )
    last_name = forms.CharField(
        label=_("Family name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "dir": "auto"}),
        help_text=_("Leave it empty if you have one name only."),
    )
    field_order = ["first_name", "last_name", "email", "password1"]

    def signup(self, request, user):
        """Keep the names and the language the person signed up in."""
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        user.save(update_fields=["first_name", "last_name", "language"])


def profession_choices():
    """The groups as headings, with the group itself first for whom no sub-group fits."""
    groups, members = {}, {}
    for profession in Profession.objects.in_order():
        if profession.parent_id is None:
            groups[profession.pk] = profession
        else:
            members.setdefault(profession.parent_id, []).append(profession)
    return [("", "---------")] + [
        (
            group.label,
            [
                (pk, _("%(group)s, other") % {"group": group.label}),
                *((m.pk, m.label) for m in members.get(pk, [])),
            ],
        )
        for pk, group in groups.items()
    ]


class ProfileForm(forms.ModelForm):
    """What reports to the Board need, each with the reason it is asked."""

    class Meta:
        model = User
        fields = [
            "first_name",
            "last_name",
            "country",
            "gender",
            "profession",
            "institution",
            "seniority",
            "language",
            "time_zone",
        ]
        help_texts = {
            "country": _(
                "Where you work. We report to our Board how many people from each country we teach; never names."
            ),
            "gender": _(
                "We report totals to see whether our courses reach everybody. You may prefer not to say."
            ),
            "profession": _(
                "So that courses can be offered to those they are made for, and counted by profession."
            ),
            "institution": _("Your court, office or service. Shown to your tutors. You may leave it empty."),
            "seniority": _("Tutors prepare for their group with it. You may leave it empty."),
            "language": _("We write to you in this language."),
            "time_zone": _("Dates and times are shown in it."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.in_order()
        self.fields["country"].required = True
        self.fields["profession"].required = True
        self.fields["gender"].required = True
        self.fields["profession"].choices = profession_choices
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=settings.LANGUAGES, help_text=self.Meta.help_texts["language"]
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=time_zone_choices, help_text=self.Meta.help_texts["time_zone"]
        )
        self.fields["time_zone"].widget.attrs["data-time-zone"] = ""


class NameForm(forms.Form):
    """The name as it will be printed on certificates."""

    name = forms.CharField(
        label=_("Your name on certificates"),
        max_length=150,
        help_text=_(
            "Write it as in your passport or as your profession knows you, in your own script if you like."
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )


class PersonByAddress(forms.EmailField):
    """Somebody with an account, named by e-mail address: a list of everybody would be too long to choose from."""

    default_error_messages = {"unknown": _("Nobody has an account with this address. Add the person first.")}

    def clean(self, value):
        """The person."""
        address = super().clean(value)
        person = User.objects.filter(email__iexact=address).first()
        if person is None and address:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return person

    def prepare_value(self, value):
        """The address of a person whose row number is known."""
        if isinstance(value, int) or str(value or "").isdigit():
            return User.objects.filter(pk=value).values_list("email", flat=True).first()
        return value


class SiteRoleForm(forms.ModelForm):
    """Gives a role for the whole site."""

    person = PersonByAddress(label=_("Person"), help_text=_("E-mail address of the account."))

    class Meta:
        model = SiteRole
        fields = ["person", "role", "starts_on", "ends_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class EndRoleForm(forms.Form):
    """Why a role is ended."""

    reason = forms.CharField(
        label=_("Reason"), max_length=250, error_messages={"required": _("Say why the role ends.")}
    )


class ReasonForm(forms.Form):
    """Why an account is closed or opened."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("It is kept in the audit log."),
        error_messages={"required": _("Say why: it is kept in the audit log.")},
    )


class PersonForm(forms.ModelForm):
    """What staff keep about a person's account. The person answers the profile, and chooses the password."""

    required_css_class = "required"

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "language"]
        help_texts = {
            "email": _("The person signs in with it. A new address has to be confirmed by the person again."),
            "language": _("We write to the person in this language."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=settings.LANGUAGES, help_text=self.Meta.help_texts["language"]
        )

    def clean_email(self):
        """One person per address, whatever its case."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is already an account with this address."))
        return email
