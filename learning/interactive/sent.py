"""What frames send as forms: its shape alone. What it may say is for the services."""

from django import forms

from h5p.core.completing import Outcome, outcome
from h5p.core.xapi import MOST_SECONDS, points

LATEST = 2**40


class FinishedForm(forms.Form):
    """What the H5P core posts when a result was shown. Its own clock is trusted for nothing but the time it took."""

    score = forms.CharField(max_length=30)
    maxScore = forms.CharField(max_length=30)  # noqa: N815 - the core's name
    opened = forms.IntegerField(required=False, min_value=0, max_value=LATEST)
    finished = forms.IntegerField(required=False, min_value=0, max_value=LATEST)
    time = forms.IntegerField(required=False, min_value=0, max_value=MOST_SECONDS)

    def clean(self):
        """Points must be numbers."""
        for name in ("score", "maxScore"):
            if name in self.cleaned_data and points(self.cleaned_data[name]) is None:
                self.add_error(name, "Not a number of points.")

    @property
    def outcome(self) -> Outcome:
        """What it says, made possible."""
        data = self.cleaned_data
        return outcome(points(data["score"]), points(data["maxScore"]), self.seconds)

    @property
    def seconds(self):
        """How long it took: what the content counted, else from opening to the end."""
        data = self.cleaned_data
        if data.get("time"):
            return data["time"]
        if data.get("opened") is None or data.get("finished") is None:
            return None
        return min(max(data["finished"] - data["opened"], 0), MOST_SECONDS)


class StateForm(forms.Form):
    """Where the player is, as the core posts it."""

    data = forms.CharField(strip=False)
    preload = forms.ChoiceField(choices=[("0", "0"), ("1", "1")], required=False)
    invalidate = forms.ChoiceField(choices=[("0", "0"), ("1", "1")], required=False)


class AgainForm(forms.Form):
    """Asking for another go."""

    asked_as = forms.UUIDField()
