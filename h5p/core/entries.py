"""The names inside a zip: which are refused, which are passed over, and whether two of them collide."""

import re
import stat
import unicodedata
import zipfile

from h5p.core.limits import Limits
from h5p.core.problems import Problem, Rule

DRIVE = re.compile(r"[A-Za-z]:")
SEGMENT = re.compile(r"[\w\-. ()+,@=~!]+")
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED_BITS = 0x1 | 0x40
KINDS = {0, stat.S_IFREG, stat.S_IFDIR}
# Names that some systems keep for devices, whatever follows the dot.
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{kind}{digit}" for kind in ("com", "lpt") for digit in range(1, 10)),
}


def entry_problem(entry: zipfile.ZipInfo, limits: Limits) -> Problem | None:
    """What is wrong with one entry by its directory record alone."""
    name = entry.orig_filename
    rule = path_rule(name, limits) or kind_rule(entry)
    return Problem(rule, name, {"limit": limits.name_length}) if rule else None


def path_rule(name: str, limits: Limits) -> Rule | None:
    """The rule that a name breaks."""
    if "\\" in name:
        return Rule.BACKSLASH
    if name.startswith("/"):
        return Rule.ABSOLUTE_PATH
    if DRIVE.match(name):
        return Rule.DRIVE_PATH
    segments = name.removesuffix("/").split("/")
    if ".." in segments or "." in segments:
        return Rule.PATH_TRAVERSAL
    if len(name) > limits.name_length or not all(map(is_good_segment, segments)):
        return Rule.BAD_NAME
    return None


def is_good_segment(segment: str) -> bool:
    """Whether every system can keep a file of this name."""
    return (
        SEGMENT.fullmatch(segment) is not None
        and segment == segment.strip()
        and not segment.endswith(".")
        and segment.partition(".")[0].lower() not in DEVICES
    )


def kind_rule(entry: zipfile.ZipInfo) -> Rule | None:
    """The rule that the entry's kind breaks."""
    if stat.S_IFMT(entry.external_attr >> 16) not in KINDS:
        return Rule.LINK
    if entry.flag_bits & ENCRYPTED_BITS:
        return Rule.ENCRYPTED
    if entry.compress_type not in METHODS:
        return Rule.COMPRESSION
    return None


def size_problem(entry: zipfile.ZipInfo, limits: Limits) -> Problem | None:
    """Whether the entry is too large, or shrinks as only harmful files do."""
    if entry.file_size > limits.file_bytes:
        megabytes = limits.file_bytes // (1024 * 1024)
        return Problem(Rule.FILE_TOO_LARGE, entry.filename, {"limit": megabytes})
    if entry.file_size > limits.ratio_counts_from and entry.file_size > entry.compress_size * limits.ratio:
        return Problem(Rule.RATIO, entry.filename, {"limit": limits.ratio})
    return None


def collisions(names: list[str]) -> list[Problem]:
    """Names that appear twice, or that many systems cannot tell apart, folders included."""
    problems = []
    seen: dict[str, str] = {}
    for name in names:
        key = folded(name)
        if key in seen:
            other = seen[key]
            rule = Rule.DUPLICATE if other == name else Rule.CASE_COLLISION
            problems.append(Problem(rule, name, {"other": other}))
        seen.setdefault(key, name)
    folders = {folder for name in names for folder in parents(name)}
    spelled: dict[str, str] = {}
    for folder in sorted(folders):
        other = seen.get(folded(folder)) or spelled.setdefault(folded(folder), folder)
        if other != folder or folded(folder) in seen:
            problems.append(Problem(Rule.CASE_COLLISION, f"{folder}/", {"other": other}))
    return problems


def parents(name: str) -> list[str]:
    """The folders that a name is in."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def folded(name: str) -> str:
    """The name as a system sees it that knows neither case nor how an accent is written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def is_passed_over(name: str) -> bool:
    """Whether H5P never unpacks it: hidden files and those of the systems that packed it."""
    return any(segment.startswith((".", "_")) for segment in name.split("/"))
