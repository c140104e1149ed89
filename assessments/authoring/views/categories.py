"""The categories of a bank: a tree to which are added, renamed, moved and deleted."""

from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments.authoring import access
from assessments.authoring.desk import in_tree
from assessments.authoring.forms.banks import CategoryForm
from assessments.authoring.views.banks import trail_to
from assessments.authoring.views.screens import screen
from assessments.models import QuestionCategory
from assessments.services import banks


@require_admin_access
def categories(request, bank_id):
    """The tree, and a form for a new category."""
    bank = access.get_bank_or_404(request.user, bank_id)
    may_write = access.can_write_bank(request.user, bank)
    form = CategoryForm(request.POST or None, bank=bank) if may_write else None
    if request.method == "POST" and form and form.is_valid():
        category = QuestionCategory(bank=bank, **form.cleaned_data)
        if kept(form, category):
            messages.success(request, _("The category has been added."))
            return redirect("question_bank:categories", bank.pk)
    tree = in_tree(bank.categories.annotate(held=Count("questions")))
    context = {"bank": bank, "tree": tree, "form": form, "may_write": may_write}
    return render(
        request,
        "assessments/authoring/categories.html",
        screen(_("Categories"), trail=trail_to(bank), icon="folder-open-inverse", **context),
        status=422 if form and form.errors else 200,
    )


def category_or_404(request, category_id):
    """A category of a bank the person writes in."""
    category = (
        QuestionCategory.objects.select_related("bank__course", "parent").filter(pk=category_id).first()
    )
    if category is None or not access.can_write_bank(request.user, category.bank):
        raise Http404
    return category


def kept(form, category):
    """Keep it, or say on the form why not."""
    try:
        banks.save_category(category)
    except banks.BankRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_admin_access
def edit(request, category_id):
    """Another name, another place."""
    category = category_or_404(request, category_id)
    initial = {"name": category.name, "parent": category.parent}
    form = CategoryForm(request.POST or None, bank=category.bank, initial=initial)
    if request.method == "POST" and form.is_valid():
        category.name, category.parent = form.cleaned_data["name"], form.cleaned_data["parent"]
        if kept(form, category):
            messages.success(request, _("The category has been changed."))
            return redirect("question_bank:categories", category.bank_id)
    return render(
        request,
        "assessments/authoring/ask.html",
        screen(initial["name"], trail=trail_to(category.bank), form=form, button=_("Save")),
        status=422 if form.errors else 200,
    )


@require_admin_access
@require_POST
def delete(request, category_id):
    """Delete it if it is empty."""
    category = category_or_404(request, category_id)
    try:
        banks.delete_category(category)
    except banks.BankRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The category has been deleted."))
    return redirect("question_bank:categories", category.bank_id)
