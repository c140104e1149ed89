"""Accounts of the demo: the personas and fifty fictional learners."""

from pathlib import Path

import yaml
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import SiteRole, User
from accounts.services import confirm_name, grant_role
from lms.demo.personas import PASSWORD, PERSONAS, Persona
from portfolio.models import Country, Profession

LEARNERS = Path(__file__).parent / "content" / "learners.yaml"
# Fictional, and empty for some: the question may be left open.
INSTITUTIONS = (
    "Regional court",
    "",
    "Public prosecution office",
    "National police service",
    "",
    "Judicial academy",
)
SENIORITIES = ("junior", "experienced", "senior", "experienced", "head")


def make_account(persona: Persona, password: str | None) -> User:
    """The account of a persona, made now if it does not exist, with a confirmed address and a filled profile."""
    person = User.objects.filter(email=persona.email).first()
    if person:
        return person
    person = User.objects.create_user(
        persona.email,
        password,
        first_name=persona.first_name,
        last_name=persona.last_name,
        country=Country.objects.get(code=persona.country),
        profession=Profession.objects.get(slug=persona.profession),
        gender=persona.gender,
        institution=persona.institution,
        seniority=persona.seniority,
        language=persona.language,
        time_zone=persona.time_zone,
        profile_completed_at=timezone.now(),
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def make_personas() -> dict[str, User]:
    """Everybody one can sign in as, by the part of the address before the at sign."""
    people = {persona.email.split("@")[0]: make_account(persona, PASSWORD) for persona in PERSONAS}
    for persona in PERSONAS:
        person = people[persona.email.split("@")[0]]
        for role in persona.roles:
            if not SiteRole.objects.held_by(person).filter(role=role).exists():
                grant_role(SiteRole(person=person, role=role, reason="Demo"), by=None)
    return people


def make_learners() -> list[User]:
    """Fifty fictional learners who cannot sign in. All but the last have confirmed their printed name."""
    learners = []
    for number, row in enumerate(yaml.safe_load(LEARNERS.read_text(encoding="utf-8")), start=1):
        first_name, last_name, country, gender, language, profession = row
        persona = Persona(
            email=f"learner{number:02}@demo.example",
            first_name=first_name,
            last_name=last_name,
            what="",
            try_this="",
            country=country,
            gender=gender,
            language=language,
            profession=profession,
            institution=INSTITUTIONS[number % len(INSTITUTIONS)],
            seniority=SENIORITIES[number % len(SENIORITIES)],
        )
        learners.append(make_account(persona, None))
    for person in learners[:-1]:
        if person.name_confirmed_at is None:
            confirm_name(person, person.full_name)
    return learners
