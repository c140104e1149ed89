"""Where a page stands: its addresses in other languages, the way to it, and the catalogue."""

from collections.abc import Sequence

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction

from catalogue.cards import language_names
from courses.models import CourseIndexPage


def context_of(
    page: Page, request: HttpRequest, query: str = "", versions: Sequence[Page] | None = None
) -> dict:
    """What every public page gives its template: itself, and its addresses in every language it is published in."""
    end = f"?{query}" if query else ""
    if versions is None:
        versions = page.get_translations(inclusive=True).live().filter(alias_of=None).select_related("locale")
    urls = {version.locale.language_code: version.get_url(request) for version in versions}
    return {
        "page": page,
        "page_url": urls.get(page.locale.language_code) or page.get_url(request),
        "languages": language_names(urls),
        "translations": {language: url + end for language, url in urls.items() if url},
        "alternates": [
            (language, request.build_absolute_uri(url)) for language, url in sorted(urls.items()) if url
        ],
    }


def crumbs(page: Page, request: HttpRequest) -> list[dict[str, str]]:
    """The way from below the front page to this page."""
    above = page.get_ancestors().filter(depth__gt=2).live().specific(defer=True)
    trail = [{"title": step.title, "url": step.get_url(request)} for step in above]
    return [*trail, {"title": page.title, "url": ""}]


def catalogue_versions() -> list[CourseIndexPage]:
    """The catalogue in every language it is published in; `is_private` says that staff closed it or a page above."""
    closed = PageViewRestriction.objects.annotate(
        below=ExpressionWrapper(OuterRef("path"), CharField())
    ).filter(below__startswith=F("page__path"))
    pages = CourseIndexPage.objects.live().filter(alias_of=None).select_related("locale")
    return list(pages.annotate(is_private=Exists(closed)).order_by("pk"))


def catalogue_url(request: HttpRequest) -> str:
    """The address of the catalogue in the reader's language, or else in the first there is; "" without one."""
    versions = catalogue_versions()
    found = {page.locale.language_code: page for page in versions}
    page = found.get(get_language()) or next(iter(versions), None)
    return (page.get_url(request) or "") if page else ""
