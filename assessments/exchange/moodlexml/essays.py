"""Essays of Moodle."""

import re

from django.utils.translation import gettext as _

from assessments.exchange.content import question_content
from assessments.exchange.moodlexml.common import common
from assessments.file_types import FILE_TYPES

# What Moodle's names for groups of files stand for here.
GROUPS = {
    "document": ["pdf", "docx", "odt", "rtf", "txt"],
    "spreadsheet": ["xlsx", "ods"],
    "presentation": ["pptx", "odp"],
    "image": ["jpg", "png"],
    "web_image": ["jpg", "png"],
    "audio": ["mp3"],
    "video": ["mp4"],
}
BY_ENDING = {ending: key for key, known in FILE_TYPES.items() for ending in known.endings}
USUAL = ["pdf", "docx", "odt"]
MOST_FILES = 10
MB = 1024 * 1024


def essay(node, texts):
    """A text, files or both, marked by a person."""
    about = common(node, texts)
    files = count(node, "attachments")
    if files < 0:
        texts.notes.append(_("Any number of files becomes %(count)s.") % {"count": MOST_FILES})
        files = MOST_FILES
    files = min(files, MOST_FILES)
    settings = {
        "text": text_rule(node),
        "min_words": count(node, "minwordlimit") or None,
        "max_words": count(node, "maxwordlimit") or None,
        "files": files,
        "files_required": min(max(count(node, "attachmentsrequired"), 0), files),
        "file_types": file_types(node, texts) if files else [],
        "file_mb": max(1, min(100, count(node, "maxbytes") // MB)) if count(node, "maxbytes") > 0 else 10,
    }
    about["notes_for_markers"] = texts.rich(node.first("graderinfo"))
    about["template"] = texts.lines(node.first("responsetemplate"))
    return question_content("essay", texts.language, settings=settings, **about)


def text_rule(node):
    """Whether a text is asked for."""
    if node.said("responseformat") == "noinline":
        return "none"
    return "optional" if node.said("responserequired") == "0" else "required"


def file_types(node, texts):
    """The endings files may have."""
    asked = [name for name in re.split(r"[,;\s]+", node.said("filetypeslist").lower()) if name]
    found, unknown = [], []
    for name in asked:
        if name in GROUPS:
            found += GROUPS[name]
        elif key := BY_ENDING.get(name.lstrip("*.")):
            found.append(key)
        else:
            unknown.append(name)
    if unknown:
        names = {"names": ", ".join(unknown[:8])}
        texts.notes.append(_("Files of these kinds are not accepted here: %(names)s.") % names)
    return list(dict.fromkeys(found)) or list(USUAL)


def count(node, tag):
    """A whole number; 0 where there is none."""
    said = node.said(tag)
    return int(said) if re.fullmatch(r"-?\d{1,12}", said) else 0
