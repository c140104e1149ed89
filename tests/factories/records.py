"""Students with results, cases and boards, written directly; tests of deciding call the services."""

import datetime
from decimal import Decimal

from django.utils import timezone

from programmes.models import ClassificationRule, ExaminationBoard, ModuleEnrolment
from tests.factories.enrolments import make_enrolment
from tests.factories.gradebook import make_category, make_entry, make_item, make_scale, make_scheme
from tests.factories.programmes import make_module, make_phase, make_programme_edition, make_student


def make_graded_edition(modules=2, **fields):
    """An edition of one phase whose modules are graded by hand, on a scale that passes from 60 %."""
    scale = fields.pop("scale", None) or make_scale(pass_from=Decimal("0.6"))
    edition = make_programme_edition(scale=scale, **fields)
    phase = make_phase(edition)
    for position in range(modules):
        module = make_module(phase, position=position, credits=Decimal(6), hours_taught=Decimal(30))
        make_item(make_category(make_scheme(module.edition)))
    return edition


def make_studying(edition, *scores, person=None):
    """A student in every module of the edition, with these results (None: no result yet)."""
    student = make_student(edition, person)
    modules = [module for phase in edition.phases.all() for module in phase.modules.all()]
    for module, score in zip(modules, scores or [None] * len(modules), strict=True):
        enrolment = make_enrolment(module.edition, student.person)
        ModuleEnrolment.objects.create(student=student, module=module, enrolment=enrolment)
        if score is not None:
            grade(module, enrolment, score)
    return student


def grade(module, enrolment, score):
    """Enter a result in the module's gradebook."""
    make_entry(module.edition.grade_scheme.items.get(), enrolment, Decimal(str(score)))


def make_class(edition, name="Pass", **fields):
    """A class of degree."""
    return ClassificationRule.objects.create(programme_edition=edition, name=name, **fields)


def make_board(edition, **fields):
    """A board of today with a chair."""
    defaults = {"name": "Board of June", "held_on": timezone.localdate()}
    board = ExaminationBoard.objects.create(programme_edition=edition, **defaults | fields)
    board.members.create(name="Prof. Ada Chair", part="chair")
    return board


def in_a_month():
    """A day a month from now."""
    return timezone.localdate() + datetime.timedelta(days=30)
