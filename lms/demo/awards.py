"""The award the demo's courses give, and who signs it (a fictional director of a fictional desk)."""

from certificates.models import AwardType, AwardWording, Signatory
from courses.models import AwardKind

WORDINGS = {
    "en": ("Certificate of completion", "This is to certify that", "has successfully completed the course"),
    "fr": ("Certificat de réussite", "Il est certifié que", "a suivi avec succès le cours"),
    "ar": ("شهادة إتمام", "تشهد هذه الوثيقة بأن", "قد أتمّ بنجاح الدورة التدريبية"),
}


def make_award_type() -> AwardType:
    """The certificate of completion, in three languages."""
    award_type = AwardType.objects.filter(name="Certificate of completion").first()
    if award_type:
        return award_type
    signatory = Signatory.objects.create(
        name="Beatrice Almeida",
        position="Chief of Training (demo)",
        positions={"fr": "Cheffe de la formation (démo)", "ar": "رئيسة التدريب (عرض تجريبي)"},
    )
    award_type = AwardType(
        name="Certificate of completion", kind=AwardKind.COMPLETION, rule="completion", signatory=signatory
    )
    for language, (title, presented_to, achievement) in WORDINGS.items():
        award_type.wordings.add(
            AwardWording(language=language, title=title, presented_to=presented_to, achievement=achievement)
        )
    award_type.save()
    return award_type
