"""The forms of interactive activities. They check shape only: a draft may be incomplete and says what it lacks."""

from decimal import Decimal

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget

from courses.models import CompletionRule
from h5p.choosers import ContentChooser
from h5p.core.completing import rule_problem
from h5p.models import Content

ALTERNATIVE_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
RULES = [
    (CompletionRule.FINISHED, _("the content reports that the learner is through")),
    (CompletionRule.PASSED, _("the score reaches the pass mark")),
    (CompletionRule.MARKED, _("the learner marks it as done")),
]


class AlternativeField(forms.CharField):
    """What learners do in the content, in words."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Text alternative"),
            required=False,
            help_text=_(
                "Needed before it is published. The same substance in words: what the situation is, what is asked and "
                "what is learnt. Learners who cannot use the content read this instead."
            ),
            widget=get_rich_text_editor_widget(features=ALTERNATIVE_FEATURES),
            **kwargs,
        )

    def get_bound_field(self, form, field_name):
        """Name the editor for those who do not see its label."""
        self.widget.options = self.widget.options | {"ariaLabel": str(self.label)}
        return super().get_bound_field(form, field_name)

    def to_python(self, value):
        """An editor that holds no word holds nothing."""
        value = super().to_python(value)
        return value if strip_tags(value).strip() else ""


def content_field():
    """The content that is played."""
    return forms.ModelChoiceField(
        label=_("Content"),
        queryset=Content.objects.all(),
        required=False,
        widget=ContentChooser(),
        error_messages={"invalid_choice": _("This content is no longer there. Choose other content.")},
    )


class WordingForm(forms.Form):
    """What is played in one language."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    content = content_field()
    text_alternative = AlternativeField()


class ActivityForm(WordingForm):
    """Title, content and text alternative in the language of the course, and when it is done."""

    title = forms.CharField(
        label=_("Title"), max_length=150, help_text=_("Seen by staff, and by learners in lists.")
    )
    completion_rule = forms.ChoiceField(label=_("It is done when"), choices=RULES, widget=forms.RadioSelect)
    pass_percent = forms.IntegerField(
        label=_("Pass mark in per cent"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Where a score is needed."),
    )
    field_order = ["base", "title", "content", "text_alternative", "completion_rule", "pass_percent"]

    def __init__(self, *args, machine_name="", **kwargs):
        """`machine_name` is the content type chosen now: rules that it can never meet are not offered."""
        super().__init__(*args, **kwargs)
        now = self.initial.get("completion_rule")
        if machine_name and not self.is_bound:
            self.fields["completion_rule"].choices = [
                (rule, label)
                for rule, label in RULES
                if rule == now or not rule_problem(machine_name, rule, "")
            ]

    def clean(self):
        """Say what does not fit together."""
        data = super().clean()
        rule, content = data.get("completion_rule"), data.get("content")
        if rule == CompletionRule.PASSED and "pass_percent" in data and not data["pass_percent"]:
            self.add_error("pass_percent", _("Choose a pass mark from 1 to 100 per cent."))
        version = content and (content.current or content.newest)
        if version and rule:
            problem = rule_problem(version.main.machine_name, rule, version.title)
            if problem:
                self.add_error("completion_rule", problem)
        return data

    @property
    def rules(self):
        """The values of the activity itself."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "completion_rule": data["completion_rule"],
            "pass_mark": Decimal(data.get("pass_percent") or 0) / 100,
        }
