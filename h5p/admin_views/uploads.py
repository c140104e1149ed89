"""Uploading a package in two steps: it is looked over and shown, then imported."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from h5p import access, pending
from h5p.admin_views.screens import crumbs, for_authors, screen
from h5p.core.problems import PackageRefused
from h5p.forms import ConfirmForm, UploadForm
from h5p.services.importing import import_package, preview_package
from h5p.services.libraries import LibraryRefused
from h5p.uses import road_for


@for_authors
def upload(request, pk=None):
    """Take a file, say what is wrong with it, or show what importing it would do."""
    content = access.get_content_or_404(request.user, pk) if pk else None
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    problems, preview, confirming = (), None, None
    if sent and form.is_valid():
        file = form.cleaned_data["package"]
        try:
            preview = preview_package(
                file, file.name, content=content, needs_content=needs_content(request.user, content)
            )
        except PackageRefused as refusal:
            problems = refusal.problems
            form.add_error("package", _("See above what is wrong with the file, or choose another one."))
        else:
            token = pending.keep(file, file.name, request.user)
            may_approve = bool(preview.plan.new) and access.can_manage_libraries(request.user)
            confirming = ConfirmForm(initial={"token": token}, may_approve=may_approve)
    return show(request, content, form, problems, preview, confirming)


def needs_content(user, content):
    """The manager of libraries may also bring libraries alone."""
    return content is not None or not access.can_manage_libraries(user)


def show(request, content, form, problems=(), preview=None, confirming=None):
    """The form, or the preview."""
    title = _("Replace by an upload") if content else _("Upload a package")
    steps = [(reverse("h5p_staff:content", args=[content.pk]), content.title)] if content else []
    return screen(
        request,
        "h5p/staff/preview.html" if preview else "h5p/staff/upload.html",
        title=title,
        icon="upload",
        trail=crumbs(*steps, last=title),
        form=form,
        content=content,
        problems=problems,
        preview=preview,
        confirming=confirming,
    )


@for_authors
def confirm(request, pk=None):
    """Import what was looked over. Sent twice, the second finds nothing to import."""
    content = access.get_content_or_404(request.user, pk) if pk else None
    back = redirect("h5p_staff:replace", pk) if pk else redirect("h5p_staff:upload")
    may_approve = access.can_manage_libraries(request.user)
    form = ConfirmForm(request.POST, may_approve=may_approve)
    waiting = pending.open_pending(form.data.get("token", ""), request.user)
    if request.method != "POST" or not form.is_valid() or waiting is None:
        messages.error(request, _("The upload is no longer there. Choose the file again."))
        return back
    file, name = waiting
    at_once = content is None or road_for(content, request.user).may_publish
    try:
        with file:
            imported = import_package(
                file,
                name,
                by=request.user,
                content=content,
                approve=form.cleaned_data.get("approve", False),
                needs_content=needs_content(request.user, content),
                make_current=at_once,
            )
    except PackageRefused as refusal:
        return show(request, content, refused_form(), refusal.problems)
    except LibraryRefused as refusal:
        messages.error(request, str(refusal))
        return back
    pending.forget(form.cleaned_data["token"], request.user)
    say(request, imported, at_once)
    if imported.content:
        return redirect("h5p_staff:content", imported.content.pk)
    return redirect("h5p_staff:libraries")


def refused_form():
    """The form with the sentence that nothing was changed."""
    form = UploadForm({})
    form.full_clean()
    form.errors.clear()
    form.add_error("package", _("See above what is wrong with the file, or choose another one."))
    return form


def say(request, imported, at_once):
    """What was done, and what is still needed."""
    if not at_once:
        messages.info(
            request, _("The package is the newest draft. Learners keep what they have until it goes live.")
        )
    if imported.waits_for:
        messages.success(
            request,
            _(
                "The package is imported. It can be played once the H5P library manager has approved its libraries."
            ),
        )
    else:
        messages.success(request, _("The package is imported."))
