"""What a page is called in another language; of what it says there this module knows nothing."""

from wagtail.models import TranslatableMixin


def title_in(page: TranslatableMixin, language: str) -> str:
    """The title of the page's live translation into the language, else its own."""
    translations = page.get_translations(inclusive=True).live()
    translated = translations.filter(locale__language_code=language).values_list("title", flat=True).first()
    return translated or page.title
