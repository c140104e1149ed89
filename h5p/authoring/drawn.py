"""What has to be said of content types that other systems draw with the mouse."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from h5p.authoring.nodes.base import Node
from h5p.models import Library

# Widgets that place things on a picture, a film or a map.
DRAWN = {
    "interactiveVideo",
    "dragQuestion",
    "coursepresentation",
    "branchingScenario",
    "imageHotspotPositionSelector",
    "imageCoordinateSelector",
    "hotspotSelector",
    "imageMultipleHotspotQuestion",
    "gamemap",
    "threeImage",
    "timeline",
    "dragAndDrop",
}


def drawn_notes(library: Library, nodes: Iterable[Node]) -> list[str]:
    """One sentence for every part that is easier to draw than to write."""
    labels = list(dict.fromkeys(node.label for node in nodes if node.field.widget in DRAWN))
    words = {"type": library.local_title, "labels": ", ".join(f"“{label}”" for label in labels)}
    if not labels:
        return []
    return [
        _(
            "%(type)s is made with a drawn editor in other systems (%(labels)s). Here it opens as a form: words, "
            "questions and media can be changed, and positions are numbers. To place things with the mouse, make it "
            "elsewhere and upload it."
        )
        % words
    ]
