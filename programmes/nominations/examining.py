"""What entering each line of a partner's spreadsheet would do, and what is wrong with it. Nothing is written here.

The address names a person, never the name: two people of one name are told apart and said, not merged. Whose account an
address is, is not said beyond what the line says itself: a list is no way of reading accounts.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from enrolments.cells import (
    Examined,
    Preview,
    WrongCell,
    day_of,
    language_of,
    languages_by_name,
    take,
    words_of,
)
from portfolio.models import Country
from portfolio.models.named import folded
from programmes.applications.duplicates import name_key
from programmes.models import Application, NominationList

EARLIEST = date(1900, 1, 1)
LONGEST = {"given_names": 150, "family_name": 150, "email": 254, "institution": 200, "position": 200}


@dataclass(frozen=True)
class Facts:
    """What a line says, understood."""

    given_names: str
    family_name: str
    email: str
    born_on: date | None
    country: Country | None
    institution: str
    position: str
    language: str
    person: User | None
    nominated_by: str = ""


@dataclass(frozen=True)
class NominationPreview(Preview[Facts]):
    """Every line of a list, and what confirming would do with them."""

    @property
    def fingerprint(self) -> str:
        """Changes when confirming would do something else than what was shown."""
        said = [
            (one.line, one.facts.email, one.facts.person and one.facts.person.pk)
            for one in self.new
            if one.facts
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def examine(nominations: NominationList, by: User) -> NominationPreview:
    """What `by` entering these lines now would do. The number of queries does not depend on how many there are."""
    known = Known(nominations, by)
    return NominationPreview(tuple(_examined(line, known) for line in nominations.lines))


class Known:
    """What lines are compared with: the file itself, accounts, countries and applications, each read once."""

    def __init__(self, nominations: NominationList, by: User):
        self.by, self.call, self.lines = by, nominations.call, nominations.lines
        self.today = timezone.localdate()

    @cached_property
    def lines_by_email(self) -> dict[str, list[int]]:
        """In which lines an address stands."""
        found = defaultdict(list)
        for line in self.lines:
            found[line["cells"].get("email", "").casefold()].append(line["number"])
        return found

    @cached_property
    def lines_by_name(self) -> dict[str, list[dict]]:
        """Which lines have a name, however it is ordered and accented."""
        found = defaultdict(list)
        for line in self.lines:
            cells = line["cells"]
            found[name_key(cells["given_names"], cells["family_name"])].append(line)
        return found

    @cached_property
    def people(self) -> dict[str, User]:
        """Accounts by the addresses that the file gives; of merged ones the one that stays."""
        given = {email for email in self.lines_by_email if email}
        found = User.objects.annotate(lowered=Lower("email")).filter(lowered__in=given)
        return {
            person.email.casefold(): person.merged_into or person
            for person in found.select_related("merged_into")
        }

    @cached_property
    def lines_by_person(self) -> dict[int, list[int]]:
        """In which lines an account stands, under whatever address."""
        found = defaultdict(list)
        for email, numbers in self.lines_by_email.items():
            if person := self.people.get(email):
                found[person.pk] += numbers
        return found

    @cached_property
    def applications(self) -> dict[int, Application]:
        """Applications of these accounts to the call: the one that stands, else one that was withdrawn."""
        accounts = {person.pk for person in self.people.values()}
        found = self.call.applications.filter(person__in=accounts).select_related(
            "nomination__nomination_list__partner"
        )
        return {
            one.person_id: one for one in sorted(found, key=lambda one: (one.withdrawn_at is None, one.pk))
        }

    @cached_property
    def applicants_named(self) -> dict[str, list[tuple]]:
        """Standing applications to the call by name: address and date of birth of each."""
        rows = self.call.applications.standing().values_list(
            "given_names", "family_name", "person__email", "born_on"
        )
        found = defaultdict(list)
        for given, family, email, born_on in rows.order_by("pk"):
            found[name_key(given, family)].append((email, born_on))
        return found

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Countries by code and by their names in every language."""
        found = {}
        for country in Country.objects.all():
            for name in (country.code, country.name, *country.names.values()):
                found[folded(name)] = country
        return found

    @cached_property
    def languages(self) -> dict[str, str]:
        """Codes of languages by how people write them."""
        return languages_by_name()


def _examined(line, known):
    cells, problems = line["cells"], list(line["problems"])
    person = known.people.get(cells["email"].casefold())
    facts = Facts(
        given_names=cells["given_names"],
        family_name=cells["family_name"],
        email=cells["email"],
        born_on=take(problems, _birthday, cells.get("born_on", ""), known),
        country=take(problems, _country, cells.get("country", ""), known),
        institution=cells.get("institution", ""),
        position=cells.get("position", ""),
        language=take(problems, language_of, cells.get("language", ""), known.languages) or "",
        person=person,
    )
    problems += [*_name_problems(cells), *_address_problems(cells["email"], known)]
    there = known.applications.get(person.pk) if person else None
    if person:
        problems += _person_problems(facts, person, there, known)
    if problems:
        return Examined(line["number"], cells, None, tuple(problems))
    if there:
        facts = replace(facts, nominated_by=_nominated_by(there))
        return Examined(line["number"], cells, facts, notes=tuple(_differing(facts, there)), is_known=True)
    return Examined(line["number"], cells, facts, notes=tuple(_notes(line, facts, known)))


def _birthday(typed, known):
    if not typed:
        return None
    day = day_of(typed)
    if not EARLIEST <= day < known.today:
        raise WrongCell(_("%(day)s is no date of birth.") % {"day": day.isoformat()})
    return day


def _country(typed, known):
    if not typed:
        return None
    if country := known.countries.get(folded(typed)):
        return country
    raise WrongCell(
        _("“%(country)s” is no country of our list. Write its name as there, or its code of two letters.")
        % {"country": typed}
    )


def _name_problems(cells) -> Iterable[str]:
    if not cells["given_names"]:
        yield _("The given names are missing.")
    for key, most in LONGEST.items():
        if len(cells.get(key, "")) > most:
            yield _("“%(text)s…” is longer than %(most)d characters.") % {
                "text": cells[key][:30],
                "most": most,
            }


def _address_problems(email, known) -> Iterable[str]:
    if not email:
        yield _("The e-mail address is missing. Everybody needs their own.")
        return
    try:
        validate_email(email)
    except ValidationError:
        yield _("“%(email)s” is no e-mail address.") % {"email": email}
    lines = known.lines_by_email[email.casefold()]
    if len(lines) > 1:
        yield _("%(email)s stands in lines %(lines)s. Everybody needs their own address; keep one line.") % {
            "email": email,
            "lines": ", ".join(map(str, lines)),
        }


def _person_problems(facts, person, there, known) -> Iterable[str]:
    if person == known.by:
        yield _("This is your own address. Nobody nominates themselves: ask somebody else.")
    if not person.is_active or person.erased_at:
        yield _("The account of this address is closed.")
        return
    lines = known.lines_by_person[person.pk]
    if len(lines) > len(known.lines_by_email[facts.email.casefold()]):
        yield _("Lines %(lines)s give addresses of one and the same account. Keep one of them.") % {
            "lines": ", ".join(map(str, sorted(lines)))
        }
    if not _has_name(facts, person, there) and not _shared(facts, person, there):
        yield _(
            "The account of this address belongs to somebody of another name. Correct the address; if it is the "
            "same person, write the name as they write it themselves."
        )
    if there and there.withdrawn_at:
        yield _("This person has withdrawn an application to this call. Only they can begin another.")


def _names(person, there):
    return {person.full_name, person.name_for_certificate, there.full_name if there else ""} - {""}


def _has_name(facts, person, there=None):
    return name_key(facts.given_names, facts.family_name) in map(name_key, _names(person, there))


def _shared(facts, person, there=None) -> list[str]:
    """The parts of the name that the account has too, as the line writes them."""
    known = set().union(*map(words_of, _names(person, there)))
    return [part for part in f"{facts.given_names} {facts.family_name}".split() if words_of(part) & known]


def _nominated_by(there):
    return there.nomination.nomination_list.partner.label if hasattr(there, "nomination") else ""


def _differing(facts, there) -> Iterable[str]:
    if facts.born_on and there.born_on and facts.born_on != there.born_on:
        yield _("The application has another date of birth, %(day)s: is it the same person?") % {
            "day": date_format(there.born_on, "j F Y")
        }


def _notes(line, facts, known) -> Iterable[str]:
    if not facts.family_name:
        yield _("There is no family name. Has this person only one name?")
    if facts.person and not _has_name(facts, facts.person):
        yield _(
            "Only “%(parts)s” stands in the name of the account of this address too: is it the same person? They "
            "will read what this line says."
        ) % {"parts": " ".join(_shared(facts, facts.person))}
    name = name_key(facts.given_names, facts.family_name)
    others = [one for one in known.lines_by_name[name] if one["number"] != line["number"]]
    if others:
        yield _("Lines with the same name and another address: %(lines)s. %(who)s") % {
            "lines": ", ".join(str(one["number"]) for one in others),
            "who": _who(any(_same_birthday(one, facts) for one in others)),
        }
    namesakes = [
        (email, born_on)
        for email, born_on in known.applicants_named[name]
        if email.casefold() != facts.email.casefold()
    ]
    if namesakes:
        said = ngettext(
            "Somebody of this name has applied with another address: %(emails)s. %(who)s",
            "People of this name have applied with other addresses: %(emails)s. %(who)s",
            len(namesakes),
        )
        is_same = facts.born_on is not None and any(facts.born_on == born_on for _email, born_on in namesakes)
        yield said % {"emails": ", ".join(email for email, _born in namesakes), "who": _who(is_same)}


def _same_birthday(line, facts):
    return facts.born_on is not None and take([], day_of, line["cells"].get("born_on", "")) == facts.born_on


def _who(is_same_birthday):
    if is_same_birthday:
        return _("The date of birth is the same too: is it one person? They are taken for two.")
    return _("They are taken for two people.")
