"""Who one can sign in as, and what to try. All plainly fictional."""

from dataclasses import dataclass

from accounts.models import Role

PASSWORD = "turin-harbour-lantern"


@dataclass(frozen=True)
class Persona:
    """One demo account."""

    email: str
    first_name: str
    last_name: str
    what: str
    try_this: str
    country: str = "IT"
    profession: str = "judiciary"
    gender: str = "woman"
    language: str = "en"
    roles: tuple[str, ...] = ()
    institution: str = ""
    seniority: str = "experienced"
    time_zone: str = "Europe/Rome"


PERSONAS = [
    Persona(
        "judge@demo.example",
        "Amara",
        "Okello",
        "Judge, learner (English)",
        "My learning: one course under way, one about to begin; the catalogue; a quiz; flashcards; a marked assignment, a group’s draft",
        country="UG",
        institution="High Court (fictional)",
        time_zone="Africa/Kampala",
    ),
    Persona(
        "juge@demo.example",
        "Mariam",
        "Traoré",
        "Juge, learner (French)",
        "The course on trafficking in persons in French, on a phone, with a decision scenario",
        country="ML",
        language="fr",
        institution="Tribunal de grande instance (fictif)",
        time_zone="Africa/Bamako",
    ),
    Persona(
        "qadi@demo.example",
        "سامي",
        "النجار",
        "Judge, learner (Arabic, right to left)",
        "The same course in Arabic; a certificate in Arabic under Awards",
        country="JO",
        gender="man",
        language="ar",
        institution="محكمة البداية (خيالية)",
        time_zone="Asia/Amman",
    ),
    Persona(
        "trainer@demo.example",
        "Elena",
        "Ferri",
        "Trainer (author)",
        "CMS, Courses: change a lesson, preview it, submit the whole course; Interactive content: write a case, see it played",
        roles=(Role.AUTHOR,),
    ),
    Persona(
        "reviewer@demo.example",
        "Tomás",
        "Aguilar",
        "Subject expert (reviewer)",
        "CMS, Courses: see what changed, approve it or return it",
        gender="man",
        country="CL",
        roles=(Role.REVIEWER,),
        time_zone="America/Santiago",
    ),
    Persona(
        "tutor@demo.example",
        "Ngozi",
        "Adeyemi",
        "Tutor of the running edition",
        "CMS, Tutoring: who has gone quiet, an unanswered question, the gradebook; Marking: papers beside their rubric",
        country="NG",
        time_zone="Africa/Lagos",
    ),
    Persona(
        "coordinator@demo.example",
        "Luc",
        "Moreau",
        "Coordinator",
        "CMS: editions, enrolments, gradebook; programmes: applications, committee, letters, timetable, copy a year",
        gender="man",
        country="FR",
        roles=(Role.COORDINATOR,),
    ),
    Persona(
        "registrar@demo.example",
        "Ingrid",
        "Solheim",
        "Registrar",
        "CMS: awards (replace, revoke), examination boards, transcripts, audit log",
        country="NO",
        roles=(Role.REGISTRAR,),
    ),
    Persona(
        "applicant@demo.example",
        "Leyla",
        "Karimova",
        "Applicant to the LL.M.",
        "Programmes, LL.M.: continue the application on a phone, upload what is missing, name a referee, submit",
        country="UZ",
        profession="prosecution",
        time_zone="Asia/Tashkent",
    ),
    Persona(
        "assessor@demo.example",
        "Hadiza",
        "Sow",
        "Assessor of applications",
        "CMS, Programmes: declare that there is no conflict, read dossiers, score them by the criteria",
        country="SN",
        time_zone="Africa/Dakar",
    ),
    Persona(
        "assessor2@demo.example",
        "Oscar",
        "Lindqvist",
        "Assessor and judge of moot courts",
        "The same, for others",
        gender="man",
        country="SE",
    ),
    Persona(
        "assessor3@demo.example",
        "Ji-woo",
        "Han",
        "Assessor and judge of moot courts",
        "The same, for others",
        country="KR",
        time_zone="Asia/Seoul",
    ),
    Persona(
        "student@demo.example",
        "Daniel",
        "Abebe",
        "Student of the LL.M.",
        "Programmes: where I am, the gate to Turin, timetable and calendar feed, attendance, my research paper, the moot court, my record",
        gender="man",
        country="ET",
        profession="prosecution",
        time_zone="Africa/Addis_Ababa",
    ),
    Persona(
        "mootjudge@demo.example",
        "Marguerite",
        "Oduya",
        "Judge of a moot court",
        "Moot courts, on a phone: read the memorials, score them alone by the rubric, hand in",
        country="KE",
        time_zone="Africa/Nairobi",
    ),
    Persona(
        "evaluator@demo.example",
        "Sigrid",
        "Halvorsen",
        "Evaluator",
        "CMS, Reports: learners reached by country, gender, profession, priority and donor",
        country="DK",
        roles=(Role.EVALUATOR,),
    ),
    Persona(
        "admin@demo.example",
        "Paolo",
        "Conti",
        "Administrator",
        "CMS: everything, site roles, background work",
        gender="man",
        roles=(Role.ADMINISTRATOR,),
    ),
]


def persona_table() -> str:
    """The accounts as a table for the terminal."""
    width = max(len(persona.email) for persona in PERSONAS)
    lines = [
        f"  {persona.email:<{width}}  {persona.what}\n  {'':<{width}}  → {persona.try_this}"
        for persona in PERSONAS
    ]
    return "\n".join([f"Password of every demo account: {PASSWORD}", *lines])
