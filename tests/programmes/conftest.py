import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.models import Role
from programmes.models import Gate, GateConditionKind
from programmes.services import admit
from tests.factories.accounts import make_staff
from tests.factories.gradebook import make_category, make_entry, make_item, make_scheme
from tests.factories.programmes import make_module, make_phase, make_programme_edition


def day(number):
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture
def programme(db):
    """Two phases under way, a module each, a gate between them that asks for the modules of the first."""
    edition = make_programme_edition(starts_on=day(-60), ends_on=day(200))
    online = make_phase(edition, name="Online", starts_on=day(-60), ends_on=day(60))
    residential = make_phase(edition, name="Residential", starts_on=day(-1), ends_on=day(150))
    first, second = make_module(online), make_module(residential)
    gate = Gate.objects.create(phase=residential)
    gate.conditions.create(kind=GateConditionKind.MODULES)
    scheme = make_scheme(first.edition)
    return SimpleNamespace(
        edition=edition,
        online=online,
        residential=residential,
        first=first,
        second=second,
        gate=gate,
        exam=make_item(make_category(scheme)),
        coordinator=make_staff(Role.COORDINATOR),
    )


@pytest.fixture
def admitted(programme):
    """Admits a person and gives the result of the examination, if one is named."""

    def admit_with(person, score=None):
        student = admit(person, programme.edition, mode="in_person", by=programme.coordinator)
        if score is not None:
            enrolment = student.module_enrolments.get(module=programme.first).enrolment
            make_entry(programme.exam, enrolment, score)
        return student

    return admit_with
