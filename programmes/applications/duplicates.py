"""Applications to one call that may be one person's: a hint with its reason, no verdict."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portfolio.models.named import folded
from programmes.models import Application, Call, DocumentVersion

# What divides the parts of a name.
BETWEEN = re.compile(r"[\s\-'’.]+")


@dataclass(frozen=True)
class Alike:
    """Another application that resembles one, and in what."""

    application_id: int
    name: str
    reason: str


def name_key(*names: str) -> str:
    """The parts of a name in any order, without accents and case: given and family names are often swapped."""
    return " ".join(sorted(part for part in BETWEEN.split(folded(" ".join(names))) if part))


def address_key(email: str) -> str:
    """An address without what mail programs ignore: dots, case and what follows a plus."""
    name, _at, domain = email.casefold().partition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{domain}"


def alike_in(call: Call) -> dict[int, list[Alike]]:
    """For every application of a call those that resemble it; two queries whatever their number."""
    return alike_among(
        call.applications.filter(withdrawn_at=None).values_list(
            "pk", "given_names", "family_name", "born_on", "person__email"
        )
    )


def alike_among(rows: Iterable[tuple]) -> dict[int, list[Alike]]:
    """The same among rows of number, given names, family name, date of birth and address; one query for files."""
    rows = list(rows)
    names = {pk: f"{given} {family}".strip() for pk, given, family, _born, _email in rows}
    born = {pk: day for pk, _given, _family, day, _email in rows}
    found: dict[int, list[Alike]] = defaultdict(list)

    def add(pairs, reason):
        for pk, other in pairs:
            found[pk].append(Alike(other, names[other], reason(pk, other)))

    def of_names(pk, other):
        return _("The same name and date of birth") if born[pk] == born[other] else _("The same name")

    add(_pairs((name_key(given, family), pk) for pk, given, family, *_rest in rows), of_names)
    add(
        _pairs((address_key(email), pk) for pk, *_rest, email in rows),
        lambda *_both: _("Nearly the same e-mail address"),
    )
    files = DocumentVersion.objects.filter(document__application__withdrawn_at=None).order_by()
    call = Application.objects.filter(pk__in=list(names)[:1]).values("call")
    shared = files.filter(document__application__call__in=call)
    add(_pairs(set(shared.values_list("sha256", "document__application"))), lambda *_both: _("The same file"))
    return dict(found)


def _pairs(keyed: Iterable[tuple[str, int]]):
    """Numbers that share a key, two by two in both orders; a key that is empty says nothing."""
    grouped = defaultdict(list)
    for key, pk in keyed:
        if key:
            grouped[key].append(pk)
    return [(pk, other) for pks in grouped.values() for pk in pks for other in pks if pk != other]
