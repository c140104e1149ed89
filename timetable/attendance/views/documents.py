"""Documents of excuses, to whoever may see them."""

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_safe

from assessments.assignments.sending import send
from timetable.attendance import access


@login_required
@require_safe
def document(request, pk):
    """The file, as a download."""
    return send(access.get_document_or_404(request.user, pk))
