"""What a site role opens in screens that know no roles."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth import get_user_model

from accounts.models import Role, SiteRole

pytestmark = pytest.mark.django_db


def holder(role, **fields):
    person = get_user_model().objects.create_user(email="holder@example.org", first_name="Rosa")
    SiteRole.objects.create(person=person, role=role, **fields)
    return get_user_model().objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("role", "audit", "jobs"),
    [(Role.REGISTRAR, True, False), (Role.ADMINISTRATOR, True, True), (Role.TUTOR, False, False)],
)
def test_registrars_read_the_audit_log_and_administrators_also_mind_background_work(role, audit, jobs):
    person = holder(role)

    assert person.has_perm("audit.view_entry") is audit
    assert person.has_perm("jobs.manage_work") is jobs


def test_a_role_that_has_ended_opens_nothing():
    person = holder(Role.ADMINISTRATOR, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))

    with time_machine.travel("2026-02-01"):
        assert not person.has_perm("audit.view_entry")


def test_a_closed_account_opens_nothing():
    person = holder(Role.ADMINISTRATOR)
    person.is_active = False

    assert not person.has_perm("audit.view_entry")


@pytest.mark.parametrize(
    ("role", "permission", "held"),
    [
        (Role.COORDINATOR, "portfolio.change_project", True),
        (Role.COORDINATOR, "portfolio.change_framework", False),
        (Role.EVALUATOR, "portfolio.view_project", True),
        (Role.EVALUATOR, "portfolio.change_project", False),
        (Role.AUTHOR, "cms.add_glossaryterm", True),
        (Role.COORDINATOR, "accounts.change_user", False),
        (Role.ADMINISTRATOR, "accounts.change_user", True),
    ],
)
def test_each_role_opens_what_its_work_needs(role, permission, held):
    assert holder(role).has_perm(permission) is held
