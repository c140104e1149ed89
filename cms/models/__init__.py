"""What a page is made of: base pages, media and the glossary. Knows nothing of courses or people's records."""

from cms.models.media import LmsDocument, LmsImage, LmsRendition
from cms.models.pages import PAGE_TRANSLATION, BasePage, HomePage, PeopleIndexPage, PersonPage, StandardPage
from cms.models.snippets import GlossaryTerm

__all__ = [
    "PAGE_TRANSLATION",
    "BasePage",
    "GlossaryTerm",
    "HomePage",
    "LmsDocument",
    "LmsImage",
    "LmsRendition",
    "PeopleIndexPage",
    "PersonPage",
    "StandardPage",
]
