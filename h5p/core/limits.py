"""How large, deep and many the parts of a package may be."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The caps that reading keeps; the defaults hold every public content type with room to spare."""

    files: int = 5000
    libraries: int = 200
    file_bytes: int = 128 * MB
    total_bytes: int = 512 * MB
    package_bytes: int = 256 * MB
    directory_bytes: int = 2 * MB
    json_bytes: int = 4 * MB
    json_depth: int = 64
    name_length: int = 240
    ratio: int = 200
    # Small files may shrink as much as they like: 1,000 zeros harm nobody.
    ratio_counts_from: int = MB


DEFAULT_LIMITS = Limits()
# The version of the H5P core that frame.bundle.js is.
CORE_API = (1, 28)
