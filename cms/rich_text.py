"""How pictures in rich text are written out."""

from wagtail.images import get_image_model
from wagtail.images.formats import get_image_format
from wagtail.images.rich_text import ImageEmbedHandler


class PicturesTogether(ImageEmbedHandler):
    """Fetches all pictures of a text with their sizes at once, instead of asking for the size of each."""

    @classmethod
    def get_many(cls, attrs_list):
        """The pictures, in the order they stand."""
        sizes = {get_image_format(attrs["format"]).filter_spec for attrs in attrs_list}
        pictures = get_image_model().objects.prefetch_renditions(*sizes)
        found = {
            str(picture.pk): picture for picture in pictures.filter(pk__in=[a["id"] for a in attrs_list])
        }
        return [found.get(str(attrs["id"])) for attrs in attrs_list]
