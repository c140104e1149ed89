"""What entering each line of a spreadsheet would do, and what is wrong with it. Nothing is written here."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db.models import F, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Award, AwardType, NumberSeries
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

EARLIEST = date(1950, 1, 1)
MOST_HOURS = Decimal(20_000)
# The form of the numbers that this site gives.
OWN_NUMBER = re.compile(r"([A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*)-(\d{4})-\d{6}", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What a line says, understood."""

    number: str
    name: str
    award_type: AwardType
    course: str
    hours: Decimal | None
    day: date
    language: str
    valid_until: date | None
    person: User | None


@dataclass(frozen=True)
class PastPreview(Preview[Facts]):
    """Every line of a file, and what confirming would do with them."""

    @property
    def fingerprint(self) -> str:
        """Changes when confirming would do something else than what was shown."""
        said = [
            (one.line, one.facts.award_type.pk, one.facts.person and one.facts.person.pk)
            for one in self.new
            if one.facts
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def examine(lines: Sequence[dict], by: User) -> PastPreview:
    """What `by` entering these lines now would do. The number of queries does not depend on how many there are."""
    known = Register(lines, by)
    return PastPreview(tuple(_examined(line, known) for line in lines))


class Register:
    """What lines are compared with: award types, accounts and numbers, each read once."""

    def __init__(self, lines: Sequence[dict], by: User):
        self.by = by
        self.cells = [line["cells"] for line in lines]
        self.times = Counter(cells["number"].casefold() for cells in self.cells if cells["number"])
        self.today = timezone.localdate()

    @cached_property
    def award_types(self) -> dict[str, set[AwardType]]:
        """Award types by their names and by their titles in every language."""
        found: dict[str, set[AwardType]] = {}
        for award_type in AwardType.objects.prefetch_related("wordings"):
            titles = [wording.title for wording in award_type.wordings.all()]
            for name in [award_type.name, *titles]:
                found.setdefault(name.casefold(), set()).add(award_type)
        return found

    @cached_property
    def awards(self) -> dict[str, Award]:
        """What the register has under these numbers."""
        numbered = Award.objects.annotate(lowered=Lower("number")).filter(
            lowered__in=[cells["number"].lower() for cells in self.cells]
        )
        return {award.number.casefold(): award for award in numbered.select_related("occasion")}

    @cached_property
    def people(self) -> dict[str, User]:
        """Accounts by the addresses that the file gives."""
        given = {cells["email"].lower() for cells in self.cells if cells.get("email")}
        found = User.objects.annotate(lowered=Lower("email")).filter(lowered__in=given)
        return {
            person.email.lower(): person.merged_into or person
            for person in found.select_related("merged_into")
        }

    @cached_property
    def accounts_named(self) -> Counter:
        """How many accounts have one of the names."""
        names = {cells["name"] for cells in self.cells}
        full = User.objects.annotate(known_as=Concat(F("first_name"), Value(" "), F("last_name")))
        return Counter(full.filter(known_as__in=names).values_list("known_as", flat=True))

    @cached_property
    def addresses_of(self) -> dict[str, set[str]]:
        """Under which addresses the file has each name."""
        found: dict[str, set[str]] = {}
        for cells in self.cells:
            found.setdefault(cells["name"].casefold(), set()).add(cells.get("email", "").lower())
        return found

    @cached_property
    def series(self) -> set[tuple[str, int]]:
        """Series of numbers that this site has begun."""
        return {(one.prefix.casefold(), one.year) for one in NumberSeries.objects.all()}

    @cached_property
    def languages(self) -> dict[str, str]:
        """Codes of languages by how people write them."""
        return languages_by_name()


def _examined(line, known):
    cells, problems = line["cells"], list(line["problems"])
    person = known.people.get(cells.get("email", "").lower())
    award_type = take(problems, _award_type, cells["award"], known)
    day = take(problems, _day_given, cells["day"], known)
    valid_until = take(problems, _last_day, cells.get("valid_until", ""), day)
    facts = {
        "number": cells["number"],
        "name": cells["name"],
        "course": cells["course"],
        "hours": take(problems, _hours, cells.get("hours", "")),
        "language": take(problems, language_of, cells.get("language", ""), known.languages),
    }
    problems += _missing(cells) + _too_long(cells) + _number_problems(cells["number"], known)
    if person == known.by:
        problems.append(
            _("This is your own address. Nobody enters an award of their own: ask somebody else.")
        )
    if problems:
        return Examined(line["number"], cells, None, tuple(problems))
    found = Facts(**facts, award_type=award_type, day=day, valid_until=valid_until, person=person)
    award = known.awards.get(found.number.casefold())
    if award:
        differing = _differing(award, found)
        return Examined(line["number"], cells, found, differing, is_known=True)
    return Examined(line["number"], cells, found, notes=tuple(_notes(cells, person, known)))


def _missing(cells):
    labels = {"number": _("number"), "name": _("name"), "course": _("course")}
    return [_("The %(column)s is missing.") % {"column": labels[key]} for key in labels if not cells[key]]


def _too_long(cells):
    most = {"number": 40, "name": 150, "course": 255}
    return [
        _("“%(text)s…” is longer than %(most)d characters.") % {"text": cells[key][:30], "most": length}
        for key, length in most.items()
        if len(cells[key]) > length
    ]


def _award_type(typed, known):
    if not typed:
        raise WrongCell(_("The award is missing."))
    found = known.award_types.get(typed.casefold(), set())
    if not found:
        raise WrongCell(
            _(
                "There is no award type “%(award)s”. Write its name as in the list of award types, or add it there."
            )
            % {"award": typed}
        )
    if len(found) > 1:
        names = ", ".join(sorted(one.name for one in found))
        raise WrongCell(_("“%(award)s” can be %(types)s. Write its name.") % {"award": typed, "types": names})
    award_type = next(iter(found))
    if not award_type.wordings.all():
        raise WrongCell(_("The award “%(award)s” has no wording.") % {"award": award_type.name})
    return award_type


def _day_given(typed, known):
    if not typed:
        raise WrongCell(_("The day is missing."))
    day = day_of(typed)
    if day > known.today:
        raise WrongCell(_("%(day)s is in the future.") % {"day": day.isoformat()})
    if day < EARLIEST:
        raise WrongCell(_("%(day)s is before there was an institute.") % {"day": day.isoformat()})
    return day


def _last_day(typed, day):
    if not typed:
        return None
    last = day_of(typed)
    if day and last < day:
        raise WrongCell(
            _("It would have ended on %(last)s, before it was given.") % {"last": last.isoformat()}
        )
    return last


def _hours(typed):
    if not typed:
        return None
    try:
        hours = Decimal(typed.replace(",", "."))
        if not 0 < hours <= MOST_HOURS:
            raise InvalidOperation
    except InvalidOperation as wrong:
        raise WrongCell(_("“%(hours)s” is no number of hours.") % {"hours": typed}) from wrong
    return hours


def _number_problems(number, known):
    if known.times[number.casefold()] > 1:
        return [_("The number %(number)s stands in more than one line.") % {"number": number}]
    own = OWN_NUMBER.fullmatch(number)
    if not own or number.casefold() in known.awards:
        return []
    prefix, year = own[1].casefold(), int(own[2])
    if year < known.today.year and (prefix, year) not in known.series:
        return []
    return [
        _(
            "%(number)s is a number that this site gives itself: it would be missing in its series. Write the number "
            "as it stands on the paper, or leave the line out."
        )
        % {"number": number}
    ]


def _differing(award: Award, facts: Facts) -> tuple[str, ...]:
    """What the register says otherwise under the same number; a name that was erased is not brought back."""
    if not award.is_past:
        return (_("%(number)s was issued by this site, for somebody else.") % {"number": award.number},)
    said = award.snapshot
    same = (
        (not said["name"] or said["name"] == facts.name)
        and award.award_type_id == facts.award_type.pk
        and said["completed_on"] == facts.day.isoformat()
        and award.occasion.title_in(facts.language) == facts.course
        and (Decimal(said["hours"]) if said["hours"] else None) == facts.hours
        and award.valid_until == facts.valid_until
    )
    if same:
        return ()
    return (
        _(
            "%(number)s is in the register already and says something else. Compare the two; what is wrong in the "
            "register is corrected there."
        )
        % {"number": award.number},
    )


def _notes(cells: dict[str, str], person: User | None, known: Register) -> Iterable[str]:
    name, email = cells["name"], cells.get("email", "")
    if email and person is None:
        yield _("No account has the address %(email)s: the award is entered without one.") % {"email": email}
    if person and not words_of(name) & words_of(f"{person.full_name} {person.name_for_certificate}"):
        yield _("The account of this address is that of %(person)s. Is it the same person?") % {
            "person": person.full_name
        }
    if not email and known.accounts_named[name] > 1:
        yield _("%(count)d people of this name have an account. Give the address if it is one of them.") % {
            "count": known.accounts_named[name]
        }
    addresses = known.addresses_of[name.casefold()]
    if len(addresses) > 1:
        yield _("The file has this name with different addresses, or with and without one: is it one person?")
