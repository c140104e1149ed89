"""What we write to people about their accounts, beside allauth's own messages."""

from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from foundation.outbox import services as outbox


def send_welcome(person: User) -> None:
    """Tell somebody that staff opened an account for them, and how to choose a password. Once."""
    with override(person.language):
        path = reverse("account_reset_password")
    outbox.send(
        kind="accounts.welcome",
        to=person,
        template="accounts/email/welcome",
        context={"name": person.full_name, "email": person.email, "path": path},
        key=f"accounts.welcome:{person.pk}",
    )
