"""The merge fields that the words of papers may have, by what a paper is for."""

from django.utils.translation import gettext_lazy as _

from certificates.models import Purpose

COMMON = {
    "name": _("Name as printed"),
    "programme": _("Title of the programme or course"),
    "edition": _("Edition, such as 2026-27"),
    "institution": _("Name of the institution"),
    "issued_on": _("Day on which the paper is issued"),
    "valid_until": _("Last day on which the paper holds"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "place": _("Where it is held"),
    "mode": _("In person or online"),
    "partners": _("Partner institutions"),
}
PERSON = {
    "birth_date": _("Date of birth"),
    "student_number": _("Number of the student"),
    "country": _("Country or area"),
}
FIELDS = {
    Purpose.ADMISSION: COMMON
    | {
        "country": _("Country or area"),
        "reference": _("Number of the application"),
        "respond_by": _("Last day to accept the place"),
        "conditions": _("Conditions of the admission"),
        "fees": _("Fees"),
        "accept_at": _("Address at which the place is accepted"),
    },
    Purpose.VISA: COMMON
    | PERSON
    | {
        "nationality": _("Nationality"),
        "passport_number": _("Number of the passport"),
        "arrives_on": _("Day of arrival"),
        "leaves_on": _("Day of departure"),
        "funding": _("Who pays for the stay"),
    },
    Purpose.ENROLMENT: COMMON
    | PERSON
    | {
        "admitted_on": _("Day of admission"),
        "status": _("Standing, such as enrolled or on leave"),
        "phase": _("Phase of the programme"),
        "hours": _("Hours"),
        "credits": _("Credits"),
    },
    Purpose.TRANSCRIPT: COMMON
    | PERSON
    | {
        "admitted_on": _("Day of admission"),
        "conferred_on": _("Day on which the degree was conferred"),
        "class": _("Class of the degree"),
        "average": _("Average or total result"),
        "hours": _("Hours"),
        "credits": _("Credits"),
        "credit_unit": _("What one credit stands for"),
        "attendance": _("Attendance"),
    },
}
FIELDS[Purpose.OTHER] = {name: label for fields in list(FIELDS.values()) for name, label in fields.items()}
# What stands on a line of its own: facts, tables and legends that whoever issues the paper brings along.
BLOCKS = {
    "facts": _("The facts of the paper, each below what it is"),
    "results": _("Table of results"),
    "legend": _("How grades are to be read"),
    "supplement": _("Whatever is added about the programme"),
}
BLOCKS_OF = {
    Purpose.ADMISSION: ("facts",),
    Purpose.VISA: ("facts",),
    Purpose.ENROLMENT: ("facts",),
    Purpose.TRANSCRIPT: tuple(BLOCKS),
    Purpose.OTHER: tuple(BLOCKS),
}
LOOKS = {Purpose.ENROLMENT: "record", Purpose.TRANSCRIPT: "record"}


def look_of(purpose: str) -> str:
    """Whether a paper looks like a record or like a letter."""
    return LOOKS.get(Purpose(purpose), "letter")
