"""Why something about a moot court cannot be done now: values for code, sentences for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """The reasons an action on a moot court can be refused."""

    OTHER_EDITION = (
        "other_edition",
        _("Only people enrolled in the edition of the moot court can be in its teams."),
    )
    IN_A_TEAM = "in_a_team", _("%(person)s is in the team %(team)s already. Take the person out of it first.")
    IS_JUDGE = (
        "is_judge",
        _("%(person)s judges in this moot court. Relieve the judge first, then put the person into a team."),
    )
    TEAM_NAME_TAKEN = "team_name_taken", _("Another team has this name. Choose another one.")
    NO_NAME = "no_name", _("Give it a name.")
    TEAM_PLAYS = "team_plays", _("This team is paired in a round. Take it out of the pairing first.")
    TOO_FEW_TEAMS = (
        "too_few_teams",
        _("%(teams)s teams cannot be shared out among pairings of %(sides)s. Add a team or dissolve one."),
    )
    PAIRED_ALREADY = "paired_already", _("This round has pairings. Clear them first.")
    PAIRING_IN_USE = (
        "pairing_in_use",
        _("Memorials have been handed in or scores given in this pairing, so it stays as it is."),
    )
    SAME_TEAM_TWICE = "same_team_twice", _("A team stands once in a round. Choose another one.")
    ONE_SIDE_ONLY = "one_side_only", _("A pairing needs teams on at least two sides.")
    ROUND_IN_USE = "round_in_use", _("The round has pairings and cannot be removed. Clear them first.")
    NOTHING_TO_SWAP = "nothing_to_swap", _("The round before has no pairings to swap. Draw this one instead.")

    NOT_WRITTEN = "not_written", _("No memorials are handed in in this round.")
    NOT_OPEN = "not_open", _("This round has not opened yet.")
    LATE = (
        "late",
        _(
            "The deadline was %(due)s; your file was here %(late)s later. A memorial counts when the whole file has "
            "arrived by the deadline. What was handed in before stands. If something kept you, ask the coordinator for "
            "an extension."
        ),
    )
    EXCHANGED = (
        "exchanged",
        _(
            "The memorials of this pairing have been exchanged, so no other is taken. What was handed in before stands."
        ),
    )
    NOT_IN_TEAM = "not_in_team", _("Only members of the team hand in its memorial.")
    PASSWORD = "password", _("This PDF is locked with a password. Save it without one.")
    BROKEN_PDF = (
        "broken_pdf",
        _("This PDF cannot be read. Export it again from the program you wrote it with."),
    )
    OWN_SCORES = (
        "own_scores",
        _(
            "A judge opens neither the others’ scores before handing in, nor their own again. Ask another coordinator."
        ),
    )
    NO_REASON = "no_reason", _("Say why: the reason is kept with the record.")
    IN_THE_PAST = "in_the_past", _("Choose a time in the future.")
    NOT_LATER = "not_later", _("An extension ends later than the deadline that holds now.")
    NOT_DUE = "not_due", _("The deadline has not passed for every side of this pairing.")

    JUDGE_TAKES_PART = (
        "judge_takes_part",
        _("%(person)s is in the edition of this moot court, and nobody judges a court they take part in."),
    )
    HAS_SCORED = "has_scored", _("This judge has handed in scores, which stay. Reopen them first.")
    NOT_SEATED = "not_seated", _("You no longer sit on this bench.")
    HANDED_IN = (
        "handed_in",
        _("You have handed in your scores and they stay as they are. Ask the coordinator to reopen them."),
    )
    INCOMPLETE = (
        "incomplete",
        _("Choose a level for every criterion before you hand in. Still open: %(open)s."),
    )
    NOTHING_TO_SCORE = "nothing_to_score", _("There is nothing to score yet.")
    NOT_EXCHANGED = "not_exchanged", _("Memorials are scored once they have been exchanged.")
    NO_RUBRIC = "no_rubric", _("No rubric is set for this part. The coordinator chooses one in the rules.")
    NOT_HANDED_IN = "not_handed_in", _("These scores have not been handed in.")
    NO_SPEAKER = "no_speaker", _("Name a speaker for every turn first. Missing: %(open)s.")
    NOT_A_MEMBER = "not_a_member", _("A speaker is a member of the team.")
    STILL_BLIND = (
        "still_blind",
        _(
            "Each judge scores alone: others’ scores are shown once all have handed in or the coordinator opens them."
        ),
    )

    NOT_COMPLETE = "not_complete", _("Results are released once everything is scored. Missing: %(open)s.")
    NOT_PLACED = (
        "not_placed",
        _(
            "The activity of this moot court stands in no published lesson of the course, so results cannot reach the "
            "gradebook. Place it in a lesson, or choose no activity in the rules."
        ),
    )
    RELEASED = "released", _("Results have been released. To change something that counts, say why.")
    RULES_ARE_FIXED = (
        "rules_are_fixed",
        _("Scores have been handed in under these rules, so what counts cannot be changed any more."),
    )
    IN_REVIEW = (
        "in_review",
        _("This activity is being reviewed and cannot be changed. To go on, withdraw it from review first."),
    )
    CODE_TAKEN = "code_taken", _("Another moot court has this code. Choose another one.")


class MootRefused(Exception):
    """Raised when something about a moot court cannot be done; carries the reason, `str()` says it."""

    def __init__(self, refusal: Refusal, **words):
        super().__init__(refusal.label % words if words else refusal.label)
        self.refusal = refusal


class NewerSave(Exception):
    """Another device saved the same thing meanwhile; `saved` is the newer one."""

    def __init__(self, saved):
        super().__init__(
            _(
                "A newer save by another device or person is there. Yours stays on this page and was not saved over it."
            )
        )
        self.saved = saved
