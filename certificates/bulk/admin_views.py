"""Issuing to many in the Wagtail admin."""

from django.db import transaction
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from certificates import access
from certificates.bulk import services, tasks
from certificates.bulk.forms import IssueForm
from certificates.bulk.papers import for_printing, zipped
from certificates.earning import standings
from certificates.models import Award, AwardType, IssueBatch, Rule
from certificates.readiness import award_type_problems
from certificates.storing import AwardDamaged
from enrolments.models import Edition, Enrolment

SHOWN_EDITIONS = 200


def issuing_editions(user):
    """The editions whose people the person may give awards."""
    return Edition.objects.all() if access.can_decide(user) else access.managed_editions(user)


def award_types_for(user):
    """What the person may give: what has a rule; what staff decide only where they decide about awards."""
    found = AwardType.objects.in_use().exclude(rule="")
    return found if access.can_decide(user) else found.exclude(rule=Rule.DECISION)


def crumbs(*steps, last):
    """The way here from the home of the CMS."""
    home = (reverse("wagtailadmin_home"), _("Home"))
    way = (home, (reverse("award_issuing:index"), _("Issue awards")), *steps, ("", last))
    return [{"url": url, "label": str(label)} for url, label in way]


@require_admin_access
def index(request):
    """The editions, newest first, with how many completed them and how many batches there were."""
    editions = issuing_editions(request.user)
    if not access.can_decide(request.user) and not editions.exists():
        raise Http404
    completed = Count("enrolments", filter=Q(enrolments__course_completion__isnull=False), distinct=True)
    holds = Q(enrolments__awards__isnull=False, enrolments__awards__superseded_at=None)
    awarded = Count("enrolments", filter=holds, distinct=True)
    context = {
        "editions": editions.select_related("course").annotate(completed=completed, awarded=awarded)[
            :SHOWN_EDITIONS
        ],
        "batches": IssueBatch.objects.filter(edition__in=editions).select_related(
            "edition__course", "award_type", "by"
        )[:20],
        "header_title": _("Issue awards"),
        "page_title": _("Issue awards"),
        "header_icon": "success",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Issue awards")},
        ],
    }
    return TemplateResponse(request, "certificates/admin/bulk/index.html", context)


@require_admin_access
def prepare(request, edition_id):
    """Who gets an award, who does not and why; then the order to give it."""
    edition = get_object_or_404(
        issuing_editions(request.user).select_related("course__locale", "project"), pk=edition_id
    )
    types = award_types_for(request.user)
    chosen = _chosen_type(request, edition, types)
    found = _standings(edition, chosen)
    qualifying = Enrolment.objects.filter(pk__in=[one.enrolment.pk for one in found if one.qualifies])
    form = IssueForm(request.POST if request.method == "POST" else None, qualifying=qualifying)
    if chosen and form.is_valid():
        data = form.cleaned_data
        batch = services.start(
            edition,
            chosen,
            list(data["people"]),
            by=request.user,
            reason=data["reason"],
            hold_emails=data["hold_emails"],
        )
        transaction.on_commit(lambda: tasks.work_off_batch.enqueue(batch.pk))
        return redirect("award_issuing:batch", batch.pk)
    context = {
        "edition": edition,
        "award_types": types,
        "chosen": chosen,
        "problems": award_type_problems(chosen, edition.course.locale.language_code) if chosen else [],
        "qualifying": [one for one in found if one.qualifies],
        "others": [one for one in found if not one.qualifies],
        "ticked": set(request.POST.getlist("people")),
        "form": form,
        "header_title": _("Issue awards"),
        "page_title": str(edition),
        "header_icon": "success",
        "breadcrumbs_items": crumbs(last=str(edition)),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "certificates/admin/bulk/prepare.html", context, status=status)


def _chosen_type(request, edition, types):
    """The award asked for, else the one the course gives."""
    asked = request.POST.get("award") or request.GET.get("award") or ""
    if asked.isdecimal():
        return types.filter(pk=asked).first()
    return types.filter(courses__course=edition.course_id).first()


def _standings(edition, award_type):
    if award_type is None:
        return []
    enrolments = Enrolment.objects.filter(edition=edition).select_related("person", "edition__course__locale")
    in_order = enrolments.order_by("person__last_name", "person__first_name", "pk")
    return standings(edition, award_type, list(in_order), decided=True)


def batch_or_404(request, pk):
    """A batch of an edition whose people the person may give awards."""
    found = IssueBatch.objects.select_related("edition__course", "award_type", "by")
    return get_object_or_404(found, pk=pk, edition__in=issuing_editions(request.user))


def _stored(batch):
    return Award.objects.whole().filter(batch_items__batch=batch).order_by("number")


@require_admin_access
def show_batch(request, pk):
    """How far a batch is, who was refused and why, and the files."""
    batch = batch_or_404(request, pk)
    counts = batch.items.aggregate(
        people=Count("pk"),
        done=Count("pk", filter=Q(done_at__isnull=False)),
        given=Count("pk", filter=Q(award__isnull=False)),
        stored=Count("pk", filter=Q(award__stored_at__isnull=False)),
        not_drawn=Count("pk", filter=Q(award__stored_at=None) & ~Q(award__drawing_problem="") & Q(award__isnull=False)),
    )  # fmt: skip
    context = {
        "batch": batch,
        "counts": counts,
        "refused": batch.items.exclude(refusal="").select_related("enrolment__person"),
        "is_whole": batch.finished_at and counts["stored"] == counts["given"],
        "header_title": _("Batch of awards"),
        "page_title": str(batch),
        "header_icon": "success",
        "breadcrumbs_items": crumbs(
            (reverse("award_issuing:prepare", args=[batch.edition_id]), batch.edition), last=batch.award_type
        ),
    }
    return TemplateResponse(request, "certificates/admin/bulk/batch.html", context)


@require_admin_access
@require_POST
def tell(request, pk):
    """Send the e-mails that were held back."""
    batch = batch_or_404(request, pk)
    told = services.release_emails(batch, by=request.user)
    messages.success(request, _("E-mails sent: %(number)s.") % {"number": told})
    return redirect("award_issuing:batch", pk)


@require_admin_access
def papers(request, pk, kind):
    """The files of a batch, as a ZIP or as one document."""
    batch = batch_or_404(request, pk)
    try:
        file = zipped(_stored(batch)) if kind == "zip" else for_printing(_stored(batch))
    except AwardDamaged as damaged:
        messages.error(
            request, _("The file of %(award)s is damaged. Tell the administrators.") % {"award": damaged}
        )
        return redirect("award_issuing:batch", pk)
    return FileResponse(file, as_attachment=True, filename=f"awards-{batch.pk}.{kind}")
