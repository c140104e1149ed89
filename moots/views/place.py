"""What every page of a moot court shows: its title and the way back."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.titles import title_in
from moots.naming import names_are_hidden


def page(part, *, step="", **context):
    """The context of a participant's page; `step` is what a page beyond the first is called."""
    moot, edition = part.moot, part.moot.edition
    here = reverse("moots:moot", args=[moot.code])
    course = title_in(edition.course, get_language())
    crumbs = [
        {"title": _("My learning"), "url": reverse("learning:my_learning")},
        {"title": course, "url": reverse("learning:outline", args=[edition.code])},
        {"title": moot.title, "url": here if step else ""},
    ]
    if step:
        crumbs.append({"title": step, "url": ""})
    return {
        "part": part,
        "moot": moot,
        "crumbs": crumbs,
        "current_section": "learning",
        "hidden": names_are_hidden(moot),
        **context,
    }
