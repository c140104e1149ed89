"""Banks, categories, sorting many questions at once, sending for approval and answering."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from assessments.authoring.desk import tree_choices
from assessments.authoring.fields import PlainField
from assessments.models import Difficulty, QuestionBank, QuestionCategory


class BankForm(forms.Form):
    """A shared bank."""

    name = PlainField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(label=_("Questions are written in"), choices=settings.LANGUAGES)

    def clean_name(self):
        """Each name once."""
        name = self.cleaned_data["name"]
        if QuestionBank.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a bank of this name already."))
        return name


class CategoryForm(forms.Form):
    """A category: its name, and inside which other it stands."""

    name = PlainField(label=_("Name"), max_length=150)
    parent = forms.ModelChoiceField(
        label=_("Inside"), queryset=QuestionCategory.objects.none(), required=False
    )

    def __init__(self, *args, bank, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = bank.categories.all()
        self.fields["parent"].choices = tree_choices(bank.categories.all(), _("Nothing: at the top"))


class BulkForm(forms.Form):
    """What to do with the ticked questions."""

    SORT, SUBMIT, APPROVE = "sort", "submit", "approve"

    action = forms.ChoiceField(
        label=_("With the ticked questions"),
        choices=[
            (SORT, _("Set what is filled in here")),
            (SUBMIT, _("Send for approval")),
            (APPROVE, _("Approve")),
        ],
    )
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=QuestionCategory.objects.none(), required=False
    )
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        choices=[("", _("As it is")), *Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    tags = PlainField(label=_("More tags"), max_length=300, required=False)

    def __init__(self, *args, bank, may_write=True, may_review=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = bank.categories.all()
        self.fields["category"].choices = tree_choices(bank.categories.all(), _("As it is"))
        allowed = {self.SORT: may_write, self.SUBMIT: may_write, self.APPROVE: may_review}
        action = self.fields["action"]
        action.choices = [choice for choice in action.choices if allowed[choice[0]]]
        if not may_write:
            for name in ("category", "difficulty", "tags"):
                del self.fields[name]

    @property
    def tag_names(self) -> list[str]:
        """The tags typed."""
        typed = self.cleaned_data.get("tags", "").replace("،", ",").split(",")
        return [name.strip() for name in typed if name.strip()]


class SubmitForm(forms.Form):
    """A word to the reviewer."""

    message = PlainField(label=_("Message to the reviewer"), rows=3, max_length=2000, required=False)


class AnswerForm(forms.Form):
    """What the reviewer says; returning needs words."""

    comment = PlainField(label=_("Comment"), rows=3, max_length=2000, required=False)

    def __init__(self, *args, needed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = needed
        self.fields["comment"].error_messages["required"] = _("Say what should change.")
