"""Making an account for somebody whom staff give a place, with a letter that lets them choose a password."""

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.models import User
from foundation.audit import services as audit


@transaction.atomic
def invite_person(
    email: str, *, first_name: str, last_name: str, language: str, by: User, reason: str
) -> tuple[User, bool]:
    """The person with this address, made without a password if there is none; and whether they are new."""
    person = User.objects.filter(email__iexact=email).first()
    if person:
        return person, False
    person = User(
        email=User.objects.normalize_email(email),
        first_name=first_name,
        last_name=last_name,
        language=language,
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # somebody else made the account a moment ago
        return User.objects.get(email__iexact=email), False
    # Nobody gets in before following the link that is mailed there, which proves that the address is theirs.
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    audit.record(by, "enrolments.invite", person, reason=reason, after={"email": person.email})
    return person, True


def send_password_link(person: User, request: HttpRequest) -> None:
    """Have allauth mail the link that chooses a password. Nothing is kept of it here."""
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        form.save(request)
