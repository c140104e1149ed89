"""The master's programme of the demo, from call to diploma, with every figure worked out again from single facts."""

import json
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest

from certificates.models import Award, PaperKind
from courses.models import CoursePage
from gradebook.models import GradeEntry
from lms.demo.awards import make_award_type
from lms.demo.llm import make_llm
from lms.demo.papers import make_papers
from lms.demo.people import make_personas
from lms.demo.tree import make_tree
from moots.models import MemberResult, Moot
from portfolio.services import load_reference_data
from programmes.models import (
    Application,
    DecisionOutcome,
    Offer,
    ProgrammeEdition,
    ResitResult,
    Student,
    StudentCase,
)
from programmes.records.record import records_of
from timetable.models import AttendanceMark, Status

pytestmark = pytest.mark.django_db
PERCENT = "\N{NO-BREAK SPACE}%"
CODE, MODULE, TAUGHT, WORKED, CREDITS, RESULT, GRADE = range(7)


def test_a_cohort_goes_from_call_to_diploma():
    load_reference_data()
    people = make_personas()
    catalogue = make_tree()
    make_award_type()
    make_papers(people)

    make_llm(catalogue, people, lambda sentence: None)

    edition = ProgrammeEdition.objects.get(code="llm-2025-26")
    check_applications(edition)
    check_selection(edition)
    check_the_moot_court(edition)
    for award in Award.objects.filter(award_type__kind=PaperKind.TRANSCRIPT).select_related("occasion"):
        check_transcript(award)
    assert Award.objects.filter(award_type__kind=PaperKind.TRANSCRIPT).count() == 46
    assert Award.objects.filter(award_type__name="LL.M. diploma").count() == 46
    assert Award.objects.whole().count() == 6
    assert not Award.objects.exclude(drawing_problem="").exists()
    check_the_years_after()


def check_applications(edition):
    """210 people of 60 countries applied, nearly all to the end."""
    applications = Application.objects.filter(call__programme_edition=edition)
    submitted = applications.exclude(submitted_at=None)
    assert applications.count() == 210
    assert applications.values("country").distinct().count() == 60
    assert submitted.count() == 205
    assert all(one.receipt for one in submitted.select_related("receipt"))


def check_selection(edition):
    """46 were chosen; where somebody declined, the next of the waiting list took the place."""
    offers = Offer.objects.filter(application__call__programme_edition=edition)
    assert offers.exclude(declined_at=None).count() == 3
    assert offers.filter(decision__outcome=DecisionOutcome.WAITING).count() == 3
    assert Counter(edition.students.values_list("mode", flat=True)) == {"in_person": 40, "online": 6}
    entered = {str(phase): phase.modules.first().enrolments.count() for phase in edition.phases.all()}
    assert set(entered.values()) == {46}, entered


def check_the_moot_court(edition):
    """Four teams pleaded, and each member has a result."""
    moot = Moot.objects.get(edition__module__phase__programme_edition=edition)
    assert moot.teams.count() == 4
    assert MemberResult.objects.filter(release__moot=moot).count() == 46


def check_transcript(award):
    """What it says of one student, against marks and entries alone."""
    student = award.occasion.student_paper.student
    document = award.snapshot["document"]["document"]
    table = next(block for block in document["blocks"] if block["is"] == "Table")
    *rows, total = [row["cells"] for group in table["groups"] for row in group["rows"]]
    places = {place.module.code: place for place in student.module_enrolments.select_related("module")}
    printed = {code: percent_of(score_of(place)) for code, place in places.items()}
    assert {row[CODE]: row[RESULT] for row in rows} == {code: f"{n}{PERCENT}" for code, n in printed.items()}
    assert {row[CODE]: row[CREDITS] for row in rows} == {
        code: str(place.module.credits.normalize() + 0) for code, place in places.items()
    }
    worth = sum(place.module.credits for place in places.values())
    mean = sum(printed[code] * place.module.credits for code, place in places.items()) / worth
    assert total[CREDITS] == str(worth.normalize() + 0)
    assert total[RESULT] == f"{mean.quantize(Decimal(1), ROUND_HALF_UP)}{PERCENT}"
    assert total[TAUGHT] == str((worth * 15).normalize() + 0)
    assert f"Attendance: {attendance_of(student)}" in json.dumps(document, ensure_ascii=False)


def score_of(place):
    """What was entered for the examination; a re-sit and a granted appeal go before it."""
    resit = ResitResult.objects.filter(case__module_enrolment=place).first()
    entry = GradeEntry.objects.newest().get(enrolment=place.enrolment)
    score = resit.score if resit else entry.score
    appeal = StudentCase.objects.filter(module_enrolment=place, kind="appeal", decision="granted")
    return score + Decimal("0.03") if appeal.exists() else score


def percent_of(score):
    return (score * 100).quantize(Decimal(1), ROUND_HALF_UP)


def attendance_of(student):
    """Minutes attended of minutes held, from the newest mark of each session."""
    newest = {}
    for mark in AttendanceMark.objects.filter(enrolment__module_enrolment__student=student).order_by(
        "number"
    ):
        newest[mark.session_id] = mark
    attended = held = Decimal(0)
    for mark in AttendanceMark.objects.in_bulk([one.pk for one in newest.values()]).values():
        minutes = Decimal(mark.session.minutes)
        if mark.status == Status.EXCUSED:
            continue
        held += minutes
        if mark.status == Status.PRESENT:
            attended += minutes
        elif mark.status == Status.LATE:
            attended += minutes if mark.minutes_late <= 5 else minutes - mark.minutes_late
    share = (attended / held * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share.normalize() + 0:f}{PERCENT}"


def check_the_years_after():
    """The next year is under way, and the one after takes applications: ten, and four of people who were nominated."""
    now, coming = (ProgrammeEdition.objects.get(code=code) for code in ("llm-2026-27", "llm-2027-28"))
    assert Student.objects.filter(programme_edition=now).count() == 16
    assert Application.objects.filter(call__programme_edition=coming).count() == 14
    assert all(record.degree is None for record in records_of(now).values())
    assert CoursePage.objects.filter(slug="llm-moot-court", is_restricted=True).exists()
