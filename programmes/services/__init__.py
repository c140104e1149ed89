"""What changes places, phases, electives, gates and editions of programmes. Every caller meets the same rules here."""

from programmes.services.copying import copy_programme_edition
from programmes.services.editions import cancel_programme_edition
from programmes.services.electives import choose_elective, elective_refusal, leave_elective
from programmes.services.gates import decide_at_gate, end_waiver, waive_gate
from programmes.services.holding import lock_modules, lock_programme_edition, lock_student
from programmes.services.opening import open_due_phases
from programmes.services.phases import open_phase, phase_refusal
from programmes.services.places import (
    admission_refusal,
    admit,
    places_left,
    withdraw_student,
)

__all__ = [
    "admission_refusal",
    "admit",
    "cancel_programme_edition",
    "choose_elective",
    "copy_programme_edition",
    "decide_at_gate",
    "elective_refusal",
    "end_waiver",
    "leave_elective",
    "lock_modules",
    "lock_programme_edition",
    "lock_student",
    "open_due_phases",
    "open_phase",
    "phase_refusal",
    "places_left",
    "waive_gate",
    "withdraw_student",
]
