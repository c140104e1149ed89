"""Whose project. Views get it only here; not yours and not there are the same 404."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from programmes import access
from programmes.models import ModuleEnrolment, ProgrammeEdition, Project, ProjectExamination, ProjectFile

NEEDED = (
    "supervisor",
    "place__student__person",
    "place__student__programme_edition",
    "place__module__edition__course",
    "place__module__project_rules",
    "place__enrolment__edition",
)


def get_place_or_404(user: User, code: str, pk: int) -> ModuleEnrolment:
    """The person's own place in a module that is a project."""
    student = access.get_student_or_404(user, code)
    places = student.module_enrolments.filter(module__project_rules__isnull=False)
    needed = ("module__edition__course", "module__project_rules", "student__programme_edition")
    return get_object_or_404(places.select_related(*needed), pk=pk)


def own_places(user: User):
    """The person's places in modules that are projects."""
    places = ModuleEnrolment.objects.filter(
        student__person=user,
        student__withdrawn_at=None,
        student__programme_edition__cancelled_at=None,
        module__project_rules__isnull=False,
    )
    return places.select_related("student__programme_edition", "module__edition__course")


def places_in(edition: ProgrammeEdition):
    """The places of an edition in modules that are projects, with what was written there; for who runs it."""
    rows = ModuleEnrolment.objects.filter(
        student__programme_edition=edition, student__withdrawn_at=None, module__project_rules__isnull=False
    )
    rows = rows.select_related(
        "student__person",
        "student__programme_edition",
        "module__edition__course",
        "module__project_rules",
        "project__supervisor",
    ).prefetch_related(
        "module__project_rules__milestones",
        "project__reached",
        "project__files",
        "project__examinations__examiner",
    )
    return rows.order_by("student__person__last_name", "student__person__first_name", "pk")


def projects_for(user: User):
    """The projects a person supervises or examines."""
    mine = Q(supervisor=user) | Q(examinations__examiner=user)
    return (
        Project.objects.filter(mine).distinct().select_related(*NEEDED) if user.pk else Project.objects.none()
    )


def get_examined_or_404(user: User, pk: int) -> Project:
    """A project the person supervises or examines."""
    return get_object_or_404(projects_for(user), pk=pk)


def get_supervised_or_404(user: User, pk: int) -> Project:
    """A project the person supervises."""
    return get_object_or_404(Project.objects.filter(supervisor=user).select_related(*NEEDED), pk=pk)


def get_examination_or_404(user: User, pk: int) -> ProjectExamination:
    """The person's own part in a project."""
    return get_object_or_404(ProjectExamination.objects.filter(examiner=user), project=pk)


def get_coordinated_or_404(user: User, code: str, pk: int) -> Project:
    """A project of an edition the person coordinates or registers."""
    edition = access.get_programme_edition_or_404(user, code)
    projects = Project.objects.filter(place__student__programme_edition=edition)
    return get_object_or_404(projects.select_related(*NEEDED), pk=pk)


def get_file_or_404(user: User, pk: int) -> ProjectFile:
    """A file for its author, whoever supervises or examines it, and those who run the edition."""
    file = get_object_or_404(
        ProjectFile.objects.select_related("project__place__student__programme_edition"), pk=pk
    )
    student = file.project.place.student
    concerned = student.person_id == user.pk or projects_for(user).filter(pk=file.project_id).exists()
    if not (concerned or access.can_manage(user, student.programme_edition)):
        raise Http404
    return file
