import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from foundation.outbox.models import Message
from gradebook.book import Book
from programmes.models import Project, ProjectMilestone, ProjectRules
from programmes.projects import services
from programmes.projects.refusals import ProjectRefusal, ProjectRefused
from programmes.projects.upcoming import upcoming
from tests.factories.accounts import make_person, make_staff
from tests.factories.applications import make_pdf
from tests.factories.records import make_graded_edition, make_studying

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def place():
    edition = make_graded_edition(1)
    student = make_studying(edition, None)
    place = student.module_enrolments.get()
    ProjectRules.objects.create(
        module=place.module,
        topics_due_on=timezone.localdate() + datetime.timedelta(days=10),
        hand_in_due_at=timezone.now() + datetime.timedelta(days=60),
    )
    return place


@pytest.fixture
def coordinator():
    return make_staff(Role.COORDINATOR)


@pytest.fixture
def project(place, coordinator):
    project = services.propose_topic(place, topic="Gold in barges", outline="Which law follows the metal?")
    return services.approve_topic(project, supervisor=make_person(), by=coordinator)


@pytest.fixture
def examined(project, coordinator):
    services.hand_in_project(project, make_pdf(), by=project.place.student.person)
    services.appoint_examiners(project, [make_person(), make_person()], by=coordinator)
    return project


def report(project, *scores):
    for examination, score in zip(project.examinations.all(), scores, strict=False):
        services.hand_in_report(examination, score=Decimal(score), report="Well argued.", ends=True)


def refusal_of(call):
    with pytest.raises(ProjectRefused) as refused:
        call()
    return refused.value.refusal


def own(place, name="project"):
    return reverse(f"projects:{name}", args=[place.student.programme_edition.code, place.pk])


def test_a_topic_can_be_changed_until_it_is_approved(place, coordinator):
    first = services.propose_topic(place, topic="Gold", outline="One.")
    second = services.propose_topic(place, topic="Silver", outline="Two.")
    services.approve_topic(second, supervisor=make_person(), by=coordinator)

    assert first == second
    assert (
        refusal_of(lambda: services.propose_topic(place, topic="Tin", outline="X."))
        == ProjectRefusal.APPROVED
    )
    assert Project.objects.get().topic == "Silver"


def test_who_was_returned_a_topic_may_propose_again_after_the_day(place, coordinator):
    project = services.propose_topic(place, topic="Gold", outline="One.")
    services.return_topic(project, by=coordinator, reason="Too wide.")
    ProjectRules.objects.update(topics_due_on=timezone.localdate() - datetime.timedelta(days=1))

    again = services.propose_topic(place, topic="Gold in one river", outline="Narrower.")

    assert (again.pk, again.returned_reason) == (project.pk, "")


def test_a_module_that_is_no_project_takes_no_topic():
    place = make_studying(make_graded_edition(1), None).module_enrolments.get()

    assert (
        refusal_of(lambda: services.propose_topic(place, topic="Gold", outline="One."))
        == ProjectRefusal.NO_PROJECT
    )


def test_a_second_after_the_deadline_nothing_is_taken_and_what_is_there_stays(project):
    services.hand_in_project(project, make_pdf(), by=project.place.student.person)
    late = project.place.module.project_rules.hand_in_due_at + datetime.timedelta(seconds=1)

    refusal = refusal_of(
        lambda: services.hand_in_project(project, make_pdf(), by=project.place.student.person, now=late)
    )

    assert refusal == ProjectRefusal.TOO_LATE
    assert project.files.count() == 1


def test_the_same_file_twice_is_kept_once(project):
    upload = make_pdf()
    content = upload.read()

    for _click in range(2):
        again = SimpleUploadedFile("thesis.pdf", content, content_type="application/pdf")
        services.hand_in_project(project, again, by=project.place.student.person)

    assert project.files.count() == 1


def test_two_different_people_examine_and_never_the_student(project, coordinator):
    person = make_person()

    assert (
        refusal_of(lambda: services.appoint_examiners(project, [person, person], by=coordinator))
        == ProjectRefusal.TWO_EXAMINERS
    )
    own_person = project.place.student.person
    assert (
        refusal_of(lambda: services.appoint_examiners(project, [person, own_person], by=coordinator))
        == ProjectRefusal.OWN
    )


def test_an_examiner_sees_the_other_report_only_once_both_are_in(client, examined):
    first, second = examined.examinations.all()
    services.hand_in_report(first, score=Decimal("0.8"), report="A secret opinion.", ends=True)
    client.force_login(second.examiner)
    address = reverse("projects:examined", args=[examined.pk])

    before = client.get(address).text
    client.post(
        reverse("projects:report", args=[examined.pk]), {"percent": "70", "report": "Mine.", "hand_in": "1"}
    )
    after = client.get(address).text

    assert "A secret opinion." not in before
    assert "A secret opinion." in after


def test_a_report_without_a_result_is_kept_and_not_handed_in(client, examined):
    examination = examined.examinations.first()
    client.force_login(examination.examiner)
    address = reverse("projects:report", args=[examined.pk])

    refused = client.post(address, {"percent": "", "report": "Not done yet.", "hand_in": "1"})
    kept = client.post(address, {"percent": "", "report": "Not done yet.", "keep": "1"})

    examination.refresh_from_db()
    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Not done yet." in refused.text
    assert (examination.report, examination.handed_in_at) == ("Not done yet.", None)


def test_the_result_waits_for_both_reports_and_explains_a_wide_difference(examined, coordinator):
    report(examined, "0.8")
    early = refusal_of(
        lambda: services.decide_project(examined, score=Decimal("0.8"), note="", by=coordinator)
    )
    last = examined.examinations.last()
    services.hand_in_report(last, score=Decimal("0.5"), report="Weak on the law.", ends=True)
    wide = refusal_of(
        lambda: services.decide_project(examined, score=Decimal("0.65"), note="", by=coordinator)
    )

    services.decide_project(examined, score=Decimal("0.65"), note="Agreed after the viva.", by=coordinator)

    assert (early, wide) == (ProjectRefusal.REPORTS_MISSING, ProjectRefusal.DIFFERENCE)
    examined.refresh_from_db()
    assert examined.score == Decimal("0.65")


def test_the_result_reaches_the_gradebook_of_the_module(examined, coordinator):
    report(examined, "0.8", "0.84")

    services.decide_project(examined, score=Decimal("0.82"), note="", by=coordinator)

    enrolment = examined.place.enrolment
    assert Book(enrolment.edition).grade(enrolment).total == Decimal(82)


def test_corrections_are_handed_in_beside_the_work_and_accepted_once(examined, coordinator):
    report(examined, "0.8", "0.8")
    services.decide_project(
        examined, score=Decimal("0.8"), note="", corrections="Page 12: the source.", by=coordinator
    )
    examined.refresh_from_db()

    missing = refusal_of(lambda: services.accept_corrections(examined, by=coordinator))
    services.hand_in_corrections(examined, make_pdf(), by=examined.place.student.person)
    for _click in range(2):
        services.accept_corrections(examined, by=coordinator)

    examined.refresh_from_db()
    assert missing == ProjectRefusal.NOT_HANDED_IN
    assert not examined.waits_for_corrections
    assert examined.files.filter(is_corrected=True).count() == 1


def test_an_examiner_is_in_one_viva_at_a_time(examined, coordinator):
    other = make_studying(examined.place.student.programme_edition, None).module_enrolments.get()
    second = services.propose_topic(other, topic="Tin", outline="Short.")
    services.approve_topic(second, supervisor=examined.examinations.first().examiner, by=coordinator)
    at = timezone.now() + datetime.timedelta(days=70)
    services.book_viva(examined, at=at, minutes=45, place="Room 2", by=coordinator)

    clash = refusal_of(
        lambda: services.book_viva(second, at=at + HOUR / 2, minutes=45, place="Room 1", by=coordinator)
    )
    services.book_viva(second, at=at + HOUR, minutes=45, place="Room 1", by=coordinator)

    assert clash == ProjectRefusal.CLASH


def test_everybody_who_comes_is_told_of_the_viva(examined, coordinator, django_capture_on_commit_callbacks):
    at = timezone.now() + datetime.timedelta(days=70)

    with django_capture_on_commit_callbacks(execute=True):
        services.book_viva(examined, at=at, minutes=45, place="Room 2", by=coordinator)

    assert Message.objects.filter(kind="programmes.viva").count() == 4


def test_the_student_proposes_and_hands_in_on_the_page(client, place, coordinator):
    client.force_login(place.student.person)

    empty = client.post(own(place, "propose_topic"), {"topic": "Gold", "outline": ""})
    client.post(own(place, "propose_topic"), {"topic": "Gold", "outline": "Which law follows the metal?"})
    project = Project.objects.get()
    services.approve_topic(project, supervisor=make_person(), by=coordinator)
    client.post(own(place, "hand_in"), {"file": make_pdf()})

    assert empty.status_code == 422
    assert "Gold" in client.get(own(place)).text
    assert project.files.count() == 1


def test_a_file_is_nobody_elses_business(client, examined):
    address = reverse("projects:file", args=[examined.files.get().pk])

    client.force_login(examined.examinations.first().examiner)
    allowed = client.get(address).status_code
    client.force_login(make_person())
    other = client.get(address).status_code
    client.logout()

    assert (allowed, other, client.get(address).status_code) == (200, 404, 302)


def test_a_supervisor_marks_a_milestone_once(client, project):
    rules = project.place.module.project_rules
    milestone = ProjectMilestone.objects.create(
        rules=rules, name="First chapter", due_on=timezone.localdate()
    )
    client.force_login(project.supervisor)
    address = reverse("projects:reach_milestone", args=[project.pk])

    for _click in range(2):
        client.post(address, {"milestone": milestone.pk, "note": "Good beginning."})

    assert project.reached.count() == 1


def test_the_coordinator_takes_a_project_to_its_result(client, place, coordinator):
    project = services.propose_topic(place, topic="Gold", outline="Which law follows the metal?")
    supervisor, first, second = (make_person() for _person in range(3))
    code = place.student.programme_edition.code
    client.force_login(coordinator)

    def address(name, *args):
        return reverse(f"programme_projects:{name}", args=[code, *args])

    unknown = client.post(address("approve", project.pk), {"supervisor": "nobody@example.org"})
    client.post(address("approve", project.pk), {"supervisor": supervisor.email})
    services.hand_in_project(Project.objects.get(), make_pdf(), by=place.student.person)
    client.post(address("examiners", project.pk), {"first": first.email, "second": second.email})
    report(project, "0.7", "0.74")
    client.post(address("viva", project.pk), {"at": "2027-06-01T10:00", "minutes": "45", "place": "Room 2"})
    client.post(address("decide", project.pk), {"percent": "72", "note": "", "corrections": ""})

    project.refresh_from_db()
    assert unknown.status_code == 422
    assert project.score == Decimal("0.72")
    assert project.viva_at is not None
    for name in ("projects", "add_rules"):
        assert client.get(address(name)).status_code == 200
    assert client.get(address("project", project.pk)).status_code == 200


def test_a_tutor_elsewhere_finds_no_projects(client, project):
    client.force_login(make_staff(Role.TUTOR))

    address = reverse("programme_projects:projects", args=[project.place.student.programme_edition.code])

    assert client.get(address, follow=True).status_code == 404


def test_what_a_project_asks_of_its_student_is_due_where_everything_is(client, place, coordinator):
    rules = place.module.project_rules
    day = timezone.localdate() + datetime.timedelta(days=20)
    ProjectMilestone.objects.create(rules=rules, name="First chapter", due_on=day)
    client.force_login(place.student.person)
    addresses = (
        reverse("programmes:place", args=[place.student.programme_edition.code]),
        reverse("learning:my_learning"),
    )

    before = [client.get(address).text for address in addresses]
    project = services.propose_topic(place, topic="Gold", outline="One.")
    services.approve_topic(project, supervisor=make_person(), by=coordinator)
    after = [client.get(address).text for address in addresses]

    for page in before:
        assert own(place) in page
        assert (
            page.index("Propose a topic") < page.index("First chapter") < page.index("Hand in your project")
        )
    assert not any("Propose a topic" in page for page in after)


def test_a_topic_that_was_returned_is_due_again(place, coordinator):
    project = services.propose_topic(place, topic="Gold", outline="One.")
    enrolment = place.enrolment

    waiting = [one.title for one in upcoming([enrolment])]
    services.return_topic(project, by=coordinator, reason="Too wide.")

    assert waiting == ["Hand in your project"]
    assert [one.title for one in upcoming([enrolment])] == ["Propose a topic", "Hand in your project"]


def test_a_viva_takes_place_and_corrections_are_due_until_they_are_handed_in(examined, coordinator):
    enrolment = examined.place.enrolment
    at = timezone.now() + HOUR
    services.book_viva(examined, at=at, minutes=45, place="Room 4", by=coordinator)
    viva = upcoming([enrolment])
    report(examined, "0.8", "0.75")
    services.decide_project(
        examined, score=Decimal("0.8"), note="", corrections="Cite the treaty.", by=coordinator
    )
    corrections = upcoming([enrolment])
    examined.refresh_from_db()
    services.hand_in_corrections(examined, make_pdf(), by=examined.place.student.person)

    assert [(one.title, one.at, one.is_appointment) for one in viva] == [("Viva", at, True)]
    assert [one.title for one in corrections] == ["Hand in the corrected work"]
    assert upcoming([enrolment]) == []
