"""Nobody's papers, to look at templates with: invented facts for every merge field, in all six languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from certificates.designs.samples import COURSES, NAMES, OFFICES
from certificates.models import Award
from certificates.paper.documents.content import (
    Block,
    Column,
    Document,
    KeyValues,
    Notes,
    Paragraph,
    Row,
    RowGroup,
    Signatory,
    Table,
)
from certificates.papers.composing import Filling, Written, composed
from certificates.papers.drawing import draw, numbered
from certificates.phrases import day_in
from certificates.printing import SAMPLE_CODE, verify_url
from certificates.snapshot import issue_moment

PLACES = {"ar": "تورينو", "es": "Turín", "ru": "Турин", "zh-hans": "都灵"}
# What facts and results are called, and what stands in them.
TABLES = {
    "en": (
        "Student number",
        "Edition",
        "Module",
        "Credits",
        "Grade",
        "International criminal law",
        "excellent",
    ),
    "fr": (
        "Numéro d’étudiant",
        "Édition",
        "Module",
        "Crédits",
        "Note",
        "Droit international pénal",
        "excellent",
    ),
    "ar": ("رقم الطالب", "الدورة", "الوحدة الدراسية", "الأرصدة", "الدرجة", "القانون الجنائي الدولي", "ممتاز"),
    "es": (
        "Número de estudiante",
        "Edición",
        "Módulo",
        "Créditos",
        "Nota",
        "Derecho penal internacional",
        "excelente",
    ),
    "ru": (
        "Номер студента",
        "Выпуск",
        "Модуль",
        "Кредиты",
        "Оценка",
        "Международное уголовное право",
        "отлично",
    ),
    "zh-hans": ("学号", "期次", "课程", "学分", "成绩", "国际刑法", "优秀"),
}
PLAIN = {
    "edition": "2026-27",
    "partners": "UPEACE",
    "student_number": "LLM-2026-0042",
    "reference": "A-2026-0210",
    "passport_number": "X0000000",
    "accept_at": "learn.example.org/apply",
    "average": "87",
    "hours": "900",
    "credits": "60",
    "attendance": "96 %",
    "class": "A",
    "phase": "1",
    "fees": "–",
    "conditions": "–",
    "funding": "–",
    "credit_unit": "–",
    "status": "–",
    "mode": "–",
    "nationality": "–",
    "country": "–",
}
DAYS = (
    "starts_on", "ends_on", "respond_by", "arrives_on", "leaves_on", "birth_date", "admitted_on", "conferred_on",
    "valid_until",
)  # fmt: skip


def sample_filling(language: str, name: str = "") -> Filling:
    """What would be known about an invented person."""
    day = day_in(timezone.localdate(), language)
    fields: Mapping[str, str] = PLAIN | dict.fromkeys(DAYS, day)
    place = PLACES.get(language, "Turin")
    fields = fields | {"programme": COURSES[language][1], "place": place}
    return Filling(
        name or NAMES[language],
        fields,
        sample_blocks(language),
        addressee=name or NAMES[language],
        place=place,
    )


def sample_blocks(language: str) -> dict[str, tuple[Block, ...]]:
    """Facts, results and a legend as a transcript might have them."""
    number, edition, module, credit, grade, title, word = TABLES[language]
    columns = (
        Column(module, 4, names_row=True),
        Column(credit, align="figures"),
        Column(grade, align="centre"),
    )
    rows = tuple(Row((f"{title} {index}", "2.5", "A")) for index in range(1, 9))
    return {
        "facts": (KeyValues(((number, PLAIN["student_number"]), (edition, PLAIN["edition"])), 2),),
        "results": (Table(columns, (RowGroup(rows, COURSES[language][1]),)),),
        "legend": (Notes((("A", f"90–100: {word}"),)),),
        "supplement": (Paragraph(COURSES[language][1], small=True),),
    }


def sample_document(written: Written, name: str = "") -> Document:
    """The paper about an invented person. Raises FieldsMissing."""
    return composed(written, sample_filling(written.language, name))


def sample_signatory(language: str) -> Signatory:
    """Somebody who signs while nobody has been chosen."""
    return Signatory("Helena Okafor-Lindqvist", OFFICES[language][0])


def drawn(document: Document) -> bytes:
    """The document as a PDF under numbers that no paper is ever given. Raises certificates.paper.errors.PaperError."""
    number = f"UNI-{timezone.localdate().year}-000000"
    nobody = Award(number=number, code=SAMPLE_CODE, issued_at=issue_moment())
    return draw(numbered(document, nobody, verify_url(SAMPLE_CODE)))
