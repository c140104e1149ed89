import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programmes.models import GateConditionKind, PartnerPart
from programmes.services import copy_programme_edition
from programmes.signals import programme_edition_copied
from tests.factories.accounts import make_person
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
