"""What a page is called in another language; of what it says there this module knows nothing."""

from collections.abc import Iterable

from wagtail.models import TranslatableMixin

from courses.models import CoursePage


def title_in(page: TranslatableMixin, language: str) -> str:
    """The title of the page's live translation into the language, else its own."""
    translations = page.get_translations(inclusive=True).live()
    translated = translations.filter(locale__language_code=language).values_list("title", flat=True).first()
    return translated or page.title


def titles_in(pages: Iterable[CoursePage], language: str) -> dict[int, str]:
    """The titles of courses in a language by their row, else their own. One query, however many."""
    pages = list(pages)
    found = CoursePage.objects.live().filter(
        translation_key__in={page.translation_key for page in pages}, locale__language_code=language
    )
    translated = dict(found.values_list("translation_key", "title")) if pages else {}
    return {page.pk: translated.get(page.translation_key, page.title) for page in pages}
