import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from enrolments.models import Edition
from programmes.models import Call, GateConditionKind, PartnerPart
from programmes.services import copy_programme_edition
from programmes.services.codes import free_code
from programmes.signals import programme_edition_copied
from tests.factories.accounts import make_person
from tests.factories.applications import make_call
from tests.factories.portfolio import make_partner

pytestmark = pytest.mark.django_db


def test_next_year_is_one_action_with_dates_moved_and_people_and_grades_left_behind(programme, admitted):
    edition = programme.edition
    admitted(make_person(), Decimal("0.9"))
    edition.partners.create(partner=make_partner(), part=PartnerPart.HOST)
    edition.modes.create(mode="in_person", capacity=46)
    edition.fees.create(name="Tuition", amount=100, due_on=edition.starts_on)
    edition.calendar.create(name="Holiday", starts_on=edition.starts_on, ends_on=edition.ends_on)
    programme.gate.conditions.create(kind=GateConditionKind.MODULE, module=programme.first)
    starts_on = edition.starts_on + datetime.timedelta(days=364)
    heard = []
    programme_edition_copied.connect(
        lambda **said: heard.append(said["days"]), weak=False, dispatch_uid="test"
    )

    copy = copy_programme_edition(
        edition, code="next", name="Next year", starts_on=starts_on, by=programme.coordinator
    )
    programme_edition_copied.disconnect(dispatch_uid="test")

    assert heard == [364]
    assert copy.ends_on - edition.ends_on == datetime.timedelta(days=364)
    assert [phase.name for phase in copy.phases.all()] == ["Online", "Residential"]
    first, _second = [phase.modules.get() for phase in copy.phases.all()]
    assert first.edition.course == programme.first.edition.course
    assert first.edition.starts_on - programme.first.edition.starts_on == datetime.timedelta(days=364)
    assert first.edition.grade_scheme.items.counting().count() == 1
    conditions = copy.phases.last().gate.conditions.all()
    assert [condition.module for condition in conditions] == [None, first]
    assert copy.partners.count() == copy.modes.count() == 1
    assert copy.fees.get().due_on == copy.calendar.get().starts_on == starts_on
    assert not copy.students.exists()
    assert not first.edition.enrolments.exists()


def test_a_code_that_is_taken_is_refused_and_nothing_is_made(programme):
    with pytest.raises(ValidationError):
        copy_programme_edition(
            programme.edition,
            code=programme.edition.code,
            name="Next year",
            starts_on=programme.edition.starts_on,
            by=programme.coordinator,
        )

    assert programme.first.edition.course.editions.count() == 1


def test_a_code_that_is_taken_is_numbered_and_never_longer_than_its_field():
    make_call(code="llm-call")
    make_call(code="llm-call-2")
    longest = "a" * 60
    make_call(code=longest)

    assert free_code(Call, "llm-call") == "llm-call-3"
    assert free_code(Call, "winter-call") == "winter-call"
    assert free_code(Call, longest + "-call") == "a" * 58 + "-2"
    assert free_code(Edition, longest) == longest
    assert free_code(Call, "b" * 59 + "-call") == "b" * 59


def test_a_call_of_the_edition_is_copied_under_a_free_code(programme):
    make_call(programme.edition)
    make_call(code="next-call")

    copy = copy_programme_edition(
        programme.edition,
        code="next",
        name="Next year",
        starts_on=programme.edition.starts_on,
        by=programme.coordinator,
    )

    assert copy.calls.get().code == "next-call-2"
