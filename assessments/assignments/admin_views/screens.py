"""What the screens share: a title, the way here, 422 where a form was refused."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

TEMPLATES = "assessments/assignments/staff"


def screen(request, template, title, *steps, icon, form=None, status=200, **context):
    """One screen in the frame of the CMS. A step is an address and a label."""
    trail = [(reverse("wagtailadmin_home"), _("Home")), *steps, ("", title)]
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": url, "label": str(label)} for url, label in trail],
        "form": form,
    }
    if form is not None:
        context["media"] = form.media
        if request.method == "POST" and form.errors:
            status = 422
    return TemplateResponse(request, f"{TEMPLATES}/{template}.html", context, status=status)
