"""What participants send: a memorial, who speaks when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moots.models import TeamMember


class MemorialForm(forms.Form):
    """One PDF."""

    memorial = forms.FileField(
        label=_("Your memorial as a PDF"),
        error_messages={"required": _("Choose the file of your memorial first.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )


class SpeakersForm(forms.Form):
    """A member of the team for every turn."""

    def __init__(self, *args, appearance, **kwargs):
        super().__init__(*args, **kwargs)
        members = TeamMember.objects.current().filter(team=appearance.team)
        members = members.select_related("enrolment__person")
        for turn in appearance.turns.all():
            self.fields[f"turn-{turn.pk}"] = forms.ModelChoiceField(
                members,
                label=_("Turn %(order)s: %(kind)s, %(minutes)s min")
                % {"order": turn.order, "kind": turn.get_kind_display(), "minutes": turn.minutes},
                required=False,
                initial=turn.speaker_id,
                empty_label=_("Nobody yet"),
            )

    @property
    def speakers(self):
        """Who was chosen, by turn."""
        return {int(name.removeprefix("turn-")): chosen for name, chosen in self.cleaned_data.items()}
