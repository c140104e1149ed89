"""Browser tests get the stylesheet in one piece, as people do, and not by forty requests."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, FileSystemFinder

from lms.static_storage import STYLESHEET, flattened


class StylesheetInOnePiece(BaseFinder):
    """Finds the stylesheet as `collectstatic` would write it."""

    def find(self, path, find_all=False):
        if path != STYLESHEET:
            return []
        file = Path(settings.VAR_DIR) / "site.css"
        if not file.exists():
            written = FileSystemFinder().find(STYLESHEET)
            file.write_text(flattened(STYLESHEET, written), encoding="utf-8")
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns):
        return []
