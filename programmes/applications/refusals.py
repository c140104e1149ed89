"""Why something about an application cannot be done now: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The reasons something about a call or an application can be refused."""

    NOT_PUBLISHED = "not_published", _("This call has not been published.")
    CANCELLED = "cancelled", _("This call has been cancelled. Nothing can be submitted to it.")
    NOT_OPEN = "not_open", _("This call has not opened yet.")
    CLOSED = "closed", _("This call has closed.")
    SUBMITTED = "submitted", _("This application has been submitted and can no longer be changed.")
    NOT_SUBMITTED = "not_submitted", _("This application has not been submitted yet.")
    WITHDRAWN = (
        "withdrawn",
        _("This application has been withdrawn. You can begin another while the call is open."),
    )
    DECIDED = (
        "decided",
        _("The decision on this application has been sent; it can no longer be withdrawn here."),
    )
    NOT_ADMITTED = (
        "not_admitted",
        _("The decision on this application has been sent. Nothing can be added to it any more."),
    )
    FILES_ERASED = (
        "files_erased",
        _("The files of this application have been erased. Nothing can be added to it any more."),
    )
    INCOMPLETE = "incomplete", _("Something is missing. Complete what is listed, then submit.")
    UNDECLARED = "undeclared", _("Tick every declaration before you submit.")
    BEGUN = "begun", _("This person has begun an application to this call already.")
    OTHER_CALL = "other_call", _("This belongs to another call.")
    MODE_NOT_OFFERED = (
        "mode_not_offered",
        _("This programme is not offered in this mode. Choose another one."),
    )
    WRONG_OPTION = "wrong_option", _("This is none of the options. Choose one of those shown.")
    DOCUMENT_CLOSED = (
        "document_closed",
        _("You have submitted. A document can now be replaced only once it has been returned to you."),
    )
    SAME_FILE = "same_file", _("This file is already here for another document. Choose the right file.")
    RETURNED_FILE = (
        "returned_file",
        _("This is the very file that was returned to you. Upload one that puts right what was said."),
    )
    OLDER_FILE = (
        "older_file",
        _("You replaced this file yourself before. Choose the one that is to count now."),
    )
    NO_FILE = "no_file", _("There is no file here yet.")
    NO_REASON = "no_reason", _("Say why: the applicant reads it.")
    NO_WORDS = "no_words", _("Write something first.")
    PARTS_MISSING = (
        "parts_missing",
        _("The upload is not complete yet. Go on with it, or choose the file again."),
    )
    TOO_MANY_REFEREES = "too_many_referees", _("You have named as many referees as are wanted.")
    MANY_NAMED = (
        "many_named",
        _(
            "You have named as many people as is possible in all. Write to the coordinator if none of them answers."
        ),
    )
    LINK_JUST_SENT = (
        "link_just_sent",
        _("This person was written to less than an hour ago. Wait a little before you send a new link."),
    )
    MANY_LINKS = (
        "many_links",
        _(
            "This person has been sent as many links as we send. Write to them yourself, or name somebody else."
        ),
    )
    OWN_REFEREE = "own_referee", _("Nobody can be their own referee. Give the address of somebody else.")
    REFEREE_DONE = "referee_done", _("This referee has answered already.")
    LINK_EXPIRED = (
        "link_expired",
        _("This link is not valid any more. Ask the applicant to send you a new one."),
    )
    NO_ANSWER = "no_answer", _("Choose a recommendation before you send.")
    NO_LETTER = "no_letter", _("Add your letter, or write some words in its place.")
    LATE_IN_PAST = "late_in_past", _("Choose a moment in the future.")
    ANSWERED = "answered", _("Somebody has answered this already, so it stays. Make it optional instead.")
    CANNOT_SUBMIT = (
        "cannot_submit",
        _(
            "The call takes no applications now, so nobody is reminded of a draft. Let the person in late first."
        ),
    )
    NOTHING_ASKED = (
        "nothing_asked",
        _(
            "The selection has ended for this person: no place is theirs, so nothing more is asked of them. "
            "Write a message if there is something to say."
        ),
    )
    NOTHING_MISSING = "nothing_missing", _("Nothing is missing, so nobody was reminded.")


class ApplicationRefused(Exception):
    """Raised when something about an application cannot be done; carries the reason, `str()` says it."""

    def __init__(self, refusal: Refusal, sentence: str = ""):
        super().__init__(str(sentence or refusal.label))
        self.refusal = refusal


class NewerAnswers(Exception):
    """Another device saved newer answers; `application` holds them."""

    def __init__(self, application):
        super().__init__(
            _(
                "Newer answers were saved on another device or in another tab. What you typed is kept below and has "
                "not been saved over them."
            )
        )
        self.application = application
