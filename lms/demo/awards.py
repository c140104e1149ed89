"""The awards the demo gives, and who signs them (fictional people of a fictional desk)."""

from certificates.models import AwardType, AwardWording, Cosignatory, Design, Rule, Signatory
from courses.models import AwardKind

COMPLETION = {
    "en": ("Certificate of completion", "This is to certify that", "has successfully completed the course"),
    "fr": ("Certificat de réussite", "Il est certifié que", "a suivi avec succès le cours"),
    "ar": ("شهادة إتمام", "تشهد هذه الوثيقة بأن", "قد أتمّ بنجاح الدورة التدريبية"),
}
PARTICIPATION = {
    "en": ("Certificate of participation", "This is to certify that", "took part in the course"),
    "fr": ("Attestation de participation", "Il est attesté que", "a participé au cours"),
    "ar": ("شهادة مشاركة", "تشهد هذه الوثيقة بأن", "قد شارك في الدورة التدريبية"),
}
DIPLOMA = {
    "en": ("Diploma", "This is to certify that", "has been awarded the degree of Master of Laws (LL.M.) in"),
    "fr": ("Diplôme", "Il est certifié que", "a obtenu le grade de Master of Laws (LL.M.) en"),
}


def make_award_type() -> AwardType:
    """The certificate of completion, which the courses give; beside it participation and the LL.M. diploma."""
    chief = make_signatory(
        "Beatrice Almeida",
        "Chief of Training (demo)",
        {"fr": "Cheffe de la formation (démo)", "ar": "رئيسة التدريب (عرض تجريبي)"},
    )
    dean = make_signatory(
        "Samuel Adeyemi-Castellanos",
        "Academic Coordinator (demo)",
        {"fr": "Coordonnateur académique (démo)", "ar": "المنسّق الأكاديمي (عرض تجريبي)"},
    )
    make("Certificate of participation", AwardKind.PARTICIPATION, Rule.COMPLETION, chief, PARTICIPATION)
    make("LL.M. diploma", AwardKind.DIPLOMA, Rule.DECISION, chief, DIPLOMA, dean, number_prefix="UNI-LLM")
    return make("Certificate of completion", AwardKind.COMPLETION, Rule.COMPLETION, chief, COMPLETION)


def make_signatory(name: str, position: str, positions: dict[str, str]) -> Signatory:
    """Somebody who signs."""
    found = {"position": position, "positions": positions}
    return Signatory.objects.get_or_create(name=name, defaults=found)[0]


def make(name, kind, rule, signatory, wordings, *others, **fields) -> AwardType:
    """An award type with the design that the system brings for it."""
    if known := AwardType.objects.filter(name=name).first():
        return known
    design = Design.objects.filter(shipped_as=kind).first()
    award_type = AwardType(name=name, kind=kind, rule=rule, signatory=signatory, design=design, **fields)
    for language, (title, presented_to, achievement) in wordings.items():
        award_type.wordings.add(
            AwardWording(language=language, title=title, presented_to=presented_to, achievement=achievement)
        )
    award_type.cosignatories.set([Cosignatory(signatory=other) for other in others])
    award_type.save()
    return award_type
