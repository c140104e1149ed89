"""Serves uploaded pictures to those who may see them.

Nothing else in the media folder has an address: documents go through Wagtail's checked view.
"""

import mimetypes

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from wagtail.images import get_image_model

from catalogue.files import is_public, may_see_file

RENDITIONS = "images/"
ONE_MONTH = 30 * 24 * 60 * 60
FIVE_MINUTES = 5 * 60
# Should a picture hold a script (an SVG can), it has no rights at all.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def serve(request, path):
    """Send one rendition to whoever may see its image; 404 for everything and everybody else."""
    if not path.startswith(RENDITIONS):
        raise Http404
    is_public = cache.get_or_set(f"media-is-public:{path}", lambda: picture_is_public(path), FIVE_MINUTES)
    if not (is_public or may_see(request, path)):
        raise Http404
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=content_type)
    # The name of a rendition changes with what it shows.
    response["Cache-Control"] = (
        f"public, max-age={ONE_MONTH}, immutable" if is_public else "private, max-age=300"
    )
    response["Content-Security-Policy"] = PICTURE_POLICY
    return response


def image_at(path):
    """The image that the picture at this path shows, with its collection; None where there is none."""
    rendition_model = get_image_model().get_rendition_model()
    rendition = rendition_model.objects.filter(file=path).select_related("image__collection").first()
    return rendition and rendition.image


def picture_is_public(path):
    """Whether there is a picture, its collection demands nothing and strangers know of a page it is used on."""
    image = image_at(path)
    return image is not None and not image.collection.get_view_restrictions() and is_public(image)


def may_see(request, path):
    """Whether this person meets what the picture's collection demands and knows of a page it is used on."""
    image = image_at(path)
    if image is None or not may_see_file(request.user, image):
        return False
    return all(demand.accept_request(request) for demand in image.collection.get_view_restrictions())
