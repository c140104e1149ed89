"""How did they plead?"""

from moots.models.benches import BenchSeat, MemberResult, Reasons, Release, ScoreCard
from moots.models.memorials import Extension, Memorial
from moots.models.moots import (
    BenchRule,
    CaseDocument,
    CaseFile,
    Moot,
    MootActivity,
    Round,
    RoundKind,
    Side,
    TieRule,
)
from moots.models.teams import Appearance, Pairing, Team, TeamMember, Turn, TurnKind

__all__ = [
    "Appearance",
    "BenchRule",
    "BenchSeat",
    "CaseDocument",
    "CaseFile",
    "Extension",
    "MemberResult",
    "Memorial",
    "Moot",
    "MootActivity",
    "Pairing",
    "Reasons",
    "Release",
    "Round",
    "RoundKind",
    "ScoreCard",
    "Side",
    "Team",
    "TeamMember",
    "TieRule",
    "Turn",
    "TurnKind",
]
