"""What became of an import, as plain values for JSON and for screens."""

from h5p.core.problems import Problem
from h5p.services.importing import Imported


def accepted(file: str, imported: Imported) -> dict:
    """A package that was taken."""
    version = imported.version
    return {
        "file": file,
        "accepted": True,
        "content_id": version.content_id if version else None,
        "title": version.title if version else "",
        "main_library": version.library if version else None,
        "waits_for": [str(library) for library in imported.waits_for],
        "libraries": [
            {
                "name": str(item.packaged.info.name),
                "version": item.packaged.info.version,
                "status": str(item.status),
                "new": item.is_new,
                "sha256": item.packaged.sha256,
            }
            for item in imported.libraries
        ],
        "problems": [],
        "notes": [note.as_dict() for note in imported.notes],
    }


def refused(file: str, problems: tuple[Problem, ...]) -> dict:
    """A package that was not taken."""
    return {
        "file": file,
        "accepted": False,
        "content_id": None,
        "title": "",
        "main_library": None,
        "waits_for": [],
        "libraries": [],
        "problems": [problem.as_dict() for problem in problems],
        "notes": [],
    }


def refused_because(file: str, rule: str, message: str) -> dict:
    """A file that was not taken for a reason outside the package."""
    return refused(file, ()) | {"problems": [{"rule": rule, "file": file, "message": message}]}
