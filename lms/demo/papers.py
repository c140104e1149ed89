"""The papers of the demo: letters, a certificate of enrolment and a transcript, in the words the system brings."""

from accounts.models import User
from certificates.models import PaperTemplate, Purpose, Signatory
from certificates.papers.services import add_template

NAMES = {
    Purpose.ADMISSION: "Letter of admission to the LL.M.",
    Purpose.VISA: "Letter for a visa",
    Purpose.ENROLMENT: "Certificate of enrolment",
    Purpose.TRANSCRIPT: "Transcript of records",
}


def make_papers(people: dict[str, User]) -> list[PaperTemplate]:
    """A paper for each purpose, signed by whoever signs the certificates."""
    chief = Signatory.objects.order_by("pk").first()
    made = []
    for purpose, name in NAMES.items():
        known = PaperTemplate.objects.filter(award_type__name=name).first()
        made.append(
            known
            or add_template(purpose, name, by=people["registrar"], signatory=chief, number_prefix="UNI-LLM")
        )
    return made
