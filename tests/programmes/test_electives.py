import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from courses.models import ReadActivity
from programmes.models import ModuleEnrolment, Project
from programmes.records.record import record_of
from programmes.refusals import ProgrammeRefused, Refusal
from programmes.services import choose_elective, leave_elective
from tests.factories.accounts import make_person
from tests.factories.attendance import make_mark, make_session_at
from tests.factories.learning import make_completion
from tests.factories.programmes import make_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def electives(programme):
    programme.online.electives = 1
    programme.online.save()
    return [make_module(programme.online, is_elective=True) for _number in range(2)]


def holds(student, module):
    return module.edition.enrolments.active().of(student.person).exists()


def test_a_student_chooses_as_many_electives_as_the_phase_asks_for(electives, admitted):
    student = admitted(make_person())

    for _twice in range(2):
        choose_elective(student, electives[0], by=student.person)
    with pytest.raises(ProgrammeRefused) as refused:
        choose_elective(student, electives[1], by=student.person)

    assert refused.value.refusal == Refusal.ENOUGH
    assert holds(student, electives[0])
    assert not holds(student, electives[1])


def test_another_elective_can_be_taken_after_leaving_the_first(electives, admitted):
    student = admitted(make_person())
    choose_elective(student, electives[0], by=student.person)

    leave_elective(student, electives[0], by=student.person)
    choose_elective(student, electives[1], by=student.person)

    assert (holds(student, electives[0]), holds(student, electives[1])) == (False, True)


def test_an_elective_with_work_in_it_cannot_be_left(electives, admitted):
    student = admitted(make_person())
    choose_elective(student, electives[0], by=student.person)
    enrolment = student.module_enrolments.get(module=electives[0]).enrolment
    make_completion(enrolment, ReadActivity.objects.create(course=enrolment.edition.course, title="Reading"))

    with pytest.raises(ProgrammeRefused) as refused:
        leave_elective(student, electives[0], by=student.person)

    assert refused.value.refusal == Refusal.BEGUN


def test_an_elective_that_was_left_is_no_part_of_the_academic_record(electives, admitted):
    student = admitted(make_person())
    choose_elective(student, electives[0], by=student.person)
    enrolment = student.module_enrolments.get(module=electives[0]).enrolment

    for _twice in range(2):
        leave_elective(student, electives[0], by=student.person)

    enrolment.refresh_from_db()
    assert not enrolment.is_active
    assert not student.module_enrolments.filter(module=electives[0]).exists()
    assert electives[0] not in [line.module for line in record_of(student).lines]

    choose_elective(student, electives[0], by=student.person)
    assert student.module_enrolments.get(module=electives[0]).enrolment == enrolment
    assert holds(student, electives[0])


@pytest.mark.parametrize("fact", ["mark", "project"])
def test_an_elective_with_a_mark_of_attendance_or_a_project_cannot_be_left(electives, admitted, fact):
    student = admitted(make_person())
    choose_elective(student, electives[0], by=student.person)
    place = student.module_enrolments.get(module=electives[0])
    if fact == "mark":
        make_mark(make_session_at(place.enrolment.edition), place.enrolment)
    else:
        Project.objects.create(place=place, topic="Evidence", proposed_at=timezone.now())

    with pytest.raises(ProgrammeRefused) as refused:
        leave_elective(student, electives[0], by=student.person)

    assert refused.value.refusal == Refusal.BEGUN
    assert holds(student, electives[0])


def test_after_the_last_day_only_staff_choose(programme, electives, admitted):
    student = admitted(make_person())
    programme.online.choose_until = timezone.localdate() - datetime.timedelta(days=2)
    programme.online.save()
    electives[0].refresh_from_db()

    with pytest.raises(ProgrammeRefused) as refused:
        choose_elective(student, electives[0], by=student.person)
    choose_elective(student, electives[0], by=programme.coordinator)

    assert refused.value.refusal == Refusal.CHOICE_CLOSED
    assert holds(student, electives[0])


def test_compulsory_modules_and_phases_not_entered_offer_no_choice(programme, admitted):
    student = admitted(make_person())
    later = make_module(programme.residential, is_elective=True)

    for module, refusal in ((programme.first, Refusal.NOT_ELECTIVE), (later, Refusal.PHASE_NOT_OPEN)):
        with pytest.raises(ProgrammeRefused) as refused:
            choose_elective(student, module, by=student.person)
        assert refused.value.refusal == refusal


def left_before_the_rule(student, module):
    """An elective as it was left once: the enrolment given back, the row kept."""
    choose_elective(student, module, by=student.person)
    place = student.module_enrolments.get(module=module)
    place.enrolment.withdrawn_at = timezone.now()
    place.enrolment.save()
    return place


def test_rows_of_electives_left_long_ago_are_forgotten_unless_something_hangs_on_them(electives, admitted):
    gone, kept, withdrawn, holding = (admitted(make_person()) for _number in range(4))
    left_before_the_rule(gone, electives[0])
    worked_in = left_before_the_rule(kept, electives[0])
    make_mark(make_session_at(worked_in.enrolment.edition), worked_in.enrolment)
    left_before_the_rule(withdrawn, electives[0])
    withdrawn.withdrawn_at = timezone.now()
    withdrawn.save()
    choose_elective(holding, electives[0], by=holding.person)
    step = import_module("programmes.migrations.0009_electives_left_leave_no_rows")

    for _twice in range(2):
        step.forget_electives_left(apps, None)

    those_with_a_row = ModuleEnrolment.objects.filter(module=electives[0]).values_list("student", flat=True)
    assert set(those_with_a_row) == {kept.pk, withdrawn.pk, holding.pk}
