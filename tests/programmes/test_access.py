import pytest
from django.http import Http404

from accounts.models import Role
from programmes import access
from tests.factories.accounts import make_person, make_staff
from tests.factories.programmes import give_programme_role, make_programme_edition, make_student

pytestmark = pytest.mark.django_db


def test_a_programme_role_opens_its_own_edition_and_no_other():
    mine, other = make_programme_edition(), make_programme_edition()
    coordinator = make_person()
    give_programme_role(coordinator, mine, Role.COORDINATOR)

    assert access.get_programme_edition_or_404(coordinator, mine.code) == mine
    assert list(access.managed_programme_editions(coordinator)) == [mine]
    with pytest.raises(Http404):
        access.get_programme_edition_or_404(coordinator, other.code)


def test_a_site_role_opens_every_edition_but_makes_nobody_an_assessor():
    edition, registrar = make_programme_edition(), make_staff(Role.REGISTRAR)

    assert access.can_register(registrar, edition)
    assert not access.can_coordinate(registrar, edition)
    assert not access.can_assess(registrar, edition)


def test_a_student_finds_their_own_place_and_nobody_elses():
    student = make_student()

    assert access.get_student_or_404(student.person, student.programme_edition.code) == student
    with pytest.raises(Http404):
        access.get_student_or_404(make_person(), student.programme_edition.code)
