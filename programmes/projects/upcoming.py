"""What students have to do next in their theses and projects, for the list of what is due."""

from collections.abc import Collection

from django.urls import reverse

from enrolments.models import Enrolment
from learning.deadlines import Deadline
from programmes.models import ModuleEnrolment
from programmes.projects.standing import steps_of


def upcoming(enrolments: Collection[Enrolment]) -> list[Deadline]:
    """In the projects of these enrolments; as many queries for many as for one."""
    places = ModuleEnrolment.objects.filter(
        enrolment__in=[enrolment.pk for enrolment in enrolments],
        module__project_rules__isnull=False,
        student__withdrawn_at=None,
        student__programme_edition__cancelled_at=None,
    )
    places = places.select_related(
        "module__project_rules", "module__edition__course", "student__programme_edition", "project"
    ).prefetch_related("module__project_rules__milestones", "project__reached", "project__files")
    return [_deadline(place, step) for place in places.order_by("pk") for step in _open(place)]


def _open(place):
    steps = steps_of(place, getattr(place, "project", None))
    return [step for step in steps if step.at and step.task and not step.is_done]


def _deadline(place, step):
    url = reverse("projects:project", args=[place.student.programme_edition.code, place.pk])
    return Deadline(step.at, step.task, url, str(place.module), is_appointment=step.is_appointment)
