"""Words of nobody's award, to look at designs with: all six languages, whatever award types exist."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from certificates.models import Award
from certificates.paper.merging import fields_in
from certificates.printing import SAMPLE_CODE
from certificates.snapshot import Facts, issue_moment, words_of

LANGUAGES = ("en", "fr", "ar", "es", "ru", "zh-hans")
LONG_NAME = "Maria Anunciação de Albuquerque e Vasconcelos Fernández-Montemayor de la Santísima Trinidad O’Shaughnessy"

# Title, line above the name, line below it.
WORDS = {
    "en": {
        "completion": (
            "Certificate of completion",
            "This is to certify that",
            "has successfully completed the course",
        ),
        "participation": (
            "Certificate of participation",
            "This is to certify that",
            "took part in the course",
        ),
        "diploma": ("Diploma", "This is to certify that", "has been awarded the degree of"),
    },
    "fr": {
        "completion": ("Certificat de réussite", "Il est certifié que", "a suivi avec succès le cours"),
        "participation": ("Attestation de participation", "Il est attesté que", "a participé au cours"),
        "diploma": ("Diplôme", "Il est certifié que", "a obtenu le grade de"),
    },
    "ar": {
        "completion": ("شهادة إتمام", "تشهد هذه الوثيقة بأن", "قد أتمّ بنجاح الدورة التدريبية"),
        "participation": ("شهادة مشاركة", "تشهد هذه الوثيقة بأن", "قد شارك في الدورة التدريبية"),
        "diploma": ("شهادة", "تشهد هذه الوثيقة بأن", "قد مُنح درجة"),
    },
    "es": {
        "completion": ("Certificado de finalización", "Se certifica que", "ha superado con éxito el curso"),
        "participation": ("Certificado de participación", "Se certifica que", "participó en el curso"),
        "diploma": ("Diploma", "Se certifica que", "ha obtenido el título de"),
    },
    "ru": {
        "completion": (
            "Свидетельство об окончании",
            "Настоящим удостоверяется, что",
            "успешно завершил(а) курс",
        ),
        "participation": (
            "Свидетельство об участии",
            "Настоящим удостоверяется, что",
            "принял(а) участие в курсе",
        ),
        "diploma": ("Диплом", "Настоящим удостоверяется, что", "получил(а) степень"),
    },
    "zh-hans": {
        "completion": ("结业证书", "兹证明", "已成功完成课程"),
        "participation": ("参与证书", "兹证明", "参加了课程"),
        "diploma": ("学位证书", "兹证明", "获授以下学位"),
    },
}
COURSES = {
    "en": (
        "Tracing, Freezing and Recovering Criminal Assets",
        "Master of Laws (LL.M.) in Transnational Crime and Justice",
    ),
    "fr": (
        "Retracer, geler et recouvrer les avoirs d’origine criminelle",
        "Master of Laws (LL.M.) en criminalité transnationale et justice",
    ),
    "ar": (
        "تتبّع الأصول الإجرامية وتجميدها واستردادها",
        "ماجستير القانون (LL.M.) في الجريمة عبر الوطنية والعدالة",
    ),
    "es": (
        "Localización, embargo y recuperación de activos de origen delictivo",
        "Máster en Derecho (LL.M.) en Delincuencia Transnacional y Justicia",
    ),
    "ru": (
        "Выявление, арест и возвращение преступных активов",
        "Магистр права (LL.M.) по транснациональной преступности и правосудию",
    ),
    "zh-hans": ("犯罪资产的追踪、冻结与追回", "跨国犯罪与司法法学硕士（LL.M.）"),
}
OFFICES = {
    "en": ("Director", "Academic Coordinator"),
    "fr": ("Directrice", "Coordonnateur académique"),
    "ar": ("المديرة", "المنسّق الأكاديمي"),
    "es": ("Directora", "Coordinador académico"),
    "ru": ("Директор", "Академический координатор"),
    "zh-hans": ("主任", "学术协调员"),
}
NAMES = {
    "en": "Thandiwe Nokuthula Mbeki-Olsson",
    "fr": "Élodie Brûlé-N’Diaye",
    "ar": "عبد الله بن محمد الحسيني",
    "es": "María José Núñez Castaño",
    "ru": "Юлия Сергеевна Щербакова",
    "zh-hans": "王小明",
}
RESULTS = {
    "en": "Distinction",
    "fr": "Très bien",
    "ar": "امتياز",
    "es": "Sobresaliente",
    "ru": "Отлично",
    "zh-hans": "优秀",
}


def sample(
    content: dict, language: str, *, name: str = "", alone: bool = False, kind: str = "completion"
) -> Award:
    """An award of an invented person that says everything a design may ask for; never saved.

    A second language stands beside the first, unless there is to be one `alone`; English has French beside it.
    """
    other = "fr" if language == "en" else "en"
    languages = [language] if alone else [language, other]
    is_degree = _asks_for(content, "grade")
    day = timezone.localdate()
    facts = Facts(Decimal(12), day, day, None, (day - timedelta(days=60), day))
    words = {}
    for code in languages:
        title, presented, achievement = WORDS[code]["diploma" if is_degree else kind]
        wording = SimpleNamespace(language=code, title=title, presented_to=presented, achievement=achievement)
        said = facts.said(code, RESULTS[code] if is_degree else "")
        words[code] = words_of(wording, COURSES[code][is_degree], said)
    signers = ("Helena Okafor-Lindqvist", "Samuel Adeyemi-Castellanos")[: 1 + is_degree]
    return Award(
        number=f"UNI-{day.year}-000000",
        code=SAMPLE_CODE,
        issued_at=issue_moment(),
        snapshot={
            "name": name or NAMES[language],
            "languages": languages,
            "signatories": [
                {"name": signer, "offices": {code: OFFICES[code][number] for code in languages}}
                for number, signer in enumerate(signers)
            ],
            "words": words,
        },
    )


def _asks_for(content: dict, field: str) -> bool:
    texts = (element.get("text") or "" for element in content.get("elements", []))
    return any(field in fields_in(text) for text in texts)
