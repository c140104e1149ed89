"""Which results learners see."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from gradebook import access, services
from gradebook.admin_views.frame import address, gradebook_screen
from gradebook.forms import ReleaseForm
from gradebook.refusals import ReasonNeeded


@require_admin_access
def release(request, pk):
    """Every item with what learners see of it; release or hide those that are ticked."""
    scheme = access.get_scheme_or_404(request.user, pk, access.can_release)
    items = scheme.items.counting().select_related("activity", "category")
    form = ReleaseForm(request.POST or None, items=items, initial={"items": request.GET.getlist("item")})
    if request.method == "POST" and form.is_valid():
        try:
            sentence = set_released(request, scheme, form.cleaned_data)
        except ReasonNeeded:
            form.add_error("reason", _("Learners have seen these results. Say why they are hidden again."))
        else:
            messages.success(request, sentence)
            return redirect(address("grid", scheme.edition))
    ticked = {str(value) for value in form["items"].value() or []}
    return gradebook_screen(
        request,
        "release.html",
        scheme.edition,
        title=_("Release results"),
        icon="view",
        steps=(_("Release results"),),
        form=form,
        items=[(item, str(item.pk) in ticked) for item in items],
    )


def set_released(request, scheme, data):
    """Do what the pressed button says; the sentence that says it was done."""
    if "hide" in request.POST:
        number = services.hide(scheme, data["items"], by=request.user, reason=data["reason"])
        text = ngettext("%(count)d item is hidden now.", "%(count)d items are hidden now.", number)
    else:
        number = services.release(scheme, data["items"], by=request.user, reason=data["reason"])
        text = ngettext("%(count)d item has been released.", "%(count)d items have been released.", number)
    return text % {"count": number}
