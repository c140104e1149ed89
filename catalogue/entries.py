"""Everything in the catalogue that exists for a person: each course and programme once, with what it can be found by.

Two light queries whatever the number of courses, and no body of any page: the rest is arithmetic on sets.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from catalogue.visibility import visible_courses
from cms.search import query_tokens
from courses.models import CoursePage, ProgrammePage
from courses.models.pages import CourseQuerySet
from enrolments.access import visible_editions

TEXT = CharField()


@dataclass(frozen=True)
class Entry:
    """A course or programme: the page to show, the page that facts point at, and its values of each facet."""

    key: UUID
    shown: int
    canonical: int
    title: str
    is_programme: bool
    pages: tuple[int, ...]
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set), compare=False)


class Row(NamedTuple):
    """One published page of a course or programme."""

    pk: int
    key: UUID
    title: str
    language: str
    locale: int
    source_locale: int | None
    programme: int | None

    @property
    def is_canonical(self) -> bool:
        """Whether facts point at it."""
        return self.source_locale in (None, self.locale)


def everything(user: User, language: str) -> list[Entry]:
    """All courses and programmes that exist for this person, with their values of each facet."""
    courses = visible_courses(user).order_by()
    entries = entries_of(courses, language, programmes=True)
    by_page = {page: entry for entry in entries for page in entry.pages}
    for facet, page, value in _values(courses, user):
        if page in by_page:
            by_page[page].values[facet].add(value)
    return entries


def entries_of(courses: CourseQuerySet, language: str, *, programmes: bool = False) -> list[Entry]:
    """These courses, and all programmes if asked for, titled in a language where they are translated."""
    rows_of = defaultdict(list)
    for row in _rows(courses, programmes):
        rows_of[row.key].append(row)
    return [_entry(rows, language) for rows in rows_of.values()]


def keys_found(query: str, language: str) -> set[UUID]:
    """What holds all words of the query, in any language; the words are inflected as in the reader's language."""
    tokens = query_tokens(query, language)
    if not tokens:
        return set()
    kinds = [
        content_type.pk
        for content_type in ContentType.objects.get_for_models(CoursePage, ProgrammePage).values()
    ]
    pages = Page.objects.live().filter(content_type__in=kinds)
    # Ordered by the caller: the database's own relevance looks at each hit anew, and differs between databases.
    found = pages.search(tokens, operator="and", order_by_relevance=False)
    return set(found.get_queryset().values_list("translation_key", flat=True))


def _rows(courses: CourseQuerySet, programmes: bool) -> Iterator[Row]:
    wanted = Q(coursepage__isnull=False, translation_key__in=courses.values("translation_key"))
    if programmes:
        wanted |= Q(programmepage__isnull=False)
    # An alias stands for a translation that nobody has made yet.
    pages = Page.objects.live().filter(wanted, alias_of=None).order_by("pk")
    columns = (
        "pk",
        "translation_key",
        "title",
        "locale__language_code",
        "locale_id",
        "coursepage__source_locale_id",
    )
    return map(Row._make, pages.values_list(*columns, "programmepage__pk"))


def _entry(rows: Sequence[Row], language: str) -> Entry:
    canonical = next((row for row in rows if row.is_canonical), rows[0])
    shown = next((row for row in rows if row.language == language), canonical)
    entry = Entry(
        key=canonical.key,
        shown=shown.pk,
        canonical=canonical.pk,
        title=shown.title,
        is_programme=canonical.programme is not None,
        pages=tuple(row.pk for row in rows),
    )
    entry.values["language"].update(row.language for row in rows)
    entry.values["route"].add("academic" if entry.is_programme else "professional")
    return entry


def _values(courses: CourseQuerySet, user: User) -> Iterator[tuple[str, int, str]]:
    """Facet, page and value, of all facets at once."""
    pks = courses.values("pk")
    today = timezone.localdate() - timedelta(days=1)
    editions = (
        visible_editions(user).filter(Q(ends_on=None) | Q(ends_on__gte=today), course__in=pks).order_by()
    )
    in_programmes = ProgrammePage.courses.through.objects.filter(programmepage__live=True)
    first, *others = [
        _links(CoursePage.themes.through, "theme", "theme_id", pks),
        _links(
            CoursePage.audience.through, "profession", Coalesce("profession__parent_id", "profession_id"), pks
        ),
        _links(CoursePage.priorities.through, "priority", "priority_id", pks),
        _columns(editions, "format", "course_id", F("format")),
        _columns(in_programmes, "route", "coursepage_id", Value("academic", TEXT)),
    ]
    return first.union(*others, all=True).iterator()


def _links(through: type[Model], facet: str, column: Any, pks: QuerySet) -> QuerySet:
    return _columns(through.objects.filter(coursepage__in=pks), facet, "coursepage_id", Cast(column, TEXT))


def _columns(rows: QuerySet, facet: str, page: str, value: Any) -> QuerySet:
    return rows.values_list(Value(facet, TEXT), F(page), value)
