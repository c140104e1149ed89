"""Every way in which a package can be wrong, each with the sentence that names the file and the rule."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Rule(StrEnum):
    """The rule that was broken; its value is for code, `SENTENCES` has the words."""

    NOT_H5P = "not_h5p"
    BROKEN_ZIP = "broken_zip"
    ENCRYPTED = "encrypted"
    COMPRESSION = "compression"
    PATH_TRAVERSAL = "path_traversal"
    ABSOLUTE_PATH = "absolute_path"
    DRIVE_PATH = "drive_path"
    BACKSLASH = "backslash"
    BAD_NAME = "bad_name"
    LINK = "link"
    DUPLICATE = "duplicate"
    CASE_COLLISION = "case_collision"
    TOO_MANY_FILES = "too_many_files"
    FILE_TOO_LARGE = "file_too_large"
    TOO_LARGE = "too_large"
    RATIO = "ratio"
    EXTENSION = "extension"
    SVG_IN_CONTENT = "svg_in_content"
    MAGIC = "magic"
    BROKEN_JSON = "broken_json"
    JSON_TOO_DEEP = "json_too_deep"
    MISSING_MANIFEST = "missing_manifest"
    MISSING_CONTENT = "missing_content"
    BAD_VALUE = "bad_value"
    BAD_SEMANTICS = "bad_semantics"
    FOLDER_NAME = "folder_name"
    MISSING_LIBRARY_JSON = "missing_library_json"
    TWO_LIBRARIES = "two_libraries"
    CORE_API = "core_api"
    MISSING_FILE = "missing_file"
    MISSING_DEPENDENCY = "missing_dependency"
    NOT_RUNNABLE = "not_runnable"
    TOO_MANY_LIBRARIES = "too_many_libraries"
    REJECTED_LIBRARY = "rejected_library"
    RETIRED_LIBRARY = "retired_library"
    OTHER_TYPE = "other_type"


SENTENCES = {
    Rule.NOT_H5P: _("“%(file)s” is not an H5P package. Choose a file whose name ends in .h5p."),
    Rule.BROKEN_ZIP: _("“%(file)s” cannot be read as a zip file. Export the package again."),
    Rule.ENCRYPTED: _("“%(file)s” is encrypted. Pack it again without a password."),
    Rule.COMPRESSION: _(
        "“%(file)s” is compressed in a way that H5P does not use. Pack it again as an ordinary zip."
    ),
    Rule.PATH_TRAVERSAL: _("“%(file)s” leads out of the package. No name may contain “..” or “.”."),
    Rule.ABSOLUTE_PATH: _("“%(file)s” is an absolute path. Names must be relative to the package."),
    Rule.DRIVE_PATH: _("“%(file)s” names a drive. Names must be relative to the package."),
    Rule.BACKSLASH: _("“%(file)s” contains a backslash. Folders are separated by “/”."),
    Rule.BAD_NAME: _(
        "“%(file)s” is not a name that every system can keep. Use letters, digits, spaces and “-_.,()+@=~!” only, at "
        "most %(limit)s characters."
    ),
    Rule.LINK: _("“%(file)s” is a link or a special file. A package may hold only files and folders."),
    Rule.DUPLICATE: _("“%(file)s” is in the package twice."),
    Rule.CASE_COLLISION: _("“%(file)s” and “%(other)s” are one name on many systems. Rename one of them."),
    Rule.TOO_MANY_FILES: _("“%(file)s” holds more than %(limit)s files."),
    Rule.FILE_TOO_LARGE: _("“%(file)s” is larger than %(limit)s MB."),
    Rule.TOO_LARGE: _("“%(file)s” unpacks to more than %(limit)s MB."),
    Rule.RATIO: _(
        "“%(file)s” is packed more than %(limit)s times smaller than it is, as only harmful files are."
    ),
    Rule.EXTENSION: _("“%(file)s” is of a type that is not allowed there."),
    Rule.SVG_IN_CONTENT: _(
        "“%(file)s” is an SVG picture, which can carry a script. Use PNG or JPEG in content."
    ),
    Rule.MAGIC: _("“%(file)s” does not hold what its name says. It looks like: %(found)s."),
    Rule.BROKEN_JSON: _("“%(file)s” is not valid JSON: %(detail)s."),
    Rule.JSON_TOO_DEEP: _("“%(file)s” is nested more than %(limit)s levels deep."),
    Rule.MISSING_MANIFEST: _("The package has no h5p.json."),
    Rule.MISSING_CONTENT: _("The package has no content/content.json."),
    Rule.BAD_VALUE: _("“%(file)s”: the value of “%(key)s” is missing or not allowed."),
    Rule.BAD_SEMANTICS: _("“%(file)s” does not describe a form: %(detail)s."),
    Rule.FOLDER_NAME: _("“%(file)s” must be in a folder called %(name)s or %(folder)s."),
    Rule.MISSING_LIBRARY_JSON: _("The folder “%(file)s” is no library: it has no library.json."),
    Rule.TWO_LIBRARIES: _("“%(file)s” and “%(other)s” are the same library."),
    Rule.CORE_API: _("“%(file)s” needs version %(needed)s of the H5P core. This site has %(here)s."),
    Rule.MISSING_FILE: _("“%(file)s” lists “%(missing)s”, which is not in the package."),
    Rule.MISSING_DEPENDENCY: _(
        "“%(file)s” needs the library %(missing)s, which is neither in the package nor on this site. Export the "
        "package with its libraries."
    ),
    Rule.NOT_RUNNABLE: _("“%(file)s”: %(name)s is a part of other libraries and cannot be the main library."),
    Rule.TOO_MANY_LIBRARIES: _("“%(file)s” holds more than %(limit)s libraries."),
    Rule.REJECTED_LIBRARY: _(
        "“%(file)s”: %(name)s with these files was rejected on this site (%(reason)s). Ask the H5P library manager."
    ),
    Rule.RETIRED_LIBRARY: _(
        "“%(file)s” uses %(name)s, which has been retired on this site. Save the content with a newer version first."
    ),
    Rule.OTHER_TYPE: _(
        "“%(file)s” is of the type %(name)s, and the content to replace is of the type %(here)s. Attempts could not be "
        "compared. Upload it as new content instead."
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one file."""

    rule: Rule
    file: str
    values: dict = field(default_factory=dict)

    def __str__(self):
        return SENTENCES[self.rule] % {"file": shown(self.file), **self.values}

    def as_dict(self) -> dict:
        """For JSON."""
        return {"rule": str(self.rule), "file": shown(self.file), "message": str(self)}


class PackageRefused(Exception):
    """The package is not taken; `problems` say why."""

    def __init__(self, *problems: Problem):
        super().__init__("; ".join(problem.rule for problem in problems))
        self.problems = problems


def shown(name: str) -> str:
    """A name that is safe to print: control characters, lone surrogates and endless names are not."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in name)
    return printable if len(printable) <= 200 else f"{printable[:199]}…"
