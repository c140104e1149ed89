"""What applicants and referees type. Shape is checked here; rules by the services. A draft may be empty anywhere."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms import profession_choices
from portfolio.models import Country
from programmes.applications.completeness import PERSON_FIELDS
from programmes.applications.services.drafting import PERSON, known_of
from programmes.models import Application, Mode, QuestionKind, Recommendation

LONGEST_TEXT = 30_000
LARGEST_NUMBER = 2**31 - 1
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class DayInput(forms.DateInput):
    """The browser's own way of choosing a day."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class DraftFields:
    """Fields that must be filled in by the end and may be empty in a draft."""

    use_required_attribute = False

    def full_clean(self):
        """Take what is empty; the last step says what is missing."""
        awaited = [field for name, field in self.fields.items() if field.required and name != "sequence"]
        for field in awaited:
            field.required = False
        super().full_clean()
        for field in awaited:
            field.required = True


class PersonForm(DraftFields, forms.ModelForm):
    """The step about the person."""

    sequence = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER, widget=forms.HiddenInput)

    class Meta:
        model = Application
        fields = list(PERSON)
        widgets = {"born_on": DayInput}
        help_texts = {
            "given_names": _("Letters and certificates are written in this name."),
            "gender": _("We report totals to see whether our programmes reach everybody."),
            "phone": _("With the country code. Used only where a letter does not reach you in time."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.saved_at is None:
            self._fill_in(known_of(self.instance.person))
        countries = Country.objects.in_order()
        self.fields["country"].queryset = self.fields["residence"].queryset = countries
        self.fields["profession"].choices = profession_choices
        offered = {mode.mode for mode in self.instance.call.programme_edition.modes.all()}
        if offered:
            self.fields["mode"].choices = [("", "---------")] + [
                choice for choice in Mode.choices if choice[0] in offered
            ]
        else:
            del self.fields["mode"]
        for name in {*PERSON_FIELDS, "mode"} & set(self.fields):
            self.fields[name].required = True
        for name in ("given_names", "family_name", "institution", "position"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.fields["phone"].widget = forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr", "maxlength": 40}
        )

    def _fill_in(self, known):
        """Offer what the account says where nothing stands yet; it is kept once the person saves."""
        for name, value in known.items():
            self.initial[name] = self.initial.get(name) or value

    def clean(self):
        """Leave what the model forbids for submitted rows to the services."""
        return self.cleaned_data

    def _post_clean(self):
        """Nothing of the row is touched here: the service does it."""


class QuestionsForm(DraftFields, forms.Form):
    """The questions of a call, in their order."""

    sequence = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER, widget=forms.HiddenInput)

    def __init__(self, *args, questions, given, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[self.name_of(question)] = self._field(question, given.get(question.pk))

    @staticmethod
    def name_of(question):
        """The field of a question."""
        return f"question-{question.pk}"

    def _field(self, question, answer):
        words = {"label": question.label, "help_text": self._help(question)}
        words["required"] = question.is_required
        text = answer.text if answer else ""
        if question.kind == QuestionKind.CHOICE:
            return forms.ModelChoiceField(
                question.options.all(), initial=answer and answer.option_id, widget=forms.RadioSelect, **words
            )
        if question.kind == QuestionKind.YES_NO:
            return forms.ChoiceField(choices=YES_NO, initial=text, widget=forms.RadioSelect, **words)
        if question.kind == QuestionKind.DATE:
            return forms.DateField(initial=text or None, widget=DayInput, **words)
        widget = forms.Textarea(attrs={"rows": 8, "dir": "auto"})
        if question.kind == QuestionKind.SHORT:
            widget = forms.TextInput(attrs={"dir": "auto"})
        return forms.CharField(max_length=LONGEST_TEXT, strip=False, initial=text, widget=widget, **words)

    def _help(self, question):
        limit = question.most_words
        most = _("At most %(count)s words.") % {"count": limit} if limit else ""
        return " ".join(part for part in (question.help_shown, str(most)) if part)

    def answers(self):
        """What was typed, by question."""
        found = {}
        for question in self.questions:
            value = self.cleaned_data.get(self.name_of(question))
            if question.kind == QuestionKind.DATE and value:
                value = value.isoformat()
            found[question.pk] = value
        return found


class RefereeForm(forms.Form):
    """A referee to be written to."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"dir": "auto"}))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    institution = forms.CharField(
        label=_("Position and institution"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    relation = forms.CharField(
        label=_("How this person knows you"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language we write in"),
        choices=settings.LANGUAGES,
        help_text=_("Choose one the referee reads."),
    )


class MessageForm(forms.Form):
    """A message, or a note."""

    text = forms.CharField(
        label=_("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )


class WithdrawForm(forms.Form):
    """Why somebody withdraws, if they want to say it."""

    reason = forms.CharField(
        label=_("Your reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class RefereeAnswerForm(forms.Form):
    """What a referee answers; the file is looked over by the service."""

    recommendation = forms.ChoiceField(
        label=_("Your recommendation"), choices=Recommendation.choices, widget=forms.RadioSelect
    )
    comments = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    letter = forms.FileField(label=_("Your letter"), required=False, allow_empty_file=True)


class PartForm(forms.Form):
    """What a browser says of a file before it sends it in parts."""

    key = forms.UUIDField()
    name = forms.CharField(max_length=500)
    size = forms.IntegerField(min_value=1, max_value=2**40)
