"""The list of a call's applications, narrowed down, with what each row shows. Queries do not grow with rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, F, Prefetch, Q, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portfolio.models.named import folded
from programmes.applications.completeness import DocumentPlace, completeness, document_places, with_all_needed
from programmes.applications.duplicates import Alike, alike_among
from programmes.models import (
    Application,
    ApplicationDocument,
    ApplicationQuerySet,
    ApplicationState,
    Call,
    DocumentState,
)

# How many references have come.
CAME = Count(
    "referees", filter=Q(referees__answered_at__isnull=False, referees__revoked_at=None), distinct=True
)


class Lacking(models.TextChoices):
    """What an application lacks, as far as the list can be narrowed down by it."""

    DOCUMENTS = "documents", _("A required document is missing")
    RETURNED = "returned", _("A document was returned")
    UNREAD = "unread", _("A document waits to be looked at")
    REFEREES = "referees", _("A reference has not come yet")
    NOTHING = "nothing", _("Every required document is accepted")
    ALIKE = "alike", _("Resembles another application")


@dataclass(frozen=True)
class ApplicationRow:
    """One application as the list shows it."""

    application: Application
    places: tuple[DocumentPlace, ...]
    alike: list[Alike]

    @property
    def number(self) -> str:
        """The number of its receipt, once it has one."""
        receipt = getattr(self.application, "receipt", None)
        return receipt.reference if receipt else ""

    def count(self, *states: DocumentState) -> int:
        """How many of its documents are in one of these states."""
        return sum(place.state in states for place in self.places)

    @property
    def accepted(self) -> int:
        """Documents accepted."""
        return self.count(DocumentState.ACCEPTED)

    @property
    def unread(self) -> int:
        """Documents nobody has looked at."""
        return self.count(DocumentState.RECEIVED)

    @property
    def returned(self) -> int:
        """Documents returned and not replaced."""
        return self.count(DocumentState.RETURNED)

    @property
    def needed(self) -> int:
        """Documents that must be there."""
        return sum(place.is_needed for place in self.places)

    @property
    def nominated_by(self) -> str:
        """The partner who nominated the person, if one did."""
        nomination = getattr(self.application, "nomination", None)
        return nomination.nomination_list.partner.label if nomination else ""

    @property
    def references(self) -> int:
        """References that have come."""
        return self.application.came

    @property
    def missing(self) -> str:
        """What is missing, in words. Of rows loaded with `with_answers` only."""
        return " ".join(one.sentence for one in completeness(self.application).missing)


class Pool:
    """All standing applications of a call in one query: what resembles what, and what the filters offer."""

    def __init__(self, call: Call):
        self.call = call
        prefetch_related_objects([call], "wanted_documents")

    @cached_property
    def rows(self) -> list[tuple]:
        """Number, names, date of birth, address, country, profession and nominating partner of each."""
        standing = self.call.applications.filter(withdrawn_at=None)
        return list(
            standing.values_list(
                "pk",
                "given_names",
                "family_name",
                "born_on",
                "person__email",
                "country",
                "country__name",
                "country__names",
                "profession",
                "profession__name",
                "profession__names",
                "nomination__nomination_list__partner",
                "nomination__nomination_list__partner__name",
                "nomination__nomination_list__partner__names",
            )
        )

    @cached_property
    def alike(self) -> dict[int, list[Alike]]:
        """What resembles what."""
        return alike_among(row[:5] for row in self.rows)

    def countries(self) -> list[tuple[int, str]]:
        """Countries that applicants come from, by name."""
        return _choices(row[5:8] for row in self.rows)

    def partners(self) -> list[tuple[int, str]]:
        """Partners who have nominated people, by name."""
        return _choices(row[11:] for row in self.rows)

    def professions(self) -> list[tuple[int, str]]:
        """Professions that applicants have, by name."""
        return _choices(row[8:11] for row in self.rows)


def _choices(rows):
    """Each once, under its name in the reader's language."""
    language = (get_language() or "en").lower()
    found = {pk: (names or {}).get(language) or name for pk, name, names in rows if pk}
    return sorted(found.items(), key=lambda choice: folded(choice[1]))


def in_state(applications: ApplicationQuerySet, state: str) -> ApplicationQuerySet:
    """Applications in one state."""
    if state == ApplicationState.WITHDRAWN:
        return applications.exclude(withdrawn_at=None)
    applications = applications.filter(withdrawn_at=None)
    if state == ApplicationState.DRAFT:
        return applications.filter(submitted_at=None)
    if state == ApplicationState.COMPLETE:
        return applications.exclude(completed_at=None)
    return applications.filter(submitted_at__isnull=False, completed_at=None)


def lacking(applications: ApplicationQuerySet, pool: Pool, what: str) -> ApplicationQuerySet:
    """Applications that lack something."""
    required = Q(documents__wanted__is_required=True, documents__wanted__translation_of=None)
    wanted = pool.call.wanted_documents.all()
    number = sum(one.is_required and one.translation_of_id is None for one in wanted)
    if what == Lacking.DOCUMENTS:
        there = Count("documents", filter=required & Q(documents__current__isnull=False), distinct=True)
        return applications.annotate(there=there).filter(there__lt=number)
    if what == Lacking.NOTHING:
        accepted = required & Q(documents__current__verdict=DocumentState.ACCEPTED)
        return applications.annotate(accepted=Count("documents", filter=accepted, distinct=True)).filter(
            accepted=number
        )
    if what == Lacking.RETURNED:
        return applications.filter(documents__current__verdict=DocumentState.RETURNED).distinct()
    if what == Lacking.UNREAD:
        return applications.filter(documents__current__verdict="").distinct()
    if what == Lacking.REFEREES:
        return applications.annotate(answered=CAME).filter(answered__lt=F("call__referees_wanted"))
    return applications.filter(pk__in=pool.alike)


def narrowed(pool: Pool, wanted: Mapping) -> ApplicationQuerySet:
    """The call's applications that match what was chosen; what is empty does not narrow."""
    found = pool.call.applications.all()
    if wanted.get("q"):
        found = _matching(found, wanted["q"].strip())
    if wanted.get("state"):
        found = in_state(found, wanted["state"])
    for name in ("country", "gender", "profession", "mode"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if wanted.get("partner"):
        found = found.filter(nomination__nomination_list__partner=wanted["partner"])
    if wanted.get("lacking"):
        found = lacking(found, pool, wanted["lacking"])
    return found.order_by(F("submitted_at").desc(nulls_last=True), "-pk")


def _matching(applications, text):
    """By number, name or address; every word typed has to be found."""
    for word in text.split():
        tail = word.rpartition("-")[2]
        number = Q(receipt__number=int(tail)) if tail.isdecimal() and len(tail) < 9 else Q()
        applications = applications.filter(
            Q(given_names__icontains=word)
            | Q(family_name__icontains=word)
            | Q(person__email__icontains=word)
            | number
        )
    return applications


def rows_of(
    applications: ApplicationQuerySet, pool: Pool, *, with_answers: bool = False
) -> list[ApplicationRow]:
    """The rows of some applications of one call; `with_answers` loads what their missing things are told from."""
    documents = ApplicationDocument.objects.select_related("current", "wanted")
    loaded = with_all_needed(applications) if with_answers else applications.select_related("person")
    loaded = loaded.select_related(
        *("country", "residence", "profession", "receipt__call", "nomination__nomination_list__partner")
    ).annotate(came=CAME)
    if not with_answers:
        loaded = loaded.prefetch_related(Prefetch("documents", documents))
    return [_row(one, pool) for one in loaded]


def _row(application, pool):
    application.call = pool.call
    return ApplicationRow(application, document_places(application), pool.alike.get(application.pk, []))
