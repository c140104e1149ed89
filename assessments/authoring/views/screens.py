"""What the screens of a quiz share: the way back, and the editor's files."""

from django.urls import reverse
from django.utils.translation import gettext as _


def screen(title, *steps, quiz=None, icon="help", **context):
    """The context of a screen: title, icon, breadcrumbs. A step is a label and an address."""
    trail = [{"url": reverse("quizzes:index"), "label": _("Quizzes")}]
    if quiz:
        trail.append({"url": reverse("quizzes:edit", args=[quiz.pk]), "label": quiz.title})
    trail += [{"url": url, "label": label} for label, url in steps]
    if not quiz or title != quiz.title:
        trail.append({"url": "", "label": title})
    trail[-1]["url"] = ""
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": trail,
        "quiz": quiz,
        **context,
    }
