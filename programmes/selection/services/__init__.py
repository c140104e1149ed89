"""What changes a selection. Every caller meets the same rules here."""

from programmes.selection.services.assigning import (
    assessors_of,
    assign,
    assign_evenly,
    assignment_refusal,
    declare_conflict,
    declare_no_conflict,
    take_away,
)
from programmes.selection.services.conditions import meet_condition, move_condition
from programmes.selection.services.criteria import (
    copy_criteria,
    criteria_in_use,
    retire_criterion,
    save_criterion,
    save_rules,
)
from programmes.selection.services.deciding import (
    Choice,
    DecidedMeanwhile,
    WantedCondition,
    decide,
    decide_many,
    reorder_waiting,
    standing_decision,
)
from programmes.selection.services.letters import copy_templates, letters_to_send, save_template, send_letters
from programmes.selection.services.places import (
    accept_place,
    answer_refusal,
    close_waiting_list,
    decline_place,
    lapse_offers,
    move_up,
    waiting_decisions,
    withdraw_offer,
)
from programmes.selection.services.scoring import Typed, hand_in, reopen_scores, save_scores

__all__ = [
    "Choice",
    "DecidedMeanwhile",
    "Typed",
    "WantedCondition",
    "accept_place",
    "answer_refusal",
    "assessors_of",
    "assign",
    "assign_evenly",
    "assignment_refusal",
    "close_waiting_list",
    "copy_criteria",
    "copy_templates",
    "criteria_in_use",
    "decide",
    "decide_many",
    "declare_conflict",
    "declare_no_conflict",
    "decline_place",
    "hand_in",
    "lapse_offers",
    "letters_to_send",
    "meet_condition",
    "move_condition",
    "move_up",
    "reopen_scores",
    "reorder_waiting",
    "retire_criterion",
    "save_criterion",
    "save_rules",
    "save_scores",
    "save_template",
    "send_letters",
    "standing_decision",
    "take_away",
    "waiting_decisions",
    "withdraw_offer",
]
