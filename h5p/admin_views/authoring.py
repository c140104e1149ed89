"""Parts of a form that a page asks for while somebody writes: an item of a list, the fields of a chosen type."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from h5p.admin_views.screens import for_authors
from h5p.authoring.fragments import draw_fragment


@for_authors
@require_POST
def form_fragment(request):
    """Draw one field. Nothing is changed or saved."""
    drawn = draw_fragment(request.POST, request.user)
    if drawn is None:
        raise BadRequest("no such field")
    return HttpResponse(drawn)
