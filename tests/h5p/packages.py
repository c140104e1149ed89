"""Packages built for tests: one that every check accepts, and every way to spoil it."""

import io
import json
import stat
import zipfile

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60
QUESTION = "H5P.TestQuestion"
TOOLS = "H5P.TestTools"

SEMANTICS = [
    {"name": "question", "type": "text", "widget": "html", "label": "Question", "tags": ["strong", "em"]},
    {"name": "hint", "type": "text", "label": "Hint", "optional": True, "maxLength": 40},
    {"name": "points", "type": "number", "label": "Points", "min": 0, "max": 10, "decimals": 0, "default": 1},
    {"name": "picture", "type": "image", "label": "Picture", "optional": True},
]


def dependency(name, major=1, minor=0):
    return {"machineName": name, "majorVersion": major, "minorVersion": minor}


def library_json(name, *, major=1, minor=0, patch=0, runnable=1, needs=(), **more):
    return {
        "title": name.removeprefix("H5P."),
        "machineName": name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": patch,
        "runnable": runnable,
        "preloadedJs": [{"path": "scripts/main.js"}],
        "preloadedDependencies": [dependency(*needed) for needed in needs],
        **more,
    }


def library_files(name, *, semantics=None, script="/* code */", folder=None, **described):
    """The entries of a library's folder."""
    described = library_json(name, **described)
    folder = folder or f"{name}-{described['majorVersion']}.{described['minorVersion']}"
    files = {
        f"{folder}/library.json": json.dumps(described),
        f"{folder}/scripts/main.js": script,
    }
    if semantics is not None:
        files[f"{folder}/semantics.json"] = json.dumps(semantics)
    return files


def manifest(**changes):
    return {
        "title": "Chain of custody",
        "language": "en",
        "mainLibrary": QUESTION,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [dependency(QUESTION), dependency(TOOLS)],
    } | changes


def good_files(*, params=None, question=None, tools=None):
    """A package with a question type that needs a library of tools, and a picture."""
    params = {
        "question": "<p>Who sealed it?</p>",
        "picture": {"path": "images/seal.png", "mime": "image/png"},
    }
    return {
        "h5p.json": json.dumps(manifest()),
        "content/content.json": json.dumps(params),
        "content/images/seal.png": PNG,
        **library_files(QUESTION, **{"semantics": SEMANTICS, "needs": [(TOOLS,)]} | (question or {})),
        **library_files(TOOLS, **{"runnable": 0} | (tools or {})),
    }


def pack(files, *, links=(), compression=zipfile.ZIP_DEFLATED):
    """A zip of these entries; a list of pairs may hold a name twice."""
    out = io.BytesIO()
    pairs = files.items() if isinstance(files, dict) else files
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in pairs:
            info = zipfile.ZipInfo(name)
            info.compress_type = compression
            if name in links:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, data)
    out.seek(0)
    return out


def good_package(**changes):
    return pack(good_files(**changes))


def with_files(**changes):
    """The good package with entries replaced, added, or (None) left out."""
    files = good_files() | changes
    return pack({name: data for name, data in files.items() if data is not None})
