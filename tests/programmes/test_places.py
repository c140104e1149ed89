import pytest

from foundation.audit.models import Entry
from foundation.outbox.models import Message
from programmes.models import Mode, StudentEvent
from programmes.refusals import ProgrammeRefused, Refusal
from programmes.selection.services import accept_place
from programmes.services import admit, withdraw_student
from programmes.signals import student_admitted
from tests.factories.accounts import make_person
from tests.factories.programmes import make_module, make_programme_edition, make_student
from tests.factories.selection import make_applicant, make_selection, offered

pytestmark = pytest.mark.django_db


def test_admission_enrols_into_the_compulsory_modules_of_the_first_phase_and_says_so_once(
    programme, django_capture_on_commit_callbacks
):
    person, elective = make_person(), make_module(programme.online, is_elective=True)
    heard = []
    student_admitted.connect(
        lambda **kwargs: heard.append(kwargs["student"]), weak=False, dispatch_uid="test"
    )

    for _twice in range(2):
        student = admit(person, programme.edition, mode=Mode.IN_PERSON, by=programme.coordinator)
    student_admitted.disconnect(dispatch_uid="test")

    places = student.module_enrolments.all()
    assert [row.module for row in places] == [programme.first]
    assert places[0].enrolment.is_active
    assert not elective.edition.enrolments.exists()
    assert [event.kind for event in student.events.all()] == ["admitted", "phase_opened"]
    assert heard == [student]
    assert Entry.objects.filter(action="programmes.admit").count() == 1
    assert list(Message.objects.filter(recipient=person).values_list("kind", flat=True)) == [
        "programmes.admitted"
    ]


def test_a_full_mode_refuses_and_the_other_mode_still_admits(programme):
    programme.edition.modes.create(mode=Mode.IN_PERSON, capacity=1)
    programme.edition.modes.create(mode=Mode.ONLINE)
    admit(make_person(), programme.edition, mode=Mode.IN_PERSON, by=programme.coordinator)
    second = make_person()

    with pytest.raises(ProgrammeRefused) as refused:
        admit(second, programme.edition, mode=Mode.IN_PERSON, by=programme.coordinator)

    assert refused.value.refusal == Refusal.FULL
    assert not second.enrolments.exists()
    assert admit(second, programme.edition, mode=Mode.ONLINE, by=programme.coordinator).mode == Mode.ONLINE


def test_an_offered_place_is_kept_for_whoever_it_was_offered_to(programme):
    call = make_selection(places=1, edition=programme.edition)
    offer = offered(make_applicant(call))

    with pytest.raises(ProgrammeRefused) as refused:
        admit(make_person(), programme.edition, mode=Mode.IN_PERSON, by=programme.coordinator)
    accept_place(offer)

    offer.refresh_from_db()
    assert refused.value.refusal == Refusal.FULL
    assert offer.student.person == offer.application.person


def test_a_module_without_a_place_refuses_the_whole_admission_and_is_named(programme):
    programme.first.edition.capacity = 0
    programme.first.edition.save()
    person = make_person()

    with pytest.raises(ProgrammeRefused, match=programme.first.code) as refused:
        admit(person, programme.edition, mode=Mode.IN_PERSON, by=programme.coordinator)

    assert refused.value.refusal == Refusal.MODULE
    assert not programme.edition.students.exists()


def test_what_is_not_offered_cancelled_or_empty_admits_nobody(programme):
    programme.edition.modes.create(mode=Mode.ONLINE)
    empty = make_programme_edition()

    for edition, refusal in ((programme.edition, Refusal.NOT_OFFERED), (empty, Refusal.NO_PHASE)):
        with pytest.raises(ProgrammeRefused) as refused:
            admit(make_person(), edition, mode=Mode.IN_PERSON, by=programme.coordinator)
        assert refused.value.refusal == refusal


def test_withdrawing_gives_every_module_back_and_coming_back_returns_them(programme):
    person = make_person()
    student = admit(person, programme.edition, mode=Mode.IN_PERSON, by=programme.coordinator)
    enrolment = student.module_enrolments.get().enrolment

    for _twice in range(2):
        withdraw_student(student, by=programme.coordinator, reason="Called back to duty")

    enrolment.refresh_from_db()
    assert not enrolment.is_active
    again = admit(person, programme.edition, mode=Mode.ONLINE, by=programme.coordinator)
    enrolment.refresh_from_db()
    assert (again.pk, again.mode, enrolment.is_active) == (student.pk, Mode.ONLINE, True)
    assert [event.kind for event in student.events.exclude(kind=StudentEvent.Kind.PHASE_OPENED)] == [
        "admitted",
        "withdrawn",
        "returned",
    ]


def test_withdrawing_needs_a_reason(programme):
    student = make_student(programme.edition)

    with pytest.raises(ProgrammeRefused):
        withdraw_student(student, by=programme.coordinator, reason=" ")

    student.refresh_from_db()
    assert student.is_active
