"""What the screens share: the frame of the CMS, the way here, and asking for a reason."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from h5p import access


def for_authors(view):
    """Let in who may make content."""
    return admitted(view, access.can_author_content)


def for_managers(view):
    """Let in who decides about libraries."""
    return admitted(view, access.can_manage_libraries)


def admitted(view, may):
    """Let in whom `may` lets in."""

    def checked(request, *args, **kwargs):
        if not may(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_admin_access(checked)


def crumbs(*steps, last):
    """The way here from the home of the CMS; each step is an address and a label."""
    home = (reverse("wagtailadmin_home"), _("Home"))
    content = (reverse("h5p_staff:contents"), _("Interactive content"))
    return [{"url": url, "label": str(label)} for url, label in (home, content, *steps, ("", last))]


def step(content):
    """The content as a step of the way."""
    return reverse("h5p_staff:content", args=[content.pk]), content.title


def screen(request, template, *, title, trail, icon="h5p", form=None, status=200, **context):
    """One of our screens in the frame of the CMS; 422 when a form was refused."""
    context |= {
        "form": form,
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": trail,
        "may_manage": access.can_manage_libraries(request.user),
    }
    refused = request.method == "POST" and form is not None and bool(form.errors)
    return TemplateResponse(request, template, context, status=422 if refused else status)


def ask_and_do(request, form, *, do, done, back, refused, **context):
    """Show the form; once it is valid call `do(cleaned_data)`, say `done` and go back. A refusal stays on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    return screen(request, "h5p/staff/ask.html", form=form, back=back, **context)
