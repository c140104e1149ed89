"""One learner: the whole way to the total, what was entered and by whom, and a form for each result."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from gradebook import access, services
from gradebook.admin_views.frame import address, gradebook_screen
from gradebook.book import Book
from gradebook.forms import EntryForm
from gradebook.grades import steps
from gradebook.history import entries_of
from gradebook.refusals import CellChanged, GradebookRefused
from gradebook.typed import as_typed, parse


@require_admin_access
def learner(request, pk, enrolment_id):
    """All results of a learner with the steps to the total, as staff see it and as the learner does."""
    edition = access.get_edition_or_404(request.user, pk)
    enrolment = access.get_learner_or_404(edition, enrolment_id)
    book = Book(edition)
    grade, own = book.grade(enrolment), book.grade(enrolment, released_only=True)
    return gradebook_screen(
        request,
        "learner.html",
        edition,
        title=str(enrolment.person),
        icon="user",
        steps=(str(enrolment.person),),
        enrolment=enrolment,
        book=book,
        grade=grade,
        explanation=steps(grade),
        own=own,
        own_explanation=steps(own) if own.hidden else [],
        history=entries_of(enrolment) if book.scheme else [],
    )


@require_admin_access
def entry(request, pk, enrolment_id, item_id):
    """One result: what it is, what it was, and a form to change it or to write to the learner."""
    scheme = access.get_scheme_or_404(request.user, pk)
    enrolment = access.get_learner_or_404(scheme.edition, enrolment_id)
    item = access.get_item_or_404(scheme, item_id)
    book = Book(scheme.edition)
    grade = book.grade(enrolment).item(item.pk)
    entered = grade.fact.entered if grade else None
    shown = {
        "value": as_typed(entered, item),
        "comment": entered.comment if entered else "",
        "seen": entered.pk if entered else 0,
    }
    form = EntryForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid() and save(request, form, book, enrolment, item):
        messages.success(request, _("Saved."))
        return redirect(address("learner", scheme.edition, enrolment.pk))
    back = address("learner", scheme.edition, enrolment.pk)
    return gradebook_screen(
        request,
        "entry.html",
        scheme.edition,
        title=f"{enrolment.person}: {item}",
        icon="edit",
        steps=((back, str(enrolment.person)), str(item)),
        form=form,
        enrolment=enrolment,
        item=item,
        grade=grade,
        history=entries_of(enrolment, item),
        back=back,
    )


def save(request, form, book, enrolment, item):
    """Enter what the form says; a refusal stays on it, and whether it was saved."""
    data = form.cleaned_data
    try:
        services.enter(
            item,
            enrolment,
            parse(data["value"], item, book.plan.scale.bands),
            by=request.user,
            reason=data["reason"],
            comment=data["comment"],
            seen=data["seen"],
        )
    except CellChanged as refusal:
        # Sent again, it is put in the place of what now stands there.
        form.data = form.data.copy()
        form.data["seen"] = refusal.entry.pk if refusal.entry else 0
        form.add_error(None, str(refusal))
    except GradebookRefused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
