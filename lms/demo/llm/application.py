"""210 people of 60 countries apply: accounts, answers, documents, declarations, receipts."""

import datetime
import random
from datetime import timedelta
from io import BytesIO
from itertools import cycle, islice
from zoneinfo import ZoneInfo

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from accounts.models import User
from lms.demo.clock import at
from lms.demo.people import INSTITUTIONS, SENIORITIES, make_account
from lms.demo.personas import Persona
from lms.demo.tree import CONTENT
from portfolio.models import Country, Profession
from programmes.applications import services
from programmes.models import Application, Call, Mode, ProgrammeEdition

NUMBER = 210
PROFESSIONS = ("judiciary", "prosecution", "police", "prison", "defence")
GENDERS = ("woman", "man")
LETTERS = [
    "In my office requests for assistance wait for months because nobody was trained to write them. I want to change that.",
    "I prosecuted my first case of trafficking with a code from 1961. The degree would give me the instruments that exist today.",
    "My unit follows money, and the money has left before we do. I want to learn how others have become faster.",
    "As a clerk of the court I saw good cases fail for a missing page. I would like to teach procedure one day.",
    "After four years with juvenile offenders I want to understand the law that sends them to us.",
]
CASES = [
    "A cargo of counterfeit medicine, three jurisdictions, one laboratory. I kept the file.",
    "A project that brought hearings to villages: forty cases in the first month.",
    "The seizure of a house that belonged to a company that belonged to nobody.",
    "The release of detainees whose files had been lost, one by one.",
]


def make_applications(edition: ProgrammeEdition, people: dict[str, User], words: dict) -> Call:
    """Last year's call with everybody who answered it."""
    opens = _moment(edition.starts_on - timedelta(days=200))
    call = make_call(
        edition, words, opens_at=opens, closes_at=_moment(edition.starts_on - timedelta(days=107), 23)
    )
    with at(opens):
        call = services.open_call(call, by=people["coordinator"])
    chance = random.Random("llm")
    for number, persona in enumerate(applicants(), start=1):
        person = make_account(persona, None)
        day = chance.uniform(2, 91)
        _apply(call, person, persona, number, opens + timedelta(days=day), chance, words)
    return call


def make_call(edition: ProgrammeEdition, words: dict, *, opens_at, closes_at, referees: int = 0) -> Call:
    """A call with what it asks, in the languages of the demo."""
    call = Call.objects.create(
        programme_edition=edition,
        code=f"{edition.code}-call",
        name=f"{edition.name}: call for applications",
        names={
            "fr": f"{edition.name} : appel à candidatures",
            "ar": f"{edition.name}: دعوة لتقديم الطلبات",
        },
        introduction="A first degree of three years or more in law or a neighbouring subject, and English. No application fee.",
        opens_at=opens_at,
        closes_at=closes_at,
        grace_seconds=120,
        referees_wanted=referees,
    )
    for position, (key, question, kind, most) in enumerate(words["questions"]):
        call.questions.create(key=key, name=question, kind=kind, most_words=most or None, position=position)
    for position, (key, name, french, arabic, pages) in enumerate(words["documents"]):
        call.wanted_documents.create(
            key=key,
            name=name,
            names={"fr": french, "ar": arabic},
            most_pages=pages,
            is_sensitive=key != "cv",
            position=position,
        )
    for position, (key, sentence) in enumerate(words["declarations"]):
        call.declarations.create(key=key, name=sentence, position=position)
    return call


def applicants() -> list[Persona]:
    """Everybody, in an order that mixes countries."""
    rows = yaml.safe_load((CONTENT / "applicants.yaml").read_text(encoding="utf-8"))
    chance, found = random.Random("people"), []
    for number, code in enumerate(islice(cycle(sorted(rows)), NUMBER), start=1):
        women, men, families = rows[code]
        gender = GENDERS[chance.random() < 0.48]
        found.append(
            Persona(
                f"applicant{number:03}@demo.example",
                chance.choice(women if gender == "woman" else men),
                families[(number // len(rows)) % len(families)],
                what="",
                try_this="",
                country=code,
                gender=gender,
                profession=PROFESSIONS[number % len(PROFESSIONS)],
                institution=INSTITUTIONS[number % len(INSTITUTIONS)],
                seniority=SENIORITIES[number % len(SENIORITIES)],
                time_zone="UTC",
            )
        )
    chance.shuffle(found)
    return found


def _apply(call, person, persona, number, moment, chance, words):
    """One dossier, written on one evening; a few are never finished."""
    with at(moment):
        application = fill(call, person, persona, number, chance)
        if number % 40 == 0:
            return
        upload_all(application, words)
        hand_in(application)


def fill(call: Call, person: User, persona: Persona, number: int, chance: random.Random) -> Application:
    """A draft about the person, with answers."""
    application = services.begin(person, call, language="en")
    country = Country.objects.get(code=persona.country)
    values = {
        "given_names": person.first_name,
        "family_name": person.last_name,
        "born_on": datetime.date(1980 + number % 18, 1 + number % 12, 1 + number % 28),
        "gender": persona.gender,
        "country": country,
        "residence": country,
        "profession": Profession.objects.get(slug=persona.profession),
        "institution": persona.institution or "District court (fictional)",
        "mode": Mode.ONLINE if number % 8 == 0 else Mode.IN_PERSON,
    }
    application = services.save_person(application, values, sequence=application.sequence, language="en")
    said = {"motive": chance.choice(LETTERS), "experience": chance.choice(CASES), "english": "English"}
    answers = {question.pk: said[question.key] for question in call.questions.all()}
    return services.save_answers(application, answers, sequence=application.sequence, language="en")


def upload_all(application: Application, words: dict) -> None:
    """A small document for each that is wanted, in English."""
    for wanted in application.call.wanted_documents.all():
        name = f"{wanted.name}: {application.given_names} {application.family_name}"
        services.upload_document(application, wanted, page_saying(name), by=application.person)
        services.say_language(application, wanted, "en")


def hand_in(application: Application) -> None:
    """Submitted with every declaration."""
    declared = list(application.call.declarations.values_list("pk", flat=True))
    services.submit(application, declared=declared, language="en")


def page_saying(words: str) -> SimpleUploadedFile:
    """A PDF of one page that says what it stands for."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(72, 760, words.encode("latin-1", "replace").decode("latin-1"))
    canvas.drawString(72, 730, "A document of the demo: nobody is meant.")
    canvas.save()
    return SimpleUploadedFile("document.pdf", written.getvalue(), content_type="application/pdf")


def _moment(day: datetime.date, hour: int = 9) -> datetime.datetime:
    return min(
        datetime.datetime.combine(day, datetime.time(hour), tzinfo=ZoneInfo("Europe/Rome")), timezone.now()
    )
