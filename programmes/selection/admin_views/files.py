"""Files of a dossier for the committee; every view is kept."""

from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.auth import require_admin_access

from programmes.models import DocumentVersion, RefereeLetter
from programmes.selection import access
from programmes.selection.admin_views.screens import opened


@require_admin_access
@xframe_options_sameorigin
def file(request, call_id, pk, version_id):
    """A file of a document."""
    call = access.get_call_or_404(request.user, call_id)
    application = access.get_application_or_404(request.user, call, pk)
    versions = DocumentVersion.objects.select_related("document__wanted")
    return opened(request, get_object_or_404(versions, pk=version_id, document__application=application))


@require_admin_access
@xframe_options_sameorigin
def letter(request, call_id, pk, letter_id):
    """A referee's letter."""
    call = access.get_call_or_404(request.user, call_id)
    application = access.get_application_or_404(request.user, call, pk)
    letters = RefereeLetter.objects.select_related("referee")
    return opened(request, get_object_or_404(letters, pk=letter_id, referee__application=application))
