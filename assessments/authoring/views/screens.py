"""What the screens of quizzes and banks share: title, the way back, icon."""

from django.urls import reverse
from django.utils.translation import gettext as _


def screen(title, *steps, quiz=None, icon="help", trail=None, **context):
    """The context of a screen: title, icon, breadcrumbs. A step is a label and an address."""
    if trail is None:
        trail = [(_("Quizzes"), reverse("quizzes:index"))]
        if quiz:
            trail.append((quiz.title, reverse("quizzes:edit", args=[quiz.pk])))
    crumbs = [{"url": url, "label": label} for label, url in [*trail, *steps]]
    if not crumbs or crumbs[-1]["label"] != title:
        crumbs.append({"url": "", "label": title})
    crumbs[-1]["url"] = ""
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": crumbs,
        "quiz": quiz,
        **context,
    }
