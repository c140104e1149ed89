"""Opening files of a dossier: every view is kept."""

from accounts.models import User
from programmes.models import DocumentVersion, FileView, RefereeLetter


def look_at(kept: DocumentVersion | RefereeLetter, *, by: User) -> bool:
    """Keep that somebody looks at a file; whether there is anything to see."""
    if kept.erased_at:
        return False
    if isinstance(kept, RefereeLetter):
        FileView.objects.create(application_id=kept.referee.application_id, letter=kept, by=by)
    else:
        FileView.objects.create(application_id=kept.document.application_id, version=kept, by=by)
    return True
