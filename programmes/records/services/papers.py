"""Issuing students' papers: transcripts, letters, statements and the diploma, each numbered, frozen and verifiable."""

from collections.abc import Collection
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from certificates.models import Award, Occasion, OccasionKind, PaperTemplate
from certificates.papers.services import issue_paper
from certificates.services import AwardRefused, issue_for, occasion_for
from certificates.snapshot import Facts, occasion_snapshot
from courses.titles import title_in
from foundation.audit import services as audit
from programmes.models import Student, StudentPaper
from programmes.records.record import record_of
from programmes.records.refusals import RecordRefusal, RecordRefused
from programmes.records.transcript import day_of, filling_of, standing_text
from programmes.services import lock_student


@transaction.atomic
def issue_student_paper(
    student: Student,
    template: PaperTemplate,
    *,
    key: UUID,
    language: str,
    by: User,
    reason: str,
    given: dict[str, str] | None = None,
) -> Award:
    """Issue a paper about a student as it is today. The same key gives the same paper, however often it is sent.

    Raises AwardRefused with a sentence where something the paper asks for is not known.
    """
    student = lock_student(student)
    occasion = _occasion(student, key, OccasionKind.PAPER)
    award = issue_paper(
        occasion,
        template,
        filling_of(record_of(student), language, given),
        language=language,
        by=by,
        reason=reason,
    )
    StudentPaper.objects.get_or_create(occasion=occasion, defaults={"student": student, "issued_by": by})
    return award


def issue_to_many(
    students: Collection[Student],
    template: PaperTemplate,
    *,
    key: UUID,
    language: str,
    by: User,
    reason: str,
) -> list[Award]:
    """Issue a paper to each of these students, each for itself; whoever is refused one is left without.

    The same key gives the same papers, however often it is sent. A refusal is written into the audit log.
    """
    issued = []
    for student in students:
        try:
            own_key = uuid5(key, str(student.key))
            issued.append(
                issue_student_paper(student, template, key=own_key, language=language, by=by, reason=reason)
            )
        except AwardRefused as refusal:
            audit.record(
                by, "programmes.refuse_paper", student, reason=str(refusal), after={"paper": str(template)}
            )
    return issued


@transaction.atomic
def issue_diploma(student: Student, *, by: User, reason: str) -> Award:
    """Give the diploma of the edition to a student whose degree a board has awarded. Safe to repeat."""
    student = lock_student(student)
    record = record_of(student)
    if record.degree is None or not record.degree.is_awarded:
        raise RecordRefused(RecordRefusal.NOT_CONFIRMED)
    edition = student.programme_edition
    rules = getattr(edition, "academic_rules", None)
    if rules is None or rules.diploma is None:
        raise RecordRefused(RecordRefusal.NO_DIPLOMA)
    paper = student.papers.filter(is_diploma=True).select_related("occasion").first()
    occasion = paper.occasion if paper else _occasion(student, None, OccasionKind.PROGRAMME)
    decided_on = day_of(record.degree.decided_at, edition)
    facts = Facts(
        hours=record.hours_taught or None,
        completed_on=decided_on,
        issued_on=timezone.localdate(),
        valid_until=None,
        dates=(edition.starts_on, edition.ends_on),
    )
    language = edition.language
    snapshot = occasion_snapshot(
        occasion,
        rules.diploma,
        facts,
        name=student.person.name_for_certificate,
        language=language,
        grade=record.degree.rule.name_in(language)
        if record.degree.rule
        else standing_text(record.average_standing),
    )
    award = issue_for(occasion, rules.diploma, snapshot, by=by, reason=reason)
    StudentPaper.objects.get_or_create(
        occasion=occasion, defaults={"student": student, "issued_by": by, "is_diploma": True}
    )
    return award


def _occasion(student: Student, key: UUID | None, kind: OccasionKind) -> Occasion:
    page = student.programme_edition.page
    titles = {language: title_in(page, language) for language in ("en", "fr", "ar")}
    return occasion_for(student.person, key=key or uuid4(), kind=kind, titles=titles)
