"""The columns of a spreadsheet of past awards, as they are called in the languages of the screens."""

from enrolments import tables
from enrolments.tables import Columns

HEADINGS = {
    "number": ("Number", "Registry number", "Numéro", "Numéro de registre", "الرقم", "رقم السجل"),
    "name": ("Name", "Nom", "Nom et prénom", "الاسم"),
    "award": ("Award", "Certificat", "الشهادة"),
    "course": ("Course", "Course title", "Cours", "Intitulé du cours", "الدورة", "عنوان الدورة"),
    "hours": ("Hours", "Heures", "الساعات"),
    "day": ("Day", "Date", "Completed on", "Jour", "التاريخ", "اليوم"),
    "language": ("Language", "Langue", "اللغة"),
    "email": ("E-mail", "Email", "E-mail address", "Courriel", "البريد الإلكتروني"),
    "valid_until": ("Valid until", "Valable jusqu’au", "Valable jusqu'au", "صالحة حتى"),
}
COLUMNS = Columns(HEADINGS, needed=("number", "name", "award", "course", "day"), most_rows=5_000)


def read_table(content: bytes) -> list[dict]:
    """Every line below the headings, as it is kept until it is entered. Raises NotATable."""
    return tables.read_table(content, COLUMNS)
