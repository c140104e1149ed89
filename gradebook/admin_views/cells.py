"""One cell of the grid: saved as it is typed, explained, taken back. Answers are pieces of the page."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from gradebook import access, services
from gradebook.book import Book
from gradebook.forms import CellForm
from gradebook.grades import steps
from gradebook.grid import row_of
from gradebook.history import entries_of
from gradebook.refusals import CellChanged, GradebookRefused
from gradebook.typed import as_typed, parse


@require_admin_access
@require_POST
def save_cell(request, pk):
    """Enter one cell; answers with its row and a sentence."""
    scheme = access.get_scheme_or_404(request.user, pk)
    form = CellForm(request.POST)
    if not form.is_valid():
        return answer(request, _("This could not be read. Load the page again."), status=422)
    data = form.cleaned_data
    enrolment = access.get_learner_or_404(scheme.edition, data["enrolment"])
    item = access.get_item_or_404(scheme, data["item"])
    book = Book(scheme.edition)
    try:
        typed = parse(data["value"], item, book.plan.scale.bands)
        entry = services.enter(
            item, enrolment, typed, by=request.user, reason=data["reason"], seen=data["seen"] or 0
        )
    except CellChanged as refusal:
        return answer(request, sentence_of(refusal, item), book, enrolment, status=409)
    except GradebookRefused as refusal:
        return answer(request, str(refusal), status=422)
    sentence = _("Saved: %(person)s, %(item)s.") % {"person": enrolment.person, "item": item}
    return answer(request, sentence, book, enrolment, entry=entry)


def sentence_of(refusal, item):
    """Who was there first with what, and how to insist."""
    entry = refusal.entry
    if entry is None:
        return str(refusal)
    said = as_typed(entry, item) or _("nothing")
    words = {"person": entry.by, "value": said}
    return (
        _(
            "%(person)s has entered %(value)s meanwhile, and that stands. What you typed is still in the cell: press "
            "Enter again to put it in its place."
        )
        % words
    )


def answer(request, sentence, book=None, enrolment=None, *, entry=None, status=200):
    """The sentence, with the learner's row as it is now where there is one."""
    context = {"sentence": sentence, "entry": entry, "refused": status != 200}
    if book is not None:
        keys = [column.key for column in book.columns]
        context |= {"row": row_of(enrolment, book.grade(enrolment), keys), "edition": book.edition}
    return render(request, "gradebook/staff/_answer.html", context, status=status)


@require_admin_access
@require_POST
def undo(request, pk, entry_id):
    """Let what counted before an entry count again."""
    scheme = access.get_scheme_or_404(request.user, pk)
    entry = access.get_entry_or_404(scheme, entry_id)
    enrolment = access.get_learner_or_404(scheme.edition, entry.enrolment_id)
    try:
        services.undo(entry, by=request.user, reason=request.POST.get("reason", "")[:250])
    except CellChanged as refusal:
        return answer(request, str(refusal), Book(scheme.edition), enrolment, status=409)
    except GradebookRefused as refusal:
        return answer(request, str(refusal), status=422)
    sentence = _("Taken back: %(person)s, %(item)s.") % {"person": enrolment.person, "item": entry.item}
    return answer(request, sentence, Book(scheme.edition), enrolment)


@require_admin_access
def explain_cell(request, pk, enrolment_id, item_id):
    """Where a cell comes from: its facts, its category, the total."""
    edition = access.get_edition_or_404(request.user, pk)
    enrolment = access.get_learner_or_404(edition, enrolment_id)
    grade = Book(edition).grade(enrolment)
    scheme = access.get_scheme_or_404(request.user, pk)
    item = access.get_item_or_404(scheme, item_id)
    context = {
        "edition": edition,
        "enrolment": enrolment,
        "item": grade.item(item.pk),
        "steps": steps(grade),
        "entries": entries_of(enrolment, item),
    }
    return render(request, "gradebook/staff/_cell.html", context)
