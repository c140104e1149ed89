"""Static files as they are served: hashed names, compressed, and the stylesheet in one piece."""

import posixpath
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);\n?')
RELATIVE_URL = re.compile(r'url\("(?!data:|/)([^"]+)"\)')


def flattened(name, file=None):
    """Return a stylesheet with every import written out in the cascade layer it names."""

    def written_out(match):
        path, layer = match.groups()
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        return f"@layer {layer} {{\n{rebased(source(imported), imported, name)}}}\n"

    return IMPORT.sub(written_out, source(name, file))


def rebased(css, origin, target):
    """Point the URLs of one stylesheet from the place of another."""

    def moved(match):
        file = posixpath.normpath(posixpath.join(posixpath.dirname(origin), match[1]))
        return f'url("{posixpath.relpath(file, posixpath.dirname(target))}")'

    return RELATIVE_URL.sub(moved, css)


def source(name, file=None):
    """Read a static file where it was written."""
    text = Path(file or finders.find(name)).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, after the stylesheet is put together. Our modules import each other by hashed names."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(self, paths, dry_run=False, **options):
        """Write the stylesheet out in one piece before it is hashed and compressed."""
        if not dry_run and STYLESHEET in paths:
            self.delete(STYLESHEET)
            self.save(STYLESHEET, ContentFile(flattened(STYLESHEET).encode()))
            paths = paths | {STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)
