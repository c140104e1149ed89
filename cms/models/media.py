"""Images and documents with what an institution must know of them: whose they are and under which licence."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class LmsImage(AbstractImage):
    """An image with its credit and licence. Its `description` is the default alternative text."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")


class LmsRendition(AbstractRendition):
    """One size of an image."""

    image = models.ForeignKey(LmsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            )
        ]


class LmsDocument(AbstractDocument):
    """A file to download, with the language it is in."""

    language = models.CharField(_("language of the file"), max_length=12, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "language")
