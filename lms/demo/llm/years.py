"""A year of the programme as staff set it up: partners, places, fees, phases with gates, modules, rules, people."""

import datetime
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import Role, User
from accounts.services import grant_role
from certificates.models import AwardType
from courses.models import ProgrammePage
from enrolments.models import Edition, EditionRole, Format, WayIn
from gradebook.models import GradeItem, GradeScale
from gradebook.services import add_manual_item, create_scheme
from gradebook.services.schemes import change_scheme
from portfolio.models import Partner
from programmes.models import (
    AcademicRules,
    ClassificationRule,
    Gate,
    GateCondition,
    GateConditionKind,
    Lecturer,
    Mode,
    Module,
    PartnerPart,
    Phase,
    ProgrammeEdition,
    ProgrammeRole,
)

CAPACITY = {Mode.IN_PERSON: 40, Mode.ONLINE: 6}
CLASSES = [
    ("With distinction", "Avec distinction", "مع مرتبة الشرف", "0.85", "0.9", 0),
    ("With merit", "Avec mention", "مع تقدير", "0.75", None, None),
    ("Pass", "Admis", "ناجح", "0.6", None, None),
]


def monday_weeks_ago(weeks: int) -> datetime.date:
    """A Monday that long ago."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday()) - timedelta(weeks=weeks)


def make_year(page: ProgrammePage, courses: dict, people: dict[str, User], words: dict) -> ProgrammeEdition:
    """The edition with everything that next year's is copied from."""
    starts_on = monday_weeks_ago(54)
    edition = ProgrammeEdition.objects.create(
        page=page,
        code=words["edition"]["code"],
        name=words["edition"]["name"],
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=33, days=-3),
        hours_taught_per_credit=Decimal(15),
        hours_worked_per_credit=Decimal(30),
        scale=GradeScale.objects.get(slug="distinction"),
        least_attendance=Decimal("0.8"),
    )
    university, _created = Partner.objects.get_or_create(name=words["university"])
    edition.partners.create(partner=university, part=PartnerPart.DEGREE_AWARDING)
    for mode, capacity in CAPACITY.items():
        edition.modes.create(mode=mode, capacity=capacity)
    edition.fees.create(
        name="Tuition, in person",
        mode=Mode.IN_PERSON,
        amount=Decimal(5000),
        due_on=starts_on - timedelta(days=30),
    )
    edition.fees.create(
        name="Tuition, online", mode=Mode.ONLINE, amount=Decimal(3000), due_on=starts_on - timedelta(days=30)
    )
    edition.calendar.create(
        name="Winter break",
        names={"fr": "Trêve hivernale", "ar": "العطلة الشتوية"},
        starts_on=starts_on + timedelta(weeks=5),
        ends_on=starts_on + timedelta(weeks=6, days=-1),
        is_free=True,
    )
    phases = [_phase(edition, number, one) for number, one in enumerate(words["phases"], start=1)]
    for position, one in enumerate(words["modules"]):
        _module(phases[one["phase"] - 1], courses[one["code"]], one, position, people)
    _gates(phases)
    _rules(edition)
    _roles(edition, people)
    return edition


def _phase(edition, number, words):
    starts_on = edition.starts_on + timedelta(weeks=words["from"])
    return Phase.objects.create(
        programme_edition=edition,
        name=words["name"],
        names={"fr": words["fr"], "ar": words["ar"]},
        kind=words["kind"],
        position=number,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=words["weeks"], days=-3),
    )


def _module(phase, course, words, position, people):
    worth = Decimal(words["credits"])
    taught = Edition.objects.create(
        course=course,
        code=f"{phase.programme_edition.code}-{words['slug'].removeprefix('llm-')}",
        name=phase.programme_edition.name,
        format=Format.TUTORED if phase.position == 1 else Format.BLENDED,
        starts_on=phase.starts_on,
        ends_on=phase.ends_on,
        way_in=WayIn.STAFF,
        is_restricted=True,
    )
    grant_role(
        EditionRole(
            person=people["tutor"], role=Role.TUTOR, edition=taught, starts_on=phase.starts_on, reason="Tutor"
        ),
        by=None,
    )
    module = Module.objects.create(
        phase=phase,
        code=words["code"],
        edition=taught,
        position=position,
        credits=worth,
        hours_taught=worth * 15,
        hours_worked=worth * 30,
    )
    # Asked for two years: this year's sessions are copied with their lecturer, next year's without.
    until = phase.starts_on + timedelta(weeks=100)
    Lecturer.objects.create(module=module, person=people["tutor"], starts_on=phase.starts_on, ends_on=until)
    make_scheme(module, people["coordinator"])


def make_scheme(module: Module, by: User) -> None:
    """A gradebook with one examination, released as soon as it is marked."""
    scheme = create_scheme(module.edition, by=by)

    def weigh():
        scheme.scale = module.phase.programme_edition.scale
        scheme.save()
        scheme.categories.all().delete()
        scheme.categories.create(name="Examination", names={"fr": "Examen", "ar": "الامتحان"}, weight=100)

    change_scheme(scheme, weigh, by=by, reason="As the university asks")
    item = GradeItem(
        scheme=scheme,
        category=scheme.categories.get(),
        name="Examination",
        names={"fr": "Examen", "ar": "الامتحان"},
        points=100,
    )
    add_manual_item(item, by=by, shown=True)


def _gates(phases):
    _online, residential, project = phases
    gate = Gate.objects.create(phase=residential, note="The examination at the end of the online phase.")
    GateCondition.objects.create(gate=gate, kind=GateConditionKind.MODULES)
    gate = Gate.objects.create(phase=project, note="Attendance in Turin is compulsory for the degree.")
    GateCondition.objects.create(gate=gate, kind=GateConditionKind.ATTENDANCE, least=Decimal("0.7"))


def _rules(edition):
    AcademicRules.objects.create(
        programme_edition=edition, diploma=AwardType.objects.filter(name="LL.M. diploma").first()
    )
    for position, (name, french, arabic, average, attendance, resits) in enumerate(CLASSES):
        ClassificationRule.objects.create(
            programme_edition=edition,
            position=position,
            name=name,
            names={"fr": french, "ar": arabic},
            least_average=Decimal(average),
            least_attendance=attendance and Decimal(attendance),
            most_resits=resits,
        )


def _roles(edition, people):
    for name, role in (
        ("assessor", Role.ASSESSOR),
        ("assessor2", Role.ASSESSOR),
        ("assessor3", Role.ASSESSOR),
    ):
        give_role(edition, people[name], role)


def give_role(edition: ProgrammeEdition, person: User, role: str) -> None:
    """A role on the edition from long ago, so that it holds whatever the moment."""
    grant_role(
        ProgrammeRole(
            person=person,
            role=role,
            programme_edition=edition,
            starts_on=edition.starts_on - timedelta(days=500),
            reason="Demo",
        ),
        by=None,
    )
