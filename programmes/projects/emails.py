"""What we write to students, supervisors and examiners about projects."""

from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from foundation.outbox import services as outbox
from programmes.models import Project


def send_topic_approved(project: Project) -> None:
    """To the student and the supervisor."""
    for person in (project.place.student.person, project.supervisor):
        _send(project, "topic_approved", person, str(project.supervisor_id))


def send_topic_returned(project: Project) -> None:
    """To the student, with the reason."""
    _send(project, "topic_returned", project.place.student.person, project.proposed_at.isoformat())


def send_appointed(project: Project, examiners: list[User]) -> None:
    """To the examiners."""
    for person in examiners:
        _send(project, "examiner_appointed", person, "")


def send_viva(project: Project) -> None:
    """To everybody who comes."""
    examiners = [one.examiner for one in project.examinations.select_related("examiner")]
    people = {one.pk: one for one in [project.place.student.person, project.supervisor, *examiners] if one}
    for person in people.values():
        _send(project, "viva", person, project.viva_at.isoformat() + project.viva_place)


def send_project_decided(project: Project) -> None:
    """To the student, without the result: the message may be read by others."""
    _send(project, "project_decided", project.place.student.person, "")


def _send(project, name, person, occasion):
    student = project.place.student
    with override(person.language):
        if person == student.person:
            path = reverse("projects:project", args=[student.programme_edition.code, project.place_id])
        else:
            path = reverse("projects:examined", args=[project.pk])
    outbox.send(
        kind=f"programmes.{name}",
        to=person,
        template=f"programmes/projects/email/{name}",
        context={
            "name": person.full_name,
            "topic": project.topic,
            "student": student.person.full_name,
            "supervisor": project.supervisor.full_name if project.supervisor else "",
            "reason": project.returned_reason,
            "viva_at": project.viva_at,
            "viva_place": project.viva_place,
            "path": path,
        },
        key=f"programmes.{name}:{project.pk}:{person.pk}:{occasion}"[:200],
    )
