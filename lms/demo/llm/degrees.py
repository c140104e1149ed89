"""The end of last year: a re-sit, an appeal, the boards, the degrees, and everybody's papers."""

import datetime
import uuid
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.services import confirm_name
from certificates.models import Award, PaperTemplate, Purpose
from certificates.storing import store
from lms.demo.clock import at
from programmes.models import (
    CaseDecision,
    CaseKind,
    ItemKind,
    ModuleOutcome,
    ProgrammeEdition,
)
from programmes.records.record import records_of
from programmes.records.services import (
    close_board,
    decide,
    decide_as_proposed,
    decide_case,
    issue_diploma,
    issue_student_paper,
    open_board,
    open_case,
    prepare_agenda,
    record_resit,
)
from programmes.records.services.boards import Decision

MEMBERS = [
    ("Prof. Ilse Brandt", "chair", "Lakeside University (fictional)"),
    ("Dr. Samuel Adeyemi-Castellanos", "member", ""),
    ("Prof. Ana Ferreira", "external", "Another university (fictional)"),
]


def make_degrees(edition: ProgrammeEdition, people: dict[str, User]) -> None:
    """Two boards: in June with a failed module and its re-sit, in July with the degrees that were left."""
    registrar = people["registrar"]
    june = datetime.datetime.combine(
        edition.ends_on + timedelta(days=5), datetime.time(10), tzinfo=ZoneInfo("Europe/Rome")
    )
    with at(june):
        _hold(edition, "Examination board of June", june.date(), registrar)
    _resits(edition, june, registrar)
    july = june + timedelta(days=35)
    with at(july):
        _hold(edition, "Examination board of July", july.date(), registrar)
        _papers(edition, registrar)
    _draw_some()


def _hold(edition, name, day, registrar):
    """Confirm what the rules propose; decide by hand what is to be noted."""
    board = open_board(edition, name=name, held_on=day, members=MEMBERS, by=registrar)
    prepare_agenda(board, by=registrar)
    decide_as_proposed(board, ItemKind.RESULT, by=registrar)
    decide_as_proposed(board, ItemKind.DEGREE, by=registrar)
    for item in board.items.undecided().select_related("case", "replaces"):
        decide(item, _by_hand(item), by=registrar)
    if board.items.exists():
        close_board(board, by=registrar, minutes="The board was quorate. All decisions were unanimous.")


def _by_hand(item):
    if item.kind == ItemKind.RESULT:
        note = "Attendance was discussed; the examination stands."
        return Decision(score=item.proposed_score, outcome=item.proposed_outcome, note=note)
    if item.kind == ItemKind.CASE:
        if item.case.kind == CaseKind.APPEAL:
            score = min(item.replaces.score + Decimal("0.03"), Decimal(1))
            note = "One answer had not been read to the end."
            return Decision(case=CaseDecision.GRANTED, score=score, outcome=ModuleOutcome.PASSED, note=note)
        return Decision(case=CaseDecision.REFUSED, note="Too late to be of use.")
    return Decision(awards_degree=False, note="A module is not passed yet.")


def _resits(edition, june, registrar):
    """Whoever failed a module sits it again; somebody appeals against a result."""
    records = records_of(edition)
    failed = [
        (record, line)
        for record in records.values()
        for line in record.lines
        if line.counted and not line.passed
    ]
    for record, line in failed:
        with at(june + timedelta(days=3)):
            case = open_case(
                record.student,
                CaseKind.RESIT,
                by=record.student.person,
                grounds="I had a fever on the day of the examination.",
                place=line.present,
            )
            until = (june + timedelta(days=25)).date()
            decide_case(case, granted=True, by=registrar, reason="One re-sit is allowed.", until=until)
        with at(june + timedelta(days=20)):
            record_resit(case, Decimal("0.71"), by=registrar)
    passed = [record for record in records.values() if record.degree and record.degree.is_awarded]
    with at(june + timedelta(days=6)):
        one = passed[0]
        open_case(
            one.student,
            CaseKind.APPEAL,
            by=one.student.person,
            grounds="The last page of my answer was not marked.",
            place=one.lines[0].present,
        )


def _papers(edition, registrar):
    """A diploma and a transcript for everybody whose degree is awarded; they are drawn in the background."""
    template = PaperTemplate.objects.serving(Purpose.TRANSCRIPT).first()
    for record in records_of(edition).values():
        student = record.student
        if not (record.degree and record.degree.is_awarded):
            continue
        if student.person.name_confirmed_at is None:
            confirm_name(student.person, student.person.full_name)
            student.person.refresh_from_db()
        issue_student_paper(
            student, template, key=uuid.uuid4(), language="en", by=registrar, reason="Graduation"
        )
        issue_diploma(student, by=registrar, reason="Graduation")


def _draw_some():
    """The first papers are drawn at once, so that there is something to look at.

    By the clock on the wall: no key signs in a month in which its certificate did not hold yet.
    """
    for award in Award.objects.filter(stored_at=None, occasion__isnull=False).order_by("pk")[:6]:
        store(award)
