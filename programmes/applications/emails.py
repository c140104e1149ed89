"""What we write to applicants and referees, each in their own language."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from foundation.outbox import services as outbox
from foundation.outbox.kinds import register_kind
from programmes.applications.tokens import token_of
from programmes.models import Application, ApplicationEvent, ApplicationMessage, Receipt, Referee

register_kind(
    "programmes.document_accepted", _("A document of your application was accepted"), essential=False
)


def application_path(application: Application, page: str = "start") -> str:
    """Where the applicant goes on, in their language."""
    with override(application.person.language):
        return reverse(f"applications:{page}", args=[application.call.code])


def tell(
    application: Application, event: ApplicationEvent, name: str, *, page: str = "start", **context
) -> None:
    """Write to the applicant about an event; the same event is written about once."""
    with override(application.person.language):
        words = {
            "call": application.call.name_in(application.person.language),
            "programme": application.call.programme_edition.name,
            "document": event.document.wanted.label if event.document else "",
        }
    outbox.send(
        kind=f"programmes.{name}",
        to=application.person,
        template=f"programmes/email/{name}",
        context={
            "name": application.full_name,
            "path": application_path(application, page),
            "reason": event.reason,
            **words,
            **context,
        },
        key=f"programmes.{name}:{event.pk}",
    )


def send_begun(application: Application, event: ApplicationEvent, deadline: str) -> None:
    """Say where the draft is kept and until when it can be submitted."""
    tell(application, event, "application_begun", deadline=deadline)


def send_submitted(application: Application, event: ApplicationEvent, receipt: Receipt) -> None:
    """Send the receipt."""
    tell(
        application, event, "application_submitted", page="receipt", number=receipt.reference, receipt=receipt
    )


def send_message(application: Application, message: ApplicationMessage) -> None:
    """Bring a message of staff to the applicant."""
    with override(application.person.language):
        call = application.call.name_in(application.person.language)
    outbox.send(
        kind="programmes.application_message",
        to=application.person,
        template="programmes/email/application_message",
        context={
            "name": application.full_name,
            "call": call,
            "text": message.text,
            "path": application_path(application, "messages"),
        },
        key=f"programmes.application_message:{message.pk}",
    )


def send_referee(referee: Referee, name: str, *, deadline: str = "") -> None:
    """Write to a referee with the private link, in the language the applicant chose."""
    application = referee.application
    with override(referee.language):
        path = reverse("applications:referee", args=[token_of(referee)])
    outbox.send(
        kind=f"programmes.{name}",
        to=referee.email,
        language=referee.language,
        template=f"programmes/email/{name}",
        context={
            "name": referee.name,
            "applicant": application.full_name,
            "programme": application.call.programme_edition.name,
            "site": settings.SITE_NAME,
            "path": path,
            "deadline": deadline,
        },
        key=f"programmes.{name}:{referee.pk}:{referee.link}",
    )
