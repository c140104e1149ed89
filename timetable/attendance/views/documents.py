"""Documents of excuses, to whoever may see them."""

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_safe

from assessments.assignments.sending import send
from foundation.audit import services as audit
from timetable.attendance import access


@login_required
@require_safe
def document(request, pk):
    """The file, as a download; whoever opens that of somebody else is named in the audit log."""
    document = access.get_document_or_404(request.user, pk)
    response = send(document)
    if document.enrolment.person_id != request.user.pk:
        audit.record(request.user, "timetable.view_document", document)
    return response
