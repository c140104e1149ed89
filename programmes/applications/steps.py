"""The steps of an application, with what is done of each."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.applications.completeness import Completeness
from programmes.models import Application


def steps_of(application: Application, found: Completeness, current: str) -> list[dict]:
    """Label, address and state of every step that the call has."""
    call = application.call
    asked = [("person", _("About you"))]
    if call.questions.all():
        asked.append(("questions", _("Questions")))
    if call.wanted_documents.all():
        asked.append(("documents", _("Documents")))
    if call.referees_wanted:
        asked.append(("referees", _("Referees")))
    asked.append(("review", _("Look over and submit")))
    return [
        {
            "key": key,
            "label": label,
            "href": reverse(f"applications:{key}", args=[call.code]),
            "state": _state(key, current, found),
        }
        for key, label in asked
    ]


def _state(key, current, found):
    if key == current:
        return "current"
    return "next" if key == "review" or found.missing_in(key) else "done"


def next_step(steps: list[dict], current: str) -> str:
    """The address of the step after this one."""
    keys = [step["key"] for step in steps]
    return steps[min(keys.index(current) + 1, len(keys) - 1)]["href"]
