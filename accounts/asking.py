"""Staff screens that ask for a reason and then call a service."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from wagtail.admin import messages


def ask_and_do(request, form, *, do, done, title, text, icon, back, crumbs, refused=()):
    """Show the form; once it is valid call `do(cleaned_data)`, say `done` and go back. A refusal stays on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form,
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "lead": text,
        "back": back,
        "submit_button_label": title,
        "submit_button_active_label": title,
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
    }
    return TemplateResponse(request, "accounts/admin/ask.html", context, status=422 if form.errors else 200)
