"""How an edition reckons: attempts, rounding, classes of degree."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from programmes.models import AcademicRules
from programmes.records import access, services
from programmes.records.admin_views.screens import records_screen, trail_of
from programmes.records.forms import ClassFormSet, RulesForm
from programmes.records.refusals import RecordRefused


@require_admin_access
def rules(request, code):
    """The rules of the partner university, as data."""
    edition = access.get_registered_edition_or_404(request.user, code)
    held = AcademicRules.objects.filter(programme_edition=edition).first()
    form = RulesForm(request.POST or None, instance=held)
    classes = ClassFormSet(request.POST or None, instance=edition, prefix="classes")
    if request.method == "POST" and form.is_valid() and classes.is_valid():
        try:
            services.set_rules(edition, form, classes, by=request.user)
        except RecordRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rules are kept. What boards have decided stays as it is."))
            return redirect("programme_records:rules", code)
    response = records_screen(
        request,
        "rules.html",
        edition,
        "programme_records:rules",
        title=_("Academic rules"),
        icon="cogs",
        trail=trail_of(edition, last=_("Academic rules")),
        form=form,
        classes=classes,
    )
    if request.method == "POST":
        response.status_code = 422
    return response
