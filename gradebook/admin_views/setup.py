"""What counts how much: begun with a click, changed on one screen with a reason."""

from django import forms
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do
from enrolments.admin_views.forms import ReasonForm
from gradebook import access, services
from gradebook.admin_views.frame import address, gradebook_screen, trail
from gradebook.book import Book
from gradebook.forms import CategoryForm, ItemForm, ManualItemForm, SchemeForm
from gradebook.models import GradeCategory, GradeItem, NewResults
from gradebook.offers import offered_activities, orphaned_items
from gradebook.refusals import GradebookRefused


class CategoryFormSet(forms.BaseModelFormSet):
    """The categories; one that holds items cannot go."""

    def clean(self):
        """Say what does not fit together."""
        super().clean()
        kept = [
            form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")
        ]
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.items.exists():
                raise forms.ValidationError(
                    _(
                        "“%(category)s” still holds items, also some left out. Move them to another category first."
                    )
                    % {"category": form.instance}
                )
        filled = [form for form in kept if form.cleaned_data]
        all_formative = all(form.instance.is_formative for form in filled)
        if filled and not all_formative and not any(form.cleaned_data.get("weight") for form in filled):
            raise forms.ValidationError(_("Every category weighs 0. Give at least one of them a weight."))


Categories = forms.modelformset_factory(
    GradeCategory, form=CategoryForm, formset=CategoryFormSet, extra=1, can_delete=True
)
Items = forms.modelformset_factory(GradeItem, form=ItemForm, extra=0)


@require_admin_access
@require_POST
def create(request, pk):
    """Begin the gradebook with everything the course has."""
    edition = access.get_edition_or_404(request.user, pk, access.can_set_up)
    services.create_scheme(edition, by=request.user)
    messages.success(request, _("The gradebook has been begun. Look through the weights and the scale next."))
    return redirect(address("setup", edition))


@require_admin_access
def setup(request, pk):
    """Scale, categories and items on one screen; nothing is saved while something is wrong."""
    scheme = access.get_scheme_or_404(request.user, pk, access.can_set_up)
    edition = scheme.edition
    parts = setup_forms(scheme, request.POST or None)
    valid = request.method == "POST" and [part.is_valid() for part in parts.values()]
    if valid and all(valid):
        try:
            changed = save_setup(scheme, parts, by=request.user)
        except GradebookRefused as refusal:
            parts["reason"].add_error("reason", str(refusal))
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return redirect(address("setup", edition))
    book = Book(edition)
    response = gradebook_screen(
        request,
        "setup.html",
        edition,
        title=_("Weights and scale"),
        icon="cog",
        steps=(_("Weights and scale"),),
        **parts,
        # A formset asks its first form alone, and only items graded by hand have a date.
        media=sum((form.media for form in parts["items"].forms), forms.Media()),
        offered=offered_activities(book),
        orphans=orphaned_items(book),
        left_out=scheme.items.exclude(retired_at=None).select_related("activity"),
    )
    if request.method == "POST":
        response.status_code = 422
        messages.error(request, _("Nothing has been saved: see the fields marked below."))
    return response


def setup_forms(scheme, data):
    """The forms of the screen, by name."""
    items = GradeItem.objects.counting().filter(scheme=scheme).select_related("activity")
    return {
        "rules": SchemeForm(data, instance=scheme, prefix="rules"),
        "categories": Categories(data, queryset=scheme.categories.all(), prefix="categories"),
        "items": Items(data, queryset=items, prefix="items"),
        "reason": ReasonForm(data),
    }


@transaction.atomic
def save_setup(scheme, parts, *, by):
    """Save what changed and record it; whether anything did."""

    def save():
        parts["rules"].save()
        for category in parts["categories"].save(commit=False):
            category.scheme = scheme
            category.save()
        for category in parts["categories"].deleted_objects:
            category.delete()
        parts["items"].save()

    return services.change_scheme(scheme, save, by=by, reason=parts["reason"].cleaned_data["reason"])


@require_admin_access
@require_POST
def add_activities(request, pk):
    """Take over activities that the course has and the gradebook has not."""
    scheme = access.get_scheme_or_404(request.user, pk, access.can_set_up)
    offered = offered_activities(Book(scheme.edition))
    added = services.add_activities(scheme, offered, by=request.user)
    messages.success(request, _("Added: %(items)s.") % {"items": ", ".join(map(str, added)) or "–"})
    return redirect(address("setup", scheme.edition))


@require_admin_access
def add_item(request, pk):
    """Add something that is graded by hand."""
    scheme = access.get_scheme_or_404(request.user, pk, access.can_set_up)
    form = ManualItemForm(
        request.POST or None,
        instance=GradeItem(scheme=scheme),
        initial={"shown": scheme.new_results == NewResults.SHOWN},
    )
    return ask_and_do(
        request,
        form,
        do=lambda data: services.add_manual_item(
            form.save(commit=False), by=request.user, shown=data["shown"]
        ),
        done=_("The item has been added."),
        back=address("setup", scheme.edition),
        title=_("Add an item graded by hand"),
        icon="plus",
        trail=trail(
            request.user,
            scheme.edition,
            (address("setup", scheme.edition), _("Weights and scale")),
            _("Add an item"),
        ),
        lead=_("For example a moot, a presentation, or taking part. Results are typed into the grid."),
    )


@require_admin_access
def leave_out(request, pk, item_id):
    """Take an item out of every total, with a reason."""
    return _ask(
        request,
        pk,
        item_id,
        services.leave_out,
        title=_("Leave out of the gradebook"),
        lead=_("“%(item)s” no longer counts for anybody. Its results are kept, and it can be taken back."),
        done=_("“%(item)s” no longer counts."),
    )


@require_admin_access
def take_back(request, pk, item_id):
    """Let an item count again, with a reason."""
    return _ask(
        request,
        pk,
        item_id,
        services.take_back,
        title=_("Take back into the gradebook"),
        lead=_("“%(item)s” counts again for everybody."),
        done=_("“%(item)s” counts again."),
    )


def _ask(request, pk, item_id, do, *, title, lead, done):
    scheme = access.get_scheme_or_404(request.user, pk, access.can_set_up)
    item = access.get_item_or_404(scheme, item_id)
    item.scheme = scheme
    back = address("setup", scheme.edition)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: do(item, by=request.user, reason=data["reason"]),
        done=done % {"item": item},
        back=back,
        title=title,
        icon="list-ol",
        trail=trail(request.user, scheme.edition, (back, _("Weights and scale")), title),
        lead=lead % {"item": item},
    )
