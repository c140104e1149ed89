"""Two people, or two clicks, at the same moment: questions come in once."""

import pytest
from django.core.files.storage import default_storage

from assessments.models import Question, QuestionImport
from assessments.services.exchange import confirm_import
from foundation.audit.models import Entry
from tests.assessments.exchange.test_importing import GIFT, bring_in, prepare
from tests.factories.accounts import make_person
from tests.factories.assessments import make_bank
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_clicks_at_once_bring_a_file_in_once():
    user = make_person()
    prepared = prepare(make_bank(), user)
    name = prepared.file.name

    def click():
        return confirm_import(QuestionImport.objects.get(pk=prepared.pk), user=user)

    answers = at_once(click, click, click)

    # Whoever comes when the file is gone already finds it confirmed all the same.
    assert [answer.brought_in for answer in answers] == [2, 2, 2], answers
    assert Question.objects.count() == 2
    assert Entry.objects.filter(action="assessments.import_questions").count() == 1
    assert not default_storage.exists(name)


def test_two_imports_of_one_file_into_one_bank_double_nothing():
    bank = make_bank()

    answers = at_once(lambda: bring_in(bank, GIFT), lambda: bring_in(bank, GIFT))

    created = sorted(len(outcome.created) for _lines, outcome in answers)
    assert created == [0, 2]
    assert Question.objects.count() == 2
