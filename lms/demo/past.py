"""Awards given before the demo kept its register: entered by the registrar from a spreadsheet, through the services."""

import csv
import io
from collections.abc import Callable

from accounts.models import User
from certificates.models import PastImport
from certificates.past.examining import examine
from certificates.past.services import enter, read_file
from certificates.past.tables import COLUMNS

FILE = "register-2009-2014.csv"
AWARDS = [
    # The judge of the demo came years ago, and finds it among her awards.
    (
        "CERT/2009/0112",
        "Amara Okello",
        "International cooperation in criminal matters",
        "24",
        "2009-06-19",
        "en",
    ),
    (
        "CERT/2011/0047",
        "Łukasz Wiśniewski",
        "Financial investigations: an introduction",
        "40",
        "2011-11-04",
        "en",
    ),
    ("CERT/2012/0230", "Đặng Thị Hương", "Protecting witnesses and victims", "16", "2012-03-30", "en"),
    ("ATT-2013-F-018", "Awa N’Diaye", "La preuve électronique devant le juge", "30", "2013-10-11", "fr"),
    ("CERT/2014/0009", "عبد الرحمن القاسمي", "استرداد الموجودات", "40", "2014-02-21", "ar"),
]


def make_past_awards(people: dict[str, User], say: Callable[[str], None]) -> None:
    """Enter them once."""
    if PastImport.objects.filter(file_name=FILE).exists():
        return
    say("Awards of earlier years …")
    registrar, judge = people["registrar"], people["judge"]
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS.headings)
    writer.writerow({name: heads[0] for name, heads in COLUMNS.headings.items()})
    for place, (number, name, course, hours, day, language) in enumerate(AWARDS):
        writer.writerow(
            {
                "number": number,
                "name": judge.full_name if place == 0 else name,
                "award": "Certificate of participation"
                if number.startswith("ATT")
                else "Certificate of completion",
                "course": course,
                "hours": hours,
                "day": day,
                "language": language,
                "email": judge.email if place == 0 else "",
                "valid_until": "",
            }
        )
    found = read_file(FILE, text.getvalue().encode(), by=registrar)
    seen = examine(found.lines, registrar).fingerprint
    enter(found, seen=seen, by=registrar, reason="Register of the training unit, 2009 to 2014")
