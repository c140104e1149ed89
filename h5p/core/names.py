"""What libraries are called: a machine name and a version."""

import re
from dataclasses import dataclass

MACHINE_NAME = re.compile(r"[A-Za-z0-9_][\w.\-]{0,254}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)
SPACED = re.compile(r"([A-Za-z0-9_][\w.\-]{0,254}) ([0-9]{1,5})\.([0-9]{1,5})", re.ASCII)
DASHED = re.compile(r"([A-Za-z0-9_][\w.\-]{0,254})-([0-9]{1,5})\.([0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, order=True)
class LibraryName:
    """A library as content asks for it: machine name and minor version. Any patch of it will do."""

    machine_name: str
    major: int
    minor: int

    def __str__(self):
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        """The name of its folder in a package and in addresses: H5P.Blanks-1.14."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @property
    def version(self) -> tuple[int, int]:
        """Major and minor, for comparing."""
        return self.major, self.minor

    @classmethod
    def parse(cls, text: object) -> "LibraryName | None":
        """Read "H5P.Blanks 1.14", or None."""
        found = SPACED.fullmatch(text) if isinstance(text, str) else None
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    @classmethod
    def from_folder(cls, folder: str) -> "LibraryName | None":
        """Read "H5P.Blanks-1.14", or None."""
        found = DASHED.fullmatch(folder)
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    @classmethod
    def from_json(cls, value: object) -> "LibraryName | None":
        """Read {"machineName": …, "majorVersion": …, "minorVersion": …}, whose numbers may be text, or None."""
        if not isinstance(value, dict):
            return None
        name = value.get("machineName")
        major, minor = number(value.get("majorVersion")), number(value.get("minorVersion"))
        if not isinstance(name, str) or not MACHINE_NAME.fullmatch(name) or major is None or minor is None:
            return None
        return cls(name, major, minor)

    def as_json(self) -> dict:
        """As h5p.json and library.json write it."""
        return {"machineName": self.machine_name, "majorVersion": self.major, "minorVersion": self.minor}


def number(value: object) -> int | None:
    """A part of a version, written as a number or as text, or None."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value)
    return int(text) if NUMBER.fullmatch(text) else None
