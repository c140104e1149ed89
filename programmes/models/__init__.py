"""What a programme is made of, and who follows it."""

from programmes.models.editions import (
    CalendarEntry,
    EditionPartner,
    Fee,
    Mode,
    PartnerPart,
    ProgrammeEdition,
    ProgrammeEditionQuerySet,
    ProgrammeMode,
    ProgrammeRole,
)
from programmes.models.phases import (
    Gate,
    GateCondition,
    GateConditionKind,
    Lecturer,
    Module,
    Phase,
    PhaseKind,
)
from programmes.models.students import (
    GateDecision,
    GateWaiver,
    ModuleEnrolment,
    Student,
    StudentEvent,
    StudentQuerySet,
)

__all__ = [
    "CalendarEntry",
    "EditionPartner",
    "Fee",
    "Gate",
    "GateCondition",
    "GateConditionKind",
    "GateDecision",
    "GateWaiver",
    "Lecturer",
    "Mode",
    "Module",
    "ModuleEnrolment",
    "PartnerPart",
    "Phase",
    "PhaseKind",
    "ProgrammeEdition",
    "ProgrammeEditionQuerySet",
    "ProgrammeMode",
    "ProgrammeRole",
    "Student",
    "StudentEvent",
    "StudentQuerySet",
]
