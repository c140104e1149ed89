"""Opening phases whose day has come to everybody who may enter them."""

import datetime
import logging

from programmes.gates import standings
from programmes.models import ProgrammeEdition
from programmes.refusals import ProgrammeRefused
from programmes.services.phases import open_phase

logger = logging.getLogger(__name__)


def open_due_phases(programme_edition: ProgrammeEdition, today: datetime.date) -> int:
    """Let students into phases that have begun and whose gate they pass; how many entries that made.

    Each student is a transaction of their own. Who cannot be enrolled (a module is full) keeps nobody else waiting,
    stands in the list of students with the reason, and is tried again. Safe to repeat.
    """
    students = list(programme_edition.students.active().select_related("person", "programme_edition"))
    opened = 0
    for standing in standings(programme_edition, students).values():
        if not standing.opens(today):
            continue
        try:
            opened += open_phase(standing.student, standing.phase)
        except ProgrammeRefused as refused:
            logger.warning("%s does not enter %s: %s", standing.student, standing.phase, refused)
    return opened
