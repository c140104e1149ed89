"""Screens with one form that end in one service: ask, do, say what was done."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from enrolments.models import Edition


def crumbs(*steps: tuple[str, str], last: str) -> list[dict[str, str]]:
    """The way here from the home of the CMS; each step is an address and a label."""
    trail = [(reverse("wagtailadmin_home"), _("Home")), *steps, ("", last)]
    return [{"url": url, "label": str(label)} for url, label in trail]


def edition_crumbs(edition: Edition, last: str) -> list[dict[str, str]]:
    """The way here through the list of editions and this one."""
    editions = (reverse("editions:index"), _("Editions"))
    return crumbs(editions, (reverse("editions:edit", args=[edition.pk]), str(edition)), last=last)


def screen(request, template, *, title, icon, trail, form=None, **context):
    """One of our screens in the frame of the CMS; 422 when a form was refused."""
    context |= {
        "form": form,
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": trail,
        "submit_button_label": context.get("button", title),
        "submit_button_active_label": _("Saving…"),
    }
    if form is not None:
        context["media"] = form.media
    refused = request.method == "POST" and form is not None and bool(form.errors)
    return TemplateResponse(request, template, context, status=422 if refused else 200)


def ask_and_do(request, form, *, do, done, back, refused=(), template="enrolments/staff/ask.html", **context):
    """Show the form; once it is valid call `do(cleaned_data)`, say `done` and go back. A refusal stays on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    return screen(request, template, form=form, back=back, **context)
