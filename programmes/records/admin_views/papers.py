"""A student's papers: looked at, issued."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from certificates.services import AwardRefused
from enrolments.admin_views.asking import ask_and_do
from programmes.records import access, services
from programmes.records.admin_views.screens import trail_of
from programmes.records.forms import PaperForm
from programmes.records.refusals import RecordRefused


@require_admin_access
def issue_paper(request, code, key):
    """A transcript, a letter or a statement, as everything stands today."""
    student = access.get_student_of_register_or_404(request.user, code, key)
    edition, person = student.programme_edition, student.person
    back = reverse("programme_records:student", args=[code, key])
    form = PaperForm(request.POST or None, initial={"language": edition.language})
    return ask_and_do(
        request,
        form,
        do=lambda data: services.issue_student_paper(
            student,
            data["template"],
            key=data["key"],
            language=data["language"],
            by=request.user,
            reason=data["reason"],
            given=form.given,
        ),
        done=_("The paper has its number. It is drawn and signed in the background."),
        back=back,
        refused=AwardRefused,
        title=_("Issue a paper"),
        icon="doc-full",
        trail=trail_of(edition, (back, str(person)), last=_("Issue a paper")),
        lead=_(
            "It says what is known today and never changes afterwards. Fields you leave empty are not printed."
        ),
    )


@require_admin_access
@require_POST
def issue_diploma(request, code, key):
    """The diploma, once a board has awarded the degree. Doing it twice gives the same one."""
    student = access.get_student_of_register_or_404(request.user, code, key)
    try:
        award = services.issue_diploma(student, by=request.user, reason=_("Awarded by the examination board"))
    except (RecordRefused, AwardRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The diploma has the number %(number)s.") % {"number": award.number})
    return redirect("programme_records:student", code, key)
