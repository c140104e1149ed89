"""The blocks pages are built of. Authors choose meanings here; how each looks is the template's business."""

from cms.blocks.body import PROSE_FEATURES, body_blocks
from cms.blocks.home import route_blocks

__all__ = ["PROSE_FEATURES", "body_blocks", "route_blocks"]
