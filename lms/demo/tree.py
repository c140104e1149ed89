"""The pages of the demo around its courses: home, standard pages, people, catalogue, programme; in three languages."""

from pathlib import Path

import yaml
from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.models import HomePage, PeopleIndexPage, PersonPage, StandardPage
from courses.models import CourseIndexPage, ProgrammePage
from lms.demo.bodies import body

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("en", "fr", "ar")


def load(language: str, name: str):
    """A content file in a language, or in English where it has not been translated."""
    path = CONTENT / language / f"{name}.yaml"
    return yaml.safe_load(
        (path if path.exists() else CONTENT / "en" / f"{name}.yaml").read_text(encoding="utf-8")
    )


def add(parent: Page, page: Page) -> Page:
    """Put a new page below its parent, published."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page.specific


def translated(page: Page, language: str, **fields) -> Page:
    """The page in another language, with these fields, published."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    existing = page.get_translation_or_none(locale)
    if existing:
        return existing.specific
    copy = page.copy_for_translation(locale, copy_parents=True)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return copy.specific


def make_tree() -> CourseIndexPage:
    """Everything around the courses; returns the catalogue page."""
    for language, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    home = HomePage.objects.filter(locale__language_code="en").first() or _make_home()
    catalogue = CourseIndexPage.objects.child_of(home).first()
    if catalogue is None:
        catalogue = add(home, CourseIndexPage(**_titled(load("en", "site")["catalogue"]), slug="courses"))
        for language in LANGUAGES[1:]:
            translated(catalogue, language, **_titled(load(language, "site")["catalogue"]))
    _make_standard_pages(home)
    _make_people(home)
    _make_programme(catalogue)
    _make_routes(home, catalogue)
    return catalogue


def _titled(words):
    return {"title": words["title"], "summary": words.get("summary", "")}


def _make_home() -> HomePage:
    root = Page.get_first_root_node()
    words = load("en", "site")["home"]
    home = add(root, HomePage(**_titled(words), statement=words["statement"], slug="home-en"))
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    if site:
        site.root_page, site.site_name = home, settings.SITE_NAME
        site.save()
    else:
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name=settings.SITE_NAME
        )
    if welcome and welcome.specific_class is Page:
        welcome.delete()
    locales = {language: Locale.objects.get(language_code=language) for language in LANGUAGES}
    for language in LANGUAGES[1:]:
        words = load(language, "site")["home"]
        copy = home.copy_for_translation(locales[language])
        copy.title, copy.summary, copy.statement = (
            words["title"],
            words.get("summary", ""),
            words["statement"],
        )
        copy.slug = f"home-{language}"
        copy.save_revision().publish()
    return home


def _make_routes(home, catalogue):
    """The three routes of the home page, in each language."""
    for language in LANGUAGES:
        page = (
            HomePage.objects.get(pk=home.pk)
            if language == "en"
            else home.get_translation(_locale(language)).specific
        )
        if page.routes:
            continue
        page.routes = [
            (
                "route",
                {
                    "title": words["title"],
                    "text": words["text"],
                    "page": _route_target(page, catalogue, words, language),
                    "query": words.get("query", ""),
                },
            )
            for words in load(language, "site")["home"]["routes"]
        ]
        page.save_revision().publish()


def _route_target(home, catalogue, words, language):
    if "page" in words:
        return StandardPage.objects.child_of(home).get(slug__startswith=words["page"])
    return catalogue.get_translation_or_none(_locale(language)) or catalogue


def _locale(language):
    return Locale.objects.get(language_code=language)


def _make_standard_pages(home):
    for slug in load("en", "site")["pages"]:
        if StandardPage.objects.child_of(home).filter(slug=slug).exists():
            continue
        words = load("en", "site")["pages"][slug]
        page = StandardPage(**_titled(words), slug=slug, show_in_menus=True)
        page.body = body(words["body"], seed=f"pages/{slug}")
        page = add(home, page)
        for language in LANGUAGES[1:]:
            words = load(language, "site")["pages"][slug]
            translated(page, language, **_titled(words), body=body(words["body"], seed=f"pages/{slug}"))


def _make_people(home):
    index = PeopleIndexPage.objects.child_of(home).first()
    if index:
        return
    index = add(home, PeopleIndexPage(**_titled(load("en", "site")["people"]), slug="people"))
    for language in LANGUAGES[1:]:
        translated(index, language, **_titled(load(language, "site")["people"]))
    for slug in load("en", "site")["people"]["persons"]:
        page = add(index, PersonPage(**_person("en", slug), slug=slug))
        for language in LANGUAGES[1:]:
            translated(page, language, **_person(language, slug))


def _person(language, slug):
    words = load(language, "site")["people"]["persons"][slug]
    return {
        "title": words["name"],
        "position": words["position"],
        "organization": words["organization"],
        "biography": words["biography"],
    }


def _make_programme(catalogue):
    words = load("en", "programme")
    if ProgrammePage.objects.child_of(catalogue).filter(slug=words["slug"]).exists():
        return
    page = add(catalogue, ProgrammePage(slug=words["slug"], **_programme(words)))
    for language in LANGUAGES[1:]:
        translated(page, language, **_programme(load(language, "programme")))


def _programme(words):
    fields = ("title", "summary", "introduction", "qualification", "duration", "place", "calendar")
    return {**{field: words[field] for field in fields}, "body": body(words["body"], seed="programme")}
