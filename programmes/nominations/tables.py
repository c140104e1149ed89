"""The columns of a partner's spreadsheet, as they are called in the languages of the screens."""

from enrolments.tables import Columns

HEADINGS = {
    "given_names": ("Given names", "First name", "Prénoms", "Prénom", "الأسماء الشخصية", "الاسم الشخصي"),
    "family_name": ("Family name", "Last name", "Surname", "Nom de famille", "Nom", "اسم العائلة"),
    "email": ("E-mail", "Email", "E-mail address", "Courriel", "Adresse électronique", "البريد الإلكتروني"),
    "born_on": ("Date of birth", "Born on", "Date de naissance", "تاريخ الميلاد"),
    "country": (
        *("Country of nationality", "Nationality", "Country"),
        *("Pays de nationalité", "Nationalité", "Pays", "بلد الجنسية", "الجنسية", "البلد"),
    ),
    "institution": ("Institution", "Organization", "Établissement", "المؤسسة"),
    "position": ("Position", "Function", "Fonction", "المنصب", "الوظيفة"),
    "language": ("Language", "Langue", "اللغة"),
}
COLUMNS = Columns(HEADINGS, needed=("given_names", "family_name", "email"), most_rows=500)
EXAMPLE = [
    (
        *("Amina", "Diallo", "amina.diallo@example.org", "1990-05-01", "Senegal"),
        *("Court of Appeal of Dakar", "Judge", "fr"),
    ),
    (
        *("Omar", "Haddad", "omar.haddad@example.org", "1987-11-23", "JO"),
        *("Public Prosecution", "Prosecutor", "ar"),
    ),
]
