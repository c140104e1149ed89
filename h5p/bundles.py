"""The code of all libraries of one content in one file each: content types bring dozens of small ones."""

import posixpath
import re
from collections.abc import Iterable

from h5p.playing import Asset

# An address in a style that is meant from where the style lies.
RELATIVE = re.compile(r"""url\(\s*(["']?)(?![a-zA-Z][\w+.-]*:|/|#)([^"')]+)\1\s*\)""")
IMPORT = re.compile(r"""@import\s+(?:url\([^)]*\)|"[^"]*"|'[^']*')[^;]*;""")
QUOTED_IMPORT = re.compile(r"""@import\s+(["'])([^"']+)\1""")
CHARSET = re.compile(r"""@charset\s+"[^"]*";""")


def script_bundle(parts: Iterable[tuple[Asset, str]]) -> str:
    """Scripts one after another. It begins with an empty statement, so that no "use strict" of the first binds all."""
    return ";" + "".join(f"\n/* {asset} */\n{text}\n;" for asset, text in parts)


def style_bundle(parts: Iterable[tuple[Asset, str]], folders: str) -> str:
    """Styles one after another, their addresses written anew from `folders`, where the libraries' folders lie.

    What a style imports comes first, as it must.
    """
    imports, rules = [], []
    for asset, text in parts:
        moved = moved_style(asset, CHARSET.sub("", text), folders)
        imports += IMPORT.findall(moved)
        rules.append(f"/* {asset} */\n{IMPORT.sub('', moved)}")
    return "\n".join([*imports, *rules])


def moved_style(asset: Asset, text: str, folders: str) -> str:
    """A style whose addresses hold from elsewhere."""
    here = posixpath.dirname(str(asset))

    def address(match):
        path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", match[2].strip(), re.DOTALL).groups()
        return f'url("{folders}/{posixpath.normpath(posixpath.join(here, path))}{mark}{rest}")'

    return RELATIVE.sub(address, QUOTED_IMPORT.sub(r"@import url(\1\2\1)", text))
