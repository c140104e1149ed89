"""The grid: learners down, items across, entered like a spreadsheet."""

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.services import lock_all
from gradebook import access, services
from gradebook.admin_views.frame import gradebook_screen
from gradebook.book import Book
from gradebook.forms import LearnersForm
from gradebook.grid import ITEMS_SHOWN, LEARNERS_SHOWN, columns_of, fits, rows_of
from gradebook.offers import offered_activities
from gradebook.posted import touched_cells
from gradebook.refusals import GradebookRefused
from gradebook.typed import parse
from learning.admin_views.listing import matching

DERIVED_FILTERS = ("missing", "waiting", "failing", "hidden")


def learners_shown(book, form):
    """The learners asked for, by name. What only grades can tell is asked of all grades."""
    asked = form.cleaned_data if form.is_valid() else {}
    learners = access.learners(book.edition).order_by("person__last_name", "person__first_name", "pk")
    show = asked.get("show")
    learners = learners.exclude(withdrawn_at=None) if show == "gone" else learners.filter(withdrawn_at=None)
    if asked.get("q"):
        learners = matching(learners, asked["q"])
    if show in DERIVED_FILTERS:
        return [one for one, grade in book.all_grades(list(learners)) if fits(grade, show)]
    return learners


@require_admin_access
def grid(request, pk):
    """One window of the grid. Without JavaScript one button saves everything typed in it, or nothing."""
    edition = access.get_edition_or_404(request.user, pk)
    if request.method != "POST":
        return window(request, edition)
    touched, problems = save_window(request, access.get_scheme_or_404(request.user, pk))
    if problems:
        return window(request, edition, problems=problems, typed={one.name: one.value for one in touched})
    messages.success(request, _("Saved.") if touched else _("Nothing was changed."))
    return redirect(request.get_full_path())


def window(request, edition, *, problems=(), typed=None):
    """The window that the address asks for."""
    book = Book(edition)
    form = LearnersForm(request.GET or None)
    page = Paginator(learners_shown(book, form), LEARNERS_SHOWN).get_page(request.GET.get("p"))
    across = Paginator(book.columns, ITEMS_SHOWN).get_page(request.GET.get("items"))
    columns = columns_of(book, (across.number - 1) * ITEMS_SHOWN)
    response = gradebook_screen(
        request,
        "grid.html",
        edition,
        title=_("Gradebook"),
        form=form,
        book=book,
        columns=columns,
        has_formative=any(column.is_formative for column in columns),
        rows=rows_of(book, page.object_list, columns, typed),
        page=page,
        across=across,
        offered=offered_activities(book) if access.can_set_up(request.user, edition) else [],
        problems=problems,
        reason=request.POST.get("reason", ""),
    )
    response.status_code = 422 if problems else 200
    return response


def save_window(request, scheme):
    """Enter every cell that was touched, all or none: the cells, and what was refused."""
    book = Book(scheme.edition)
    touched = touched_cells(request.POST)
    enrolments = access.learners(scheme.edition).in_bulk([one.enrolment for one in touched])
    columns = {column.key: column for column in book.columns}
    known = [one for one in touched if one.enrolment in enrolments and one.item in columns]
    problems = []
    with transaction.atomic():
        lock_all([one.enrolment for one in known])  # in the order in which a whole file is entered, too
        for one in known:
            learner, column = enrolments[one.enrolment], columns[one.item]
            try:
                typed = parse(one.value, column, book.plan.scale.bands)
                services.enter(
                    book.items[one.item],
                    learner,
                    typed,
                    by=request.user,
                    reason=request.POST.get("reason", "")[:250],
                    seen=one.seen,
                )
            except GradebookRefused as refusal:
                problems.append({"who": learner.person, "item": column.name, "why": str(refusal)})
        if problems:
            transaction.set_rollback(True)
    return known, problems
