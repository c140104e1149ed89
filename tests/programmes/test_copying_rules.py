import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from programmes.models import AcademicRules, Call, ProjectMilestone, ProjectRules
from programmes.services import cancel_programme_edition, copy_programme_edition
from tests.factories.accounts import make_staff
from tests.factories.applications import make_call, make_question, make_submitted, make_translated
from tests.factories.programmes import make_module, make_phase, make_programme_edition
from tests.factories.records import make_class
from tests.factories.selection import make_criterion
from timetable.models import AttendanceRules

pytestmark = pytest.mark.django_db
YEAR = 364


@pytest.fixture
def old():
    edition = make_programme_edition(name="LL.M. 2025-26")
    module = make_module(make_phase(edition))
    AcademicRules.objects.create(programme_edition=edition, most_attempts=3)
    make_class(edition, "Pass", least_average=Decimal("0.6"))
    rules = ProjectRules.objects.create(
        module=module, topics_due_on=edition.starts_on, hand_in_due_at=timezone.now()
    )
    ProjectMilestone.objects.create(rules=rules, name="First chapter", due_on=edition.starts_on)
    return edition


@pytest.fixture
def copied(old):
    def copy():
        starts_on = old.starts_on + datetime.timedelta(days=YEAR)
        by = make_staff("coordinator")
        return copy_programme_edition(old, code="llm-next", name="LL.M. 2026-27", starts_on=starts_on, by=by)

    return copy


def test_rules_of_records_and_projects_come_along_with_their_days_moved(old, copied):
    new = copied()

    module = new.phases.get().modules.get()
    assert new.academic_rules.most_attempts == 3
    assert [one.name for one in new.classification_rules.all()] == ["Pass"]
    assert module.project_rules.topics_due_on == old.starts_on + datetime.timedelta(days=YEAR)
    assert module.project_rules.milestones.get().name == "First chapter"


def test_the_call_comes_along_as_a_draft_and_applications_stay_behind(old, copied):
    call = make_call(old, name="LL.M. 2025-26: call")
    make_question(call)
    make_criterion(call)
    make_submitted(call)
    make_translated(call)

    new = copied()

    copy = Call.objects.get(programme_edition=new)
    assert (copy.name, copy.published_at, copy.last_number) == ("LL.M. 2026-27: call", None, 0)
    assert (copy.closes_at - call.closes_at).days in (YEAR - 1, YEAR)
    assert (copy.questions.count(), copy.criteria.count(), copy.applications.count()) == (1, 1, 0)
    translation = copy.wanted_documents.get(translation_of__isnull=False)
    assert translation.translation_of.call == copy


def test_an_edition_without_rules_or_call_is_copied_all_the_same(copied, old):
    AcademicRules.objects.all().delete()

    assert not AcademicRules.objects.filter(programme_edition=copied()).exists()


def test_the_copy_of_a_cancelled_edition_is_not_cancelled(copied, old):
    cancel_programme_edition(old, by=make_staff("coordinator"), reason="Too few applications")

    assert copied().cancelled_at is None


def test_rules_of_attendance_of_the_modules_come_along(copied, old):
    before = old.phases.get().modules.get().edition
    AttendanceRules.objects.create(edition=before, threshold=Decimal("0.9"), free_minutes=1)

    rules = copied().phases.get().modules.get().edition.attendance_rules

    assert (rules.threshold, rules.free_minutes) == (Decimal("0.9"), 1)
