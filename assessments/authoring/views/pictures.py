"""A picture at the size its areas are drawn on."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin.auth import require_admin_access
from wagtail.permissions import policy_registry

from cms.models import LmsImage

SIZE = "max-900x900"


@require_admin_access
def picture(request, image_id):
    """Lead to the picture, for whoever may choose it."""
    image = get_object_or_404(LmsImage, pk=image_id)
    policy = policy_registry.get_by_type(LmsImage)
    if not policy.user_has_permission_for_instance(request.user, "choose", image):
        raise Http404
    return redirect(image.get_rendition(SIZE).url)
