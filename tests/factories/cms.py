"""Pages that are not teaching, and pictures."""

from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site

from cms.models import HomePage, LmsImage


def make_image(title="A flow chart", *, size=(640, 480), **fields):
    """A picture that was uploaded."""
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    return LmsImage.objects.create(title=title, file=get_test_image_file(size=size), **fields)


def make_locale(language="en"):
    """A language of content; made once."""
    return Locale.objects.get_or_create(language_code=language)[0]


def make_home(language="en", **fields):
    """The site's front page in a language; made once. The default site is rooted at the English one."""
    locale = make_locale(language)
    home = HomePage.objects.filter(locale=locale).first()
    if home:
        return home
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        title="Root", slug="root", locale=make_locale()
    )
    original = HomePage.objects.order_by("pk").first()
    if original:
        fields |= {"translation_key": original.translation_key}
    home = HomePage(title="Home", slug=f"home-{language}", statement="We teach.", locale=locale, **fields)
    root.add_child(instance=home)
    if original is None:
        site = Site.objects.filter(is_default_site=True).first() or Site(
            hostname="localhost", is_default_site=True
        )
        site.root_page = home
        site.save()
    return home
