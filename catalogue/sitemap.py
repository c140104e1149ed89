"""The addresses search engines may know of: what strangers may see, in every language it is published in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from catalogue.visibility import STRANGER, visible_courses


@dataclass(frozen=True)
class SitemapEntry:
    """One address, when its page last changed, and its twins in other languages."""

    location: str
    changed_at: datetime | None
    alternates: Sequence[tuple[str, str]]


def sitemap_entries(request: HttpRequest) -> list[SitemapEntry]:
    """All public pages; units and lessons have no page of their own."""
    versions = defaultdict(list)
    for page in _public_pages(request):
        if url := page.get_full_url(request):
            versions[page.translation_key].append((page, url))
    return [
        SitemapEntry(
            url, page.last_published_at, [(other.locale.language_code, twin) for other, twin in group]
        )
        for group in versions.values()
        for page, url in group
    ]


def _public_pages(request):
    roots = Site.find_for_request(request).root_page.get_translations(inclusive=True)
    below = Q(pk__in=[])
    for path in roots.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    courses = visible_courses(STRANGER).order_by().values("translation_key")
    pages = Page.objects.live().public().filter(below, alias_of=None, unitpage=None, lessonpage=None)
    return (
        pages.filter(Q(coursepage=None) | Q(translation_key__in=courses))
        .select_related("locale")
        .order_by("path")
    )
