"""What we write to people about their awards."""

from django.urls import reverse
from django.utils.translation import override

from certificates.codes import printed
from certificates.models import Award
from foundation.outbox import services as outbox


def send_issued(award: Award) -> None:
    """Tell the person that the award can be downloaded, once."""
    person = award.enrolment.person
    with override(person.language):
        path = reverse("certificates:my_awards")
    words = award.snapshot["words"]
    language = person.language if person.language in words else award.snapshot["languages"][0]
    outbox.send(
        kind="certificates.issued",
        to=person,
        template="certificates/email/issued",
        context={
            "name": person.full_name,
            "course": words[language]["course"],
            "title": words[language]["title"],
            "number": award.number,
            "path": path,
            "verify_path": reverse("verification_link", args=[printed(award.code)]),
        },
        key=f"certificates.issued:{award.pk}",
    )
