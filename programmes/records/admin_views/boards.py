"""Examination boards: convened, prepared, decided point by point, closed."""

from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do
from programmes.models import ItemKind
from programmes.records import access, services
from programmes.records.admin_views.screens import records_screen, trail_of
from programmes.records.forms import BoardForm, ClosingForm, PointForm
from programmes.records.refusals import RecordRefused


def _boards_step(code):
    return reverse("programme_records:boards", args=[code]), _("Examination boards")


@require_admin_access
def boards(request, code):
    """The boards of an edition, and a form that convenes one."""
    edition = access.get_registered_edition_or_404(request.user, code)
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        board = services.open_board(
            edition, name=data["name"], held_on=data["held_on"], members=form.sitting, by=request.user
        )
        services.prepare_agenda(board, by=request.user)
        messages.success(request, _("The board has been convened and its agenda prepared."))
        return redirect("programme_records:board", code, board.pk)
    counted = edition.examination_boards.annotate(
        points=Count("items"), left=Count("items", filter=Q(items__decided_at=None))
    )
    return records_screen(
        request,
        "boards.html",
        edition,
        "programme_records:boards",
        title=_("Examination boards"),
        icon="group",
        trail=trail_of(edition, last=_("Examination boards")),
        boards=counted,
        form=form,
    )


@require_admin_access
def board(request, code, pk):
    """The agenda: what is proposed, what is to be noted, what was decided."""
    held = access.get_board_or_404(request.user, code, pk)
    items = held.items.select_related(
        "student__person",
        "module_enrolment__module__edition__course",
        "case",
        "proposed_rule",
        "decided_rule",
    )
    kinds = [(kind, [item for item in items if item.kind == kind]) for kind in ItemKind]
    left = sum(not item.is_decided for item in items)
    return records_screen(
        request,
        "board.html",
        held.programme_edition,
        "programme_records:boards",
        title=held.name,
        icon="group",
        trail=trail_of(held.programme_edition, _boards_step(code), last=held.name),
        board=held,
        kinds=[(kind, listed) for kind, listed in kinds if listed],
        left=left,
        total=len(items),
        members=held.members.all(),
    )


@require_admin_access
@require_POST
def prepare_agenda(request, code, pk):
    """Bring the agenda up to date. Decided points stay."""
    held = access.get_board_or_404(request.user, code, pk)
    return _done(
        request, held, lambda: services.prepare_agenda(held, by=request.user), _("The agenda is up to date.")
    )


@require_admin_access
@require_POST
def decide_as_proposed(request, code, pk):
    """Confirm everything of a kind where nothing is to be noted."""
    held = access.get_board_or_404(request.user, code, pk)
    kind = request.POST.get("kind", "")
    if kind not in (ItemKind.RESULT, ItemKind.DEGREE):
        return redirect("programme_records:board", code, pk)
    try:
        count = services.decide_as_proposed(held, kind, by=request.user)
    except RecordRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(count)s point has been decided.", "%(count)s points have been decided.", count)
        messages.success(request, said % {"count": count})
    return redirect("programme_records:board", code, pk)


def _done(request, held, do, sentence):
    try:
        do()
    except RecordRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("programme_records:board", held.programme_edition.code, held.pk)


@require_admin_access
def decide(request, code, pk, item_id):
    """What the board says of one point."""
    item = access.get_point_or_404(request.user, code, pk, item_id)
    held = item.board
    back = reverse("programme_records:board", args=[code, pk])
    return ask_and_do(
        request,
        form := PointForm(request.POST or None, item=item),
        do=lambda _data: services.decide(item, form.decision, by=request.user),
        done=_("The decision has been written down."),
        back=back,
        refused=RecordRefused,
        template="programmes/records/staff/decide.html",
        title=str(item),
        icon="edit",
        trail=trail_of(held.programme_edition, _boards_step(code), (back, held.name), last=str(item)),
        item=item,
        button=_("Write the decision down"),
    )


@require_admin_access
def close_board(request, code, pk):
    """Close the board: from then on its decisions are locked."""
    held = access.get_board_or_404(request.user, code, pk)
    back = reverse("programme_records:board", args=[code, pk])
    return ask_and_do(
        request,
        ClosingForm(request.POST or None, initial={"minutes": held.minutes}),
        do=lambda data: services.close_board(held, by=request.user, minutes=data["minutes"]),
        done=_("The board is closed. Results are locked and students have been told."),
        back=back,
        refused=RecordRefused,
        title=_("Close the board"),
        icon="lock",
        trail=trail_of(
            held.programme_edition, _boards_step(code), (back, held.name), last=_("Close the board")
        ),
        lead=_("Results are locked, cases decided, degrees awarded, and every student concerned is told."),
    )
