"""What changes calls, applications, documents and referees. Every caller meets the same rules here."""

from programmes.applications.services.asking import remove_part, save_call, save_part
from programmes.applications.services.calls import cancel_call, move_window, open_call
from programmes.applications.services.conversing import remind, send_message, write_note
from programmes.applications.services.documents import (
    accept_document,
    return_document,
    say_language,
    upload_document,
    upload_refusal,
)
from programmes.applications.services.drafting import (
    begin,
    begin_for,
    begin_refusal,
    save_answers,
    save_person,
    window_of,
)
from programmes.applications.services.erasing import due_applications, erase_due_files
from programmes.applications.services.parts import (
    begin_upload,
    forget_uploads,
    receive_part,
    received_of,
)
from programmes.applications.services.reading import open_letter, open_version, print_dossier
from programmes.applications.services.referees import (
    answer_as_referee,
    decline_as_referee,
    link_refusal,
    name_referee,
    remind_referee,
    revoke_referee,
)
from programmes.applications.services.submitting import (
    let_in_late,
    mark_complete,
    record_outcome,
    submit,
    withdraw_application,
    withdraw_refusal,
)

__all__ = [
    "accept_document",
    "answer_as_referee",
    "begin",
    "begin_for",
    "begin_refusal",
    "begin_upload",
    "cancel_call",
    "decline_as_referee",
    "due_applications",
    "erase_due_files",
    "forget_uploads",
    "let_in_late",
    "link_refusal",
    "mark_complete",
    "move_window",
    "name_referee",
    "open_call",
    "open_letter",
    "open_version",
    "print_dossier",
    "receive_part",
    "received_of",
    "record_outcome",
    "remind",
    "remind_referee",
    "remove_part",
    "return_document",
    "revoke_referee",
    "save_answers",
    "save_call",
    "save_part",
    "save_person",
    "say_language",
    "send_message",
    "submit",
    "upload_document",
    "upload_refusal",
    "window_of",
    "withdraw_application",
    "withdraw_refusal",
    "write_note",
]
