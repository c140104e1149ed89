import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from enrolments.models import Edition, Enrolment
from learning.models import TutorMessage, TutorThread
from programmes.tutoring import gone_quiet_in, questions_of
from tests.factories.accounts import make_person, make_staff
from tests.factories.courses import make_lesson, make_unit
from tests.factories.enrolments import make_cohort
from tests.factories.learning import make_course_completion
from tests.factories.programmes import give_programme_role, make_module

pytestmark = pytest.mark.django_db


def long_ago(student, days=20):
    moment = timezone.now() - datetime.timedelta(days=days)
    Enrolment.objects.filter(module_enrolment__student=student).update(enrolled_at=moment)


def ask(student, module):
    lesson = make_lesson(make_unit(module.edition.course))
    enrolment = student.module_enrolments.get(module=module).enrolment
    thread = TutorThread.objects.create(enrolment=enrolment, lesson=lesson)
    TutorMessage.objects.create(
        thread=thread, author=student.person, text="What is it?", form_key=uuid.uuid4()
    )
    return thread


def test_who_works_in_one_module_is_not_quiet_in_the_programme(programme, admitted):
    second = make_module(programme.online)
    quiet, working, done = (admitted(make_person()) for _number in range(3))
    for student in (quiet, working, done):
        long_ago(student)
    enrolment = working.module_enrolments.get(module=second).enrolment
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=timezone.now())
    for place in done.module_enrolments.all():
        make_course_completion(place.enrolment)

    found = gone_quiet_in([quiet, working, done])

    assert [one.student for one in found] == [quiet]
    assert set(found[0].modules) == {programme.first, second}


def test_questions_of_the_group_wait_in_all_modules(programme, admitted):
    student, other = admitted(make_person()), admitted(make_person())
    thread, _others = ask(student, programme.first), ask(other, programme.first)

    assert list(questions_of([student])) == [thread]


def test_a_tutor_sees_the_group_and_nobody_else_the_screen(programme, admitted, client):
    mine, other = admitted(make_person(last_name="Okello")), admitted(make_person(last_name="Tanaka"))
    long_ago(mine)
    long_ago(other)
    make_cohort(programme.first.edition, mine.module_enrolments.get().enrolment, name="Group Lima")
    tutor, stranger = make_staff(), make_staff(Role.TUTOR)
    give_programme_role(tutor, programme.edition, Role.TUTOR)
    address = reverse("programme_editions:tutoring", args=[programme.edition.pk])
    client.force_login(stranger)
    refused = client.get(address, follow=True)
    client.force_login(tutor)

    everybody = client.get(address).content.decode()
    group = client.get(address, {"group": "Group Lima"}).content.decode()

    assert refused.status_code == 404
    assert "Okello" in everybody
    assert "Tanaka" in everybody
    assert "Okello" in group
    assert "Tanaka" not in group
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    assert Edition.objects.count() == 2
