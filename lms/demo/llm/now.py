"""This year, under way since last week, and next year, whose call is open: what the personas sign in to."""

import csv
import datetime
import io
import random
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Role, User
from accounts.services import grant_role
from enrolments.models import EditionRole
from gradebook.models import GradeScheme
from lms.demo.clock import at
from lms.demo.llm.application import applicants, fill, hand_in, page_saying, upload_all
from lms.demo.llm.papers import begin_papers
from lms.demo.llm.selection import score
from lms.demo.llm.term import attend
from lms.demo.llm.years import give_role, make_scheme
from lms.demo.people import make_account
from lms.demo.personas import PERSONAS
from programmes.applications import services
from programmes.models import AssessorAssignment, Call, Mode, Module, ProgrammeEdition, Student
from programmes.nominations import services as nominations
from programmes.nominations.examining import examine
from programmes.nominations.tables import COLUMNS
from programmes.selection.services import assign_evenly
from programmes.services import admit, copy_programme_edition

STUDENTS = 15
NOMINATED = [
    (
        *("Kofi", "Asante", "nominated1@demo.example", "1991-02-14", "Ghana"),
        *("Office of the Attorney-General", "State attorney", "en"),
    ),
    (
        *("Salma", "Haddad", "nominated2@demo.example", "1988-09-03", "JO"),
        *("Public Prosecution", "Prosecutor", "ar"),
    ),
    (
        *("Salma", "Haddad", "nominated3@demo.example", "1993-01-27", "Tunisie"),
        *("Tribunal de première instance", "Juge", "fr"),
    ),
    (
        *("Inês", "Ferreira", "nominated4@demo.example", "1990-12-11", "Cabo Verde"),
        *("Judicial Police", "Inspector", "en"),
    ),
]
ROME = ZoneInfo("Europe/Rome")


def make_this_year(last: ProgrammeEdition, people: dict[str, User], words: dict) -> Module:
    """Copied from last year in one action; sixteen students in their second week. Returns the module of their court."""
    today = timezone.localdate()
    starts_on = today - timedelta(days=today.weekday() + 7)
    with at(_morning(starts_on - timedelta(days=60))):
        edition = copy_programme_edition(
            last, starts_on=starts_on, by=people["coordinator"], **words["edition"]["now"]
        )
    _people(edition, people)
    with at(_morning(starts_on - timedelta(days=10))):
        persons = [make_account(persona, None) for persona in _never_admitted()[:STUDENTS]]
        for number, person in enumerate([people["student"], *persons]):
            mode = Mode.ONLINE if number % 6 == 5 else Mode.IN_PERSON
            admit(person, edition, mode=mode, by=people["coordinator"], reason="Selected by the committee")
    online, _residential, _project = edition.phases.all()
    modules = list(online.modules.select_related("edition", "phase__programme_edition"))
    attend(modules, people["tutor"], until=timezone.now() - timedelta(hours=3))
    begin_papers(modules[0], people)
    return modules[-1]


def make_next_year(last: ProgrammeEdition, people: dict[str, User], words: dict) -> None:
    """A call that is open: the applicant's draft, nine dossiers handed in, some of them being assessed."""
    starts_on = timezone.localdate() + timedelta(days=350)
    now = timezone.now()
    edition = copy_programme_edition(
        last, starts_on=starts_on, by=people["coordinator"], **words["edition"]["next"]
    )
    call = edition.calls.get()
    Call.objects.filter(pk=call.pk).update(referees_wanted=1)
    with at(now - timedelta(days=20)):
        services.move_window(
            call,
            opens_at=now - timedelta(days=20),
            closes_at=_midnight(now + timedelta(days=45)),
            by=people["coordinator"],
            reason="The calendar of next year",
        )
        call = services.open_call(call, by=people["coordinator"])
    for name in ("assessor", "assessor2", "assessor3"):
        give_role(edition, people[name], Role.ASSESSOR)
    chance = random.Random("next")
    for number, persona in enumerate(_never_admitted()[:9], start=1):
        with at(now - timedelta(days=12) + timedelta(hours=number)):
            application = fill(call, make_account(persona, None), persona, number, chance)
            upload_all(application, words)
            services.name_referee(
                application, name="Judge Ruth Ngata", email=f"referee{number}@demo.example", language="en"
            )
            hand_in(application)
    with at(now - timedelta(days=5)):
        assign_evenly(call, by=people["coordinator"], seed=9)
        given = AssessorAssignment.objects.filter(application__call=call).exclude(assessor=people["assessor"])
        for assignment in given.select_related("application__person", "application__call", "assessor"):
            score(assignment, words)
    with at(now - timedelta(days=2)):
        persona = next(one for one in PERSONAS if one.email.startswith("applicant@"))
        application = fill(call, people["applicant"], persona, 0, chance)
        wanted = call.wanted_documents.get(key="cv")
        services.upload_document(application, wanted, page_saying("Curriculum vitae"), by=people["applicant"])
    with at(now - timedelta(days=1)):
        nominate(call, people["coordinator"])


def nominate(call: Call, by: User) -> None:
    """A partner's list of four people, two of them of one name."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS.example)
    writer.writerows(NOMINATED)
    partner = call.programme_edition.partners.order_by("pk").first().partner
    found = nominations.read_file(
        call, partner, name="nominations.csv", content=text.getvalue().encode(), by=by
    )
    nominations.enter(found, seen=examine(found, by).fingerprint, by=by)


def _never_admitted():
    """Those who applied and were never given a place: they try again."""
    admitted = set(Student.objects.values_list("person__email", flat=True))
    return [persona for persona in applicants() if persona.email not in admitted]


def _people(edition, people):
    """Copies leave people behind: tutors, gradebooks."""
    for module in Module.objects.filter(phase__programme_edition=edition).select_related("edition", "phase"):
        grant_role(
            EditionRole(
                person=people["tutor"],
                role=Role.TUTOR,
                edition=module.edition,
                starts_on=min(module.phase.starts_on, timezone.localdate()),
                reason="Tutor",
            ),
            by=None,
        )
        if not GradeScheme.objects.filter(edition=module.edition).exists():
            make_scheme(module, people["coordinator"])


def _midnight(moment: datetime.datetime) -> datetime.datetime:
    """The last second of the day, where the programme is held."""
    return moment.astimezone(ROME).replace(hour=23, minute=59, second=59, microsecond=0)


def _morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(9), tzinfo=ROME)
