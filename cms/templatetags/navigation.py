"""Where the header and the footer lead: the site's own places, and this page in another language."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language
from wagtail.models import Page

register = template.Library()


@dataclass(frozen=True)
class LanguageChoice:
    """One language of the switch. Without a URL the choice is posted, and the person stays where they are."""

    code: str
    name: str
    url: str
    current: bool
    same_place: bool = True


@register.simple_tag
def place(path):
    """Return the address of a page of the tree in the reader's language: `{% place "about/" %}` is /fr/about/."""
    try:
        return reverse("wagtail_serve", args=[path])
    except NoReverseMatch:
        return f"/{path}"


@register.simple_tag(takes_context=True)
def language_choices(context):
    """List the languages, each with this page's address in it."""
    request = context.get("request")
    if request is None:
        return []
    here = get_language()
    found = translations_of_page(context, request)
    choices = []
    for code, name in settings.LANGUAGES:
        if code == here:
            choices.append(LanguageChoice(code, name, request.get_full_path(), current=True))
        elif found is not None and code in found:
            choices.append(LanguageChoice(code, name, found[code], current=False))
        elif code in settings.INTERFACE_LANGUAGES:
            choices.append(other_language(request, code, name, translated=found is None))
    return choices


def translations_of_page(context, request):
    """Map language codes to addresses, or None when every language of the interface has this page."""
    given = context.get("translations")
    if given is not None:
        return given
    page = context.get("page")
    if isinstance(page, Page):
        translations = page.get_translations().live().select_related("locale")
        return {page.locale.language_code: page.get_url(request) for page in translations}
    return None


def other_language(request, code, name, translated):
    """Lead to the same path in the language, or to its front page when this page is not translated."""
    if not translated:
        return LanguageChoice(code, name, f"/{code}/", current=False, same_place=False)
    path = request.get_full_path()
    url = translate_url(path, code)
    return LanguageChoice(code, name, "" if url == path else url, current=False)
