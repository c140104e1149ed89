"""What is written to people whom a partner nominated."""

from django.urls import reverse
from django.utils.translation import override

from portfolio.models import Partner
from programmes.applications.emails import tell
from programmes.models import ApplicationEvent


def send_nominated(event: ApplicationEvent, partner: Partner, deadline: str) -> None:
    """Say who nominated them, and that the draft is theirs to complete and to submit."""
    application = event.application
    person = application.person
    with override(person.language):
        password_path = reverse("account_reset_password")
    tell(
        application,
        event,
        "application_nominated",
        partner=partner.name_in(person.language),
        deadline=deadline,
        email=person.email,
        has_password=person.has_usable_password(),
        password_path=password_path,
    )
