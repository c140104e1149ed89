"""What a form asks for while somebody writes: an item of a list, the fields of a chosen type, a picture."""

from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from h5p.admin_views.screens import for_authors
from h5p.authoring.fragments import draw_fragment
from h5p.authoring.pictures import PICTURE
from h5p.core.file_types import media_type
from h5p.models import StoredFile
from h5p.tokens import BadToken


@for_authors
@require_POST
def form_fragment(request):
    """Draw one field. Nothing is changed or saved."""
    drawn = draw_fragment(request.POST, request.user)
    if drawn is None:
        raise BadRequest("no such field")
    return HttpResponse(drawn)


@for_authors
@require_GET
def form_picture(request, token):
    """A picture that content has, for whoever was given its address in a form."""
    try:
        pk, ending = PICTURE.read(token)
    except BadToken:
        raise Http404 from None
    stored = get_object_or_404(StoredFile, pk=pk)
    response = FileResponse(stored.open(), content_type=media_type(f"picture.{ending}"))
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
