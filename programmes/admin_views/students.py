"""The students of an edition, one student, and giving or taking back a place."""

from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.paginator import WagtailPaginator

from enrolments.admin_views.asking import ask_and_do, screen
from enrolments.admin_views.forms import ReasonForm
from programmes import access
from programmes.admin_views.frame import edition_crumbs
from programmes.cohort import matching, rows_of
from programmes.forms import AdmitForm, StudentFilterForm
from programmes.models import ModuleEnrolment
from programmes.presence import presence_by_phase, presence_of
from programmes.refusals import ProgrammeRefused
from programmes.results import results_of
from programmes.services import admit, withdraw_student

SHOWN = 50


def listed(edition, chosen):
    """The rows that the filter leaves."""
    students = edition.students.select_related("person", "programme_edition", "country")
    if mode := chosen.get("mode"):
        students = students.filter(mode=mode)
    if typed := chosen.get("q"):
        for word in typed.split():
            name = Q(person__first_name__icontains=word) | Q(person__last_name__icontains=word)
            students = students.filter(name | Q(person__email__icontains=word))
    return matching(rows_of(edition, list(students)), chosen)


@require_admin_access
def students(request, pk):
    """Everybody with where they stand."""
    edition = access.get_managed_or_404(request.user, pk)
    filter_form = StudentFilterForm(request.GET or None, programme_edition=edition)
    rows = listed(edition, filter_form.chosen)
    page = WagtailPaginator(rows, SHOWN).get_page(request.GET.get("p"))
    return screen(
        request,
        "programmes/staff/students.html",
        title=_("Students"),
        icon="group",
        trail=edition_crumbs(edition, _("Students")),
        edition=edition,
        filter_form=filter_form,
        rows=page.object_list,
        page=page,
        count=len(rows),
        query=request.GET.urlencode(),
        can_change=access.can_manage(request.user, edition),
    )


@require_admin_access
def student(request, student_id):
    """One student: phases with their gates, modules with results, what happened."""
    found = access.get_managed_student_or_404(request.user, student_id)
    edition = found.programme_edition
    enrolled = ModuleEnrolment.objects.filter(student=found).select_related(
        "module__phase__programme_edition__scale",
        "module__edition__course",
        "module__edition__grade_scheme__scale",
        "enrolment",
    )
    results = results_of([found], [row.module for row in enrolled])
    list_crumb = (reverse("programme_editions:students", args=[edition.pk]), _("Students"))
    return screen(
        request,
        "programmes/staff/student.html",
        title=str(found.person),
        icon="user",
        trail=edition_crumbs(edition, str(found.person), list_crumb),
        edition=edition,
        student=found,
        row=rows_of(edition, [found])[0],
        modules=[(row, results.get((found.pk, row.module_id))) for row in enrolled],
        presence=presence_of(found, presence_by_phase([found])),
        events=found.events.select_related("by", "phase"),
    )


@require_admin_access
def admit_person(request, pk):
    """Give a place by hand."""
    edition = access.get_managed_or_404(request.user, pk)
    form = AdmitForm(request.POST or None, programme_edition=edition)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = admit(form.person, edition, mode=data["mode"], by=request.user, reason=data["reason"])
        except ProgrammeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(person)s has a place now.") % {"person": made.person})
            return redirect("programme_editions:student", made.pk)
    return screen(
        request,
        "enrolments/staff/ask.html",
        title=_("Admit somebody"),
        icon="user",
        trail=edition_crumbs(edition, _("Admit somebody")),
        form=form,
        button=_("Admit"),
        back=reverse("programme_editions:students", args=[pk]),
        lead=_("The person is enrolled into the compulsory modules of the first phase and told by e-mail."),
    )


@require_admin_access
def withdraw(request, student_id):
    """Take the place back, with a reason."""
    found = access.get_managed_student_or_404(request.user, student_id)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: withdraw_student(found, by=request.user, reason=data["reason"]),
        done=_("The place has been given back."),
        refused=ProgrammeRefused,
        back=reverse("programme_editions:student", args=[student_id]),
        title=_("Withdraw"),
        icon="cross",
        trail=edition_crumbs(found.programme_edition, _("Withdraw")),
        lead=_("%(person)s loses the place in the programme and in all its modules. What was done is kept.")
        % {"person": found.person},
    )
