"""What is written to assessors and applicants about a selection."""

from django.urls import reverse

from accounts.models import User
from foundation.outbox import services as outbox
from programmes.models import Application, Call, Condition, Letter, Offer
from programmes.selection.wording import decision_address


def send_assigned(assessor: User, call: Call, occasion: int) -> None:
    """Tell an assessor that there is something to assess; the occasion is the first of the new assignments."""
    outbox.send(
        kind="programmes.assessor_assigned",
        to=assessor,
        template="programmes/email/assessor_assigned",
        context={"call": call.name_in(assessor.language), "path": reverse("assessing:index")},
        key=f"programmes.assessor_assigned:{occasion}",
    )


def send_letter(letter: Letter) -> None:
    """Send a letter as it was kept, once."""
    outbox.send(
        kind="programmes.letter",
        to=letter.decision.application.person,
        template="programmes/email/letter",
        context={"subject": letter.subject, "body": letter.body},
        key=f"programmes.letter:{letter.pk}",
    )


def send_reminder(offer: Offer) -> None:
    """Remind somebody once that a place waits for an answer."""
    _tell(offer, "place_reminder", answer_by=offer.answer_by)


def send_accepted(offer: Offer) -> None:
    """Confirm that the place is taken; with conditions, say that they still have to be met."""
    unmet = list(offer.decision.conditions.unmet())
    _tell(offer, "place_accepted", is_student=offer.student_id is not None, conditions=unmet)


def send_declined(offer: Offer) -> None:
    """Confirm that the place was given up."""
    _tell(offer, "place_declined")


def send_lapsed(offer: Offer) -> None:
    """Say that the time to answer is over."""
    _tell(offer, "place_lapsed")


def send_offer_withdrawn(offer: Offer) -> None:
    """Say that the place is not offered any more, and why."""
    _tell(offer, "place_withdrawn", reason=offer.end_reason)


def send_admission_full(offer: Offer) -> None:
    """Say that all conditions are met."""
    _tell(offer, "admission_full")


def send_condition_moved(offer: Offer, condition: Condition, occasion: str) -> None:
    """Say that there is more time for a condition."""
    _tell(offer, "condition_moved", occasion=occasion, condition=condition.text, due_on=condition.due_on)


def _tell(offer: Offer, name: str, *, occasion: str = "", **context) -> None:
    application: Application = offer.application
    outbox.send(
        kind=f"programmes.{name}",
        to=application.person,
        template=f"programmes/email/{name}",
        context={
            "name": application.full_name,
            "edition": application.call.programme_edition.name,
            "address": decision_address(application),
            **context,
        },
        key=f"programmes.{name}:{occasion or offer.pk}",
    )
