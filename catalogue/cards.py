"""Results of the catalogue as a list shows them: the page in the best language, and the best way in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from accounts.models import User
from catalogue.entries import Entry
from catalogue.facets import language_name
from catalogue.offers import Offer, offers_of
from courses.models import CoursePage, ProgrammePage

LONG_FIELDS = ("introduction", "outcomes", "prerequisites")


@dataclass(frozen=True)
class Card:
    """One course or programme of a list."""

    page: CoursePage | ProgrammePage
    url: str
    is_programme: bool
    languages: tuple[str, ...]
    offer: Offer | None

    @property
    def language(self) -> str:
        """The language its words are in, where that is not the reader's."""
        spoken = self.page.locale.language_code
        return "" if spoken == get_language() else spoken

    @property
    def direction(self) -> str:
        """Which way its words run, where they are not in the reader's language."""
        if not self.language:
            return ""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


def cards_of(entries: Sequence[Entry], user: User, request=None) -> list[Card]:
    """The cards of these entries, in their order, in a number of queries that does not grow."""
    courses = [entry for entry in entries if not entry.is_programme]
    pages = _pages(CoursePage, courses) | _pages(
        ProgrammePage, [entry for entry in entries if entry.is_programme]
    )
    offers = offers_of([entry.canonical for entry in courses], user) if courses else {}
    return [_card(entry, pages[entry.shown], offers.get(entry.canonical), request) for entry in entries]


def _pages(model: type[Page], entries: Sequence[Entry]) -> dict[int, Page]:
    if not entries:
        return {}
    pages = model.objects.filter(pk__in=[entry.shown for entry in entries]).select_related("locale")
    fields = {one.name for one in model._meta.get_fields()}
    return pages.defer(*(name for name in (*LONG_FIELDS, "body") if name in fields)).in_bulk()


def _card(entry: Entry, page: Page, offers: Sequence[Offer] | None, request) -> Card:
    return Card(
        page=page,
        url=page.get_url(request) or "",
        is_programme=entry.is_programme,
        languages=language_names(entry.values["language"]),
        offer=offers[0] if offers else None,
    )


def language_names(codes) -> tuple[str, ...]:
    """The names of languages in the reader's language, in alphabetical order."""
    return tuple(sorted(language_name(code) for code in codes))
