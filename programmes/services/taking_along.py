"""What is held in modules goes into their copies: sessions, moot courts, lecturers who still teach then."""

from collections.abc import Mapping

from accounts.models import User
from enrolments.services import make_cohort
from moots.models import Moot
from moots.services import copy_moot
from programmes.lectureships import stated_times, staying
from programmes.models import Module, ProgrammeEdition
from programmes.services.codes import free_code
from timetable.services import copy_timetables
from timetable.taking_over import cohorts_with_sessions, taking


def take_along(
    modules: Mapping[Module, Module], new: ProgrammeEdition, copied: Mapping[int, str], *, by: User
) -> None:
    """Copy what hangs on each module into its copy, by pairs of old and new. `copied` has the files of moot courts."""
    for old, copy in modules.items():
        for lecturer in staying(old, copy.edition.starts_on, copy.edition.ends_on):
            copy.lecturers.create(
                person=lecturer.person, starts_on=lecturer.starts_on, ends_on=lecturer.ends_on
            )
        for cohort in cohorts_with_sessions(old.edition):
            make_cohort(copy.edition, cohort.name, by=by)
    takings = [taking(old.edition, copy.edition) for old, copy in modules.items()]
    copy_timetables(takings, by=by, teaches=stated_times(modules))
    for old, copy in modules.items():
        for moot in old.edition.moots.order_by("pk"):
            code, title = free_code(Moot, f"{copy.edition.code}-moot"), _renamed(moot.title, old, new)
            copy_moot(moot, copy.edition, code=code, title=title, by=by, copied=copied)


def _renamed(title: str, old: Module, new: ProgrammeEdition) -> str:
    return title.replace(old.phase.programme_edition.name, new.name)[:150]
