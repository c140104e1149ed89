"""Many at once: one award per enrolment, and numbers without gaps. Locks are PostgreSQL's."""

import threading

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from certificates.models import Award
from certificates.services import issue_award_due
from certificates.storing import store
from tests.factories.accounts import make_person
from tests.factories.certificates import make_award_type, offer_award
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.learning import make_course_completion

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def completed():
    """Makes enrolments that have completed a course and wait for their award."""
    course = make_course()
    offer_award(course, make_award_type())
    edition = make_edition(course)

    def make():
        person = make_person(name_for_certificate="Amina Diallo", name_confirmed_at=timezone.now())
        enrolment = make_enrolment(edition, person)
        make_course_completion(enrolment)
        return enrolment

    return make


def race(*calls):
    """Call all at the same moment, each in a thread and a connection of its own."""
    start, failures = threading.Barrier(len(calls)), []

    def run(call):
        try:
            start.wait()
            call()
        except (DatabaseError, OSError) as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_eight_issues_of_the_same_award_give_one(completed):
    enrolment = completed()

    race(*[lambda: issue_award_due(enrolment)] * 8)

    assert enrolment.awards.count() == 1
    assert enrolment.awards.get().number.endswith("000001")


def test_eight_different_awards_get_eight_numbers_without_a_gap(completed):
    enrolments = [completed() for _each in range(8)]

    race(*[lambda enrolment=enrolment: issue_award_due(enrolment) for enrolment in enrolments])

    numbers = sorted(int(number[-6:]) for number in Award.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 9))


def test_four_workers_that_store_the_same_award_store_one_file(completed):
    enrolment = completed()
    award = issue_award_due(enrolment)
    Award.objects.update(stored_at=None, sha256="", file="")
    waiting = Award.objects.get(pk=award.pk)

    race(*[lambda: store(Award.objects.get(pk=waiting.pk))] * 4)

    award.refresh_from_db()
    folder, _slash, _name = award.file.name.rpartition("/")
    _folders, files = award.file.storage.listdir(folder)
    assert len([name for name in files if award.code in name]) == 1
