"""What participants read: the case file, memorials, the archive."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessments.assignments.sending import send
from moots import access
from moots.naming import names_are_hidden
from moots.pages import newest_memorial
from moots.sending import send_own, send_to_others
from moots.views.place import page


@login_required
def document(request, code, document_id):
    """One part of the case file."""
    part = access.get_participation_or_404(request.user, code)
    found = access.get_document_or_404(part, document_id)
    return render(request, "moots/document.html", page(part, step=found.title, document=found))


@login_required
def case_file(request, code, document_id, file_id):
    """A file of the case."""
    part = access.get_participation_or_404(request.user, code)
    return send(access.get_case_file_or_404(part, document_id, file_id))


@login_required
def memorial(request, code, memorial_id):
    """A memorial of one's own team, or of another side once exchanged."""
    part = access.get_participation_or_404(request.user, code)
    found, is_own = access.get_memorial_or_404(part, memorial_id)
    return send_own(found) if is_own else send_to_others(found, hidden=names_are_hidden(part.moot))


@login_required
def archive(request, code):
    """Memorials of earlier years, by the codes of their teams."""
    part = access.get_participation_or_404(request.user, code)
    found = [(one, newest_memorial(one)) for one in access.open_archive_for(part)]
    step = _("Memorials of earlier years")
    return render(request, "moots/archive.html", page(part, step=step, archived=found))


@login_required
def archived_memorial(request, code, memorial_id):
    """A memorial of an earlier year, without names."""
    part = access.get_participation_or_404(request.user, code)
    return send_to_others(access.get_archived_memorial_or_404(part, memorial_id), hidden=True)
