"""Programme editions and their students, written directly; tests of admitting call the services."""

import datetime
from decimal import Decimal
from itertools import count

from django.utils import timezone

from courses.models import ProgrammePage
from programmes.models import Mode, Module, Phase, PhaseKind, ProgrammeEdition, ProgrammeRole, Student
from tests.factories.accounts import make_person
from tests.factories.courses import make_course_index
from tests.factories.enrolments import make_tutored_edition

_numbers = count(1)


def make_programme_page(**fields):
    """A live programme under the catalogue."""
    number = next(_numbers)
    defaults = {"title": f"Programme {number}", "slug": f"programme-{number}"}
    return make_course_index().add_child(instance=ProgrammePage(**defaults | fields))


def make_programme_edition(page=None, **fields):
    """A year of a programme that begins in a month."""
    starts_on = fields.pop("starts_on", timezone.localdate() + datetime.timedelta(days=30))
    number = next(_numbers)
    defaults = {
        "code": f"programme-edition-{number}",
        "name": f"LL.M. {number}",
        "starts_on": starts_on,
        "ends_on": starts_on + datetime.timedelta(days=200),
    }
    return ProgrammeEdition.objects.create(page=page or make_programme_page(), **defaults | fields)


def make_phase(programme_edition=None, **fields):
    """The next phase of an edition."""
    programme_edition = programme_edition or make_programme_edition()
    position = programme_edition.phases.count() + 1
    defaults = {
        "name": f"Phase {position}",
        "kind": PhaseKind.ONLINE,
        "position": position,
        "starts_on": programme_edition.starts_on,
        "ends_on": programme_edition.ends_on,
    }
    return Phase.objects.create(programme_edition=programme_edition, **defaults | fields)


def make_module(phase=None, edition=None, **fields):
    """A compulsory module of three credits with a tutored edition of its own."""
    phase = phase or make_phase()
    defaults = {"code": f"TCJ {500 + next(_numbers)}", "credits": Decimal(3)}
    return Module.objects.create(phase=phase, edition=edition or make_tutored_edition(), **defaults | fields)


def make_student(programme_edition=None, person=None, **fields):
    """Somebody with a place, not enrolled in any module yet."""
    programme_edition = programme_edition or make_programme_edition()
    defaults = {"mode": Mode.IN_PERSON}
    return Student.objects.create(
        programme_edition=programme_edition, person=person or make_person(), **defaults | fields
    )


def give_programme_role(person, programme_edition, role, **fields):
    """Make somebody coordinator, registrar, assessor … of a programme edition."""
    person.__dict__.pop("_programme_roles", None)
    return ProgrammeRole.objects.create(
        person=person, programme_edition=programme_edition, role=role, **fields
    )
