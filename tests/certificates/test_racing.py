"""Many at once: one award per enrolment, and numbers without gaps. Locks are PostgreSQL's."""

import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from certificates.models import Award, Rule
from certificates.papers.composing import Filling
from certificates.papers.services import issue_paper
from certificates.past import services
from certificates.past.examining import examine
from certificates.services import confirm_name, issue_award_due, issue_for, replace
from certificates.snapshot import Facts, occasion_snapshot
from certificates.storing import store
from enrolments.services import lock
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award_type, make_occasion, make_paper_template, offer_award
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

    def make(edition=edition, person=None):
        person = person or make_person(name_for_certificate="Amina Diallo", name_confirmed_at=timezone.now())
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


@pytest.fixture
def diploma():
    """Gives an occasion its award; several may ask at once."""
    award_type, registrar = make_award_type(rule=Rule.DECISION), make_staff("registrar")
    today = timezone.localdate()
    facts = Facts(hours=None, completed_on=today, issued_on=today)

    def give(occasion, **changed):
        said = occasion_snapshot(
            occasion, award_type, facts, **{"name": "Amina Diallo", "language": "en"} | changed
        )
        return issue_for(
            occasion, award_type, said, by=registrar, reason="Board of 12 May", anew=bool(changed)
        )

    return give


def test_eight_issues_for_the_same_occasion_give_one(diploma):
    occasion = make_occasion(make_person())

    race(*[lambda: diploma(occasion)] * 8)

    assert occasion.awards.get().number.endswith("000001")


def test_a_letter_asked_for_by_eight_at_once_is_issued_once_with_the_first_number():
    registrar = make_staff("registrar")
    template = make_paper_template("other", by=registrar)
    occasion, filling = make_occasion(make_person()), Filling("Amina Diallo", {"programme": "LL.M."})

    def ask():
        issue_paper(occasion, template, filling, language="en", by=registrar, reason="Asked for", anew=True)

    race(*[ask] * 8)

    assert occasion.awards.get().number.endswith("000001")


def test_issues_for_eight_occasions_get_eight_numbers_without_a_gap(diploma):
    occasions = [make_occasion(make_person()) for _each in range(8)]

    race(*[lambda occasion=occasion: diploma(occasion) for occasion in occasions])

    numbers = sorted(int(number[-6:]) for number in Award.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 9))


def test_an_award_issued_anew_by_four_at_once_is_replaced_once(diploma):
    occasion = make_occasion(make_person())
    first = diploma(occasion)

    race(*[lambda: diploma(occasion, grade="Merit")] * 4)

    assert occasion.awards.count() == 2
    assert occasion.awards.get(superseded_at=None).supersedes == first


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


def held_first(enrolment, then):
    """Holds an enrolment in a transaction of its own, gives others time to come near, and goes on."""

    def call():
        with transaction.atomic():
            lock(enrolment)
            time.sleep(0.6)
            then()

    return call


def late(then):
    """Comes while `held_first` holds."""

    def call():
        time.sleep(0.2)
        then()

    return call


def test_a_name_confirmed_while_a_later_course_of_the_person_gets_its_award_waits_and_goes_on(completed):
    first = completed()
    person = first.person
    second = completed(make_edition(first.edition.course), person)

    race(
        held_first(second, lambda: issue_award_due(second)),
        late(lambda: confirm_name(person, "Amina Diallo")),
    )

    assert [first.awards.count(), second.awards.count()] == [1, 1]


def test_a_name_confirmed_while_staff_correct_it_waits_and_goes_on(completed):
    enrolment = completed()
    award = issue_award_due(enrolment)
    registrar = make_staff("registrar")

    race(
        held_first(enrolment, lambda: replace(award, by=registrar, reason="Misspelt", name="Aminata Diallo")),
        late(lambda: confirm_name(enrolment.person, "Amina Diallo")),
    )

    enrolment.person.refresh_from_db()
    assert enrolment.person.name_for_certificate == "Amina Diallo"
    assert enrolment.awards.get(superseded_at=None).snapshot["name"] == "Aminata Diallo"


def test_a_file_of_past_awards_confirmed_by_four_at_once_is_entered_once(past_file):
    found, seen, registrar = past_file()

    race(*[lambda: services.enter(found, seen=seen, by=registrar, reason="Register of 2012")] * 4)

    assert Award.objects.count() == 2


def test_the_same_past_awards_in_two_files_confirmed_at_once_are_entered_once(past_file):
    first, second = past_file(), past_file()
    refused = []

    def confirm(found, seen, registrar):
        try:
            services.enter(found, seen=seen, by=registrar, reason="Register of 2012")
        except services.PastRefused as refusal:
            refused.append(str(refusal))

    race(lambda: confirm(*first), lambda: confirm(*second))

    assert Award.objects.count() == 2
    assert len(refused) == 1


@pytest.fixture
def past_file():
    """A file with two past awards, looked at and not yet confirmed."""
    award_type, registrar = make_award_type(name="Past completion"), make_staff("registrar")
    content = "Number;Name;Award;Course;Day\n" + "\n".join(
        f"CERT/2012/{number};Amina Diallo;{award_type.name};Tracing;2012-04-30" for number in (1, 2)
    )

    def read():
        found = services.read_file("old.csv", content.encode(), by=registrar)
        return found, examine(found.lines, registrar).fingerprint, registrar

    return read
