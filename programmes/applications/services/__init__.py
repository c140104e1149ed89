"""What changes calls, applications, documents and referees. Every caller meets the same rules here."""

from programmes.applications.services.calls import cancel_call, move_window, open_call
from programmes.applications.services.documents import (
    accept_document,
    return_document,
    say_language,
    upload_document,
    upload_refusal,
)
from programmes.applications.services.drafting import begin, begin_refusal, save_answers, save_person
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
)

__all__ = [
    "accept_document",
    "answer_as_referee",
    "begin",
    "begin_refusal",
    "cancel_call",
    "decline_as_referee",
    "let_in_late",
    "link_refusal",
    "mark_complete",
    "move_window",
    "name_referee",
    "open_call",
    "record_outcome",
    "remind_referee",
    "return_document",
    "revoke_referee",
    "save_answers",
    "save_person",
    "say_language",
    "submit",
    "upload_document",
    "upload_refusal",
    "withdraw_application",
]
