"""The designer's screens in the Wagtail admin."""

import secrets

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from accounts.asking import ask_and_do
from certificates import access
from certificates.designs import services, words
from certificates.designs.drafts import rearranged
from certificates.designs.exchange import ImportRefused, exported
from certificates.designs.forms import DesignerForms, ImportForm, NameForm, NewDesignForm, PublishForm
from certificates.designs.previews import LONGEST, SAMPLE, as_picture, preview
from certificates.designs.samples import LANGUAGES
from certificates.designs.trials import publish_problems
from certificates.forms import ReasonForm
from certificates.models import Design, DesignVersion, Picture
from certificates.paper.design import PAPERS
from certificates.paper.errors import DesignRefused, PaperError
from certificates.refusing import refusal, said_all

PREVIEW_SECONDS = 300


def design_or_404(request, pk, *, to_change=False):
    """A design the person may look at, or change."""
    may = access.can_decide if to_change else access.can_look_at_definitions
    if not may(request.user):
        raise Http404
    return get_object_or_404(Design, pk=pk)


def crumbs(*steps, last):
    """The way here from the home of the CMS."""
    home = (reverse("wagtailadmin_home"), _("Home"))
    way = (home, (reverse("award_designs:index"), _("Designs")), *steps, ("", last))
    return [{"url": url, "label": str(label)} for url, label in way]


@require_admin_access
def index(request):
    """Every design with its newest version and the award types that have it."""
    if not access.can_look_at_definitions(request.user):
        raise Http404
    designs = Design.objects.annotate(version=Max("versions__number")).prefetch_related("award_types")
    context = {
        "designs": designs,
        "may_decide": access.can_decide(request.user),
        "header_title": _("Designs"),
        "page_title": _("Designs"),
        "header_icon": "image",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Designs")},
        ],
    }
    return TemplateResponse(request, "certificates/admin/designs/index.html", context)


@require_admin_access
def designer(request, pk):
    """The elements of a design as forms, with the paper beside them."""
    design = design_or_404(request, pk, to_change=True)
    if request.method != "POST":
        return _designer(request, design, DesignerForms(design.draft), shown=request.GET.get("open"))
    sent = _sent(request, design)
    if not sent.is_valid():
        return _designer(request, design, sent, problems=_form_problems(sent), status=422)
    asked = request.POST.get("do", "")
    content, focus = rearranged(_with_pictures(sent), asked)
    try:
        if asked == "apart":
            design = services.save_apart(design, content, by=request.user)
        else:
            services.save_draft(design, content, by=request.user, seen=request.POST.get("seen", ""))
    except DesignRefused as refused:
        return _designer(request, design, sent, problems=said_all(refused.problems), status=422)
    except services.DraftChanged as changed:
        design.refresh_from_db()
        return _designer(request, design, sent, changed=changed, status=409)
    messages.success(request, _("The draft has been saved. Awards are printed with it once it is published."))
    where = "" if focus is None else f"?open={focus}#element-{focus}"
    return redirect(reverse("award_designs:edit", args=[design.pk]) + where)


def _sent(request, design):
    kept = Picture.objects.values_list("sha256", flat=True)
    return DesignerForms(design.draft, request.POST, request.FILES, kept=kept)


def _with_pictures(sent):
    """The design as it was sent, its new pictures kept."""
    content = sent.content()
    for form, element in zip(sent.elements, content["elements"], strict=True):
        if form.new_picture:
            element["asset"] = services.keep_picture(form.new_picture[0]).sha256
    return content


def _form_problems(sent):
    """What is wrong in the forms, with where it is."""
    problems = [f"{field.label}: {error}" for field in sent.page for error in field.errors]
    for number, form in enumerate(sent.elements, 1):
        label = _("Element %(number)s (%(kind)s)") % {"number": number, "kind": form.kind_label}
        problems += [f"{label}: {error}" for error in form.non_field_errors()]
        problems += [f"{label}, {field.label}: {error}" for field in form for error in field.errors]
    return problems


def _designer(request, design, sent, *, problems=(), shown=None, changed=None, status=200):
    newest = design.versions.first()
    # Whoever was told that the draft has changed has seen it; whoever corrects a field has not.
    seen = None if changed else request.POST.get("seen")
    for number, element in enumerate(sent.elements):
        element.is_shown = shown == str(number)
    context = {
        "design": design,
        "sent": sent,
        "problems": problems,
        "changed": changed,
        "seen": seen or services.digest_of(design.draft),
        "papers": PAPERS,
        "newest": newest,
        "is_published": newest is not None and newest.content == design.draft,
        "kinds": words.KINDS.items(),
        "fields": words.FIELDS.items(),
        "languages": [(code, label) for code, label in settings.LANGUAGES if code in LANGUAGES],
        "names": ((SAMPLE, _("An invented name")), (LONGEST, _("The longest real name"))),
        "header_title": design.name,
        "page_title": design.name,
        "header_icon": "image",
        "breadcrumbs_items": crumbs(last=design.name),
    }
    return TemplateResponse(request, "certificates/admin/designs/designer.html", context, status=status)


@require_admin_access
@require_POST
def show_draft(request, pk):
    """What is in the forms now, drawn; as a PDF, or for scripts as the address of one."""
    design = design_or_404(request, pk, to_change=True)
    sent = _sent(request, design)
    if not sent.is_valid():
        return _not_drawn(request, _form_problems(sent))
    asked = request.POST
    try:
        pdf = preview(
            sent.content(),
            language=asked.get("language", ""),
            name=asked.get("name", ""),
            alone=asked.get("alone") == "yes",
            kind=design.shipped_as,
        )
    except DesignRefused as refused:
        return _not_drawn(request, said_all(refused.problems))
    except PaperError as problem:
        return _not_drawn(request, [refusal(problem)])
    if not _wants_json(request):
        return _pdf(pdf, design.name)
    key = secrets.token_urlsafe(12)
    cache.set(_cache_key(request, key), pdf, PREVIEW_SECONDS)
    addresses = {name: reverse(f"award_designs:{name}", args=[pk, key]) for name in ("shown", "picture")}
    return JsonResponse(addresses)


@require_admin_access
def shown(request, pk, key):
    """A preview that was just drawn for this person."""
    design = design_or_404(request, pk, to_change=True)
    pdf = cache.get(_cache_key(request, key))
    if pdf is None:
        raise Http404
    return _pdf(pdf, design.name)


@require_admin_access
def picture(request, pk, key):
    """The same as a picture, over which the designer moves elements."""
    design_or_404(request, pk, to_change=True)
    pdf = cache.get(_cache_key(request, key))
    if pdf is None:
        raise Http404
    response = HttpResponse(as_picture(pdf), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response


def _cache_key(request, key):
    return f"certificates.preview:{request.user.pk}:{key}"


def _wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _not_drawn(request, problems):
    if _wants_json(request):
        return JsonResponse({"problems": problems}, status=422)
    return HttpResponse("\n".join(problems), content_type="text/plain; charset=utf-8", status=422)


def _pdf(pdf, name, disposition="inline"):
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'{disposition}; filename="{slugify(name) or "design"}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_admin_access
def publish(request, pk):
    """Say what is new, and let awards be printed with the draft."""
    design = design_or_404(request, pk, to_change=True)
    if request.method != "POST" and (problems := publish_problems(design.draft)):
        sent = DesignerForms(design.draft)
        return _designer(request, design, sent, problems=problems, status=422)
    return ask_and_do(
        request,
        PublishForm(request.POST if request.method == "POST" else None),
        do=lambda data: services.publish(design, by=request.user, note=data["note"]),
        refused=services.DesignNotReady,
        title=_("Publish"),
        text=_(
            "Awards of “%(design)s” issued from now on are printed like this. Those already issued never change."
        )
        % {"design": design.name},
        done=_("“%(design)s” has been published.") % {"design": design.name},
        icon="upload",
        back=reverse("award_designs:versions", args=[pk]),
        crumbs=crumbs((reverse("award_designs:edit", args=[pk]), design.name), last="")[:-1],
    )


@require_admin_access
def versions(request, pk):
    """Every version of a design, newest first."""
    design = design_or_404(request, pk)
    shown_versions = design.versions.select_related("by").annotate(awards_printed=Count("awards"))
    shown_versions = shown_versions.order_by("-number")
    context = {
        "design": design,
        "versions": shown_versions,
        "may_decide": access.can_decide(request.user),
        "header_title": _("Versions of “%(design)s”") % {"design": design.name},
        "page_title": design.name,
        "header_icon": "history",
        "breadcrumbs_items": crumbs((_way_to(request, design), design.name), last=_("Versions")),
    }
    return TemplateResponse(request, "certificates/admin/designs/versions.html", context)


def _way_to(request, design):
    """The designer for those who may change it, else nothing to follow."""
    return reverse("award_designs:edit", args=[design.pk]) if access.can_decide(request.user) else ""


@require_admin_access
def version_file(request, pk, number):
    """A version with a sample, as a PDF."""
    design = design_or_404(request, pk)
    version = get_object_or_404(design.versions, number=number)
    try:
        pdf = preview(version.content, language=request.GET.get("language", ""), kind=design.shipped_as)
    except PaperError as problem:
        return HttpResponse(refusal(problem), content_type="text/plain; charset=utf-8", status=422)
    return _pdf(pdf, f"{design.name} {number}")


@require_admin_access
def restore(request, pk, number):
    """Ask for the reason and make an earlier version the draft."""
    design = design_or_404(request, pk, to_change=True)
    version = get_object_or_404(DesignVersion.objects.select_related("design"), design=design, number=number)
    named = {"design": design.name, "number": number}
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.restore(version, by=request.user, reason=data["reason"]),
        title=_("Restore version %(number)s") % named,
        text=_("The draft of “%(design)s” is replaced by version %(number)s. Nothing is published yet.")
        % named,
        done=_("The draft is version %(number)s again.") % named,
        icon="undo",
        back=reverse("award_designs:edit", args=[pk]),
        crumbs=crumbs((reverse("award_designs:versions", args=[pk]), design.name), last="")[:-1],
    )


@require_admin_access
def export(request, pk):
    """The draft as a file that can be imported here or elsewhere."""
    design = design_or_404(request, pk)
    response = HttpResponse(exported(design.draft), content_type="application/zip")
    name = slugify(design.name) or "design"
    response["Content-Disposition"] = f'attachment; filename="{name}.design.zip"'
    return response


def _only_deciders(request):
    if not access.can_decide(request.user):
        raise Http404


@require_admin_access
def create(request):
    """A new design, begun as a copy."""
    _only_deciders(request)
    made = {}

    def do(data):
        made["design"] = services.create(data["name"], data["start"].draft, by=request.user)

    return _ask_for_new(
        request, NewDesignForm(request.POST or None), do, made, _("Add a design"), "plus-inverse"
    )


@require_admin_access
def import_file(request):
    """A design from a file."""
    _only_deciders(request)
    made = {}

    def do(data):
        made["design"] = services.import_design(data["name"], data["file"].read(), by=request.user)

    form = ImportForm(request.POST or None, request.FILES or None)
    return _ask_for_new(request, form, do, made, _("Import a design"), "upload")


def _ask_for_new(request, form, do, made, title, icon):
    response = ask_and_do(
        request,
        form,
        do=do,
        refused=ImportRefused,
        title=title,
        text=_("Nothing is printed with it before it has been published."),
        done=_("The design has been added."),
        icon=icon,
        back=reverse("award_designs:index"),
        crumbs=crumbs(last="")[:-1],
    )
    return redirect("award_designs:edit", made["design"].pk) if made else response


@require_admin_access
def rename(request, pk):
    """Call a design something else."""
    design = design_or_404(request, pk, to_change=True)
    return ask_and_do(
        request,
        NameForm(request.POST or None, design=design, initial={"name": design.name}),
        do=lambda data: services.rename(design, data["name"], by=request.user),
        title=_("Rename"),
        text="",
        done=_("The design has been renamed."),
        icon="edit",
        back=reverse("award_designs:edit", args=[pk]),
        crumbs=crumbs((reverse("award_designs:edit", args=[pk]), design.name), last="")[:-1],
    )


@require_admin_access
def change_standing(request, pk):
    """Retire a design, or reinstate it, with a reason."""
    design = design_or_404(request, pk, to_change=True)
    named = {"design": design.name}
    if design.retired_at:
        do, title = services.reinstate_design, _("Reinstate this design")
        text, done = _("Award types can choose “%(design)s” again."), _("“%(design)s” can be chosen again.")
    else:
        do, title = services.retire_design, _("Retire this design")
        text = _("Award types cannot choose “%(design)s” any more; those that have it keep it.")
        done = _("“%(design)s” has been retired.")
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: do(design, by=request.user, reason=data["reason"]),
        title=title,
        text=text % named,
        done=done % named,
        icon="cross",
        back=reverse("award_designs:index"),
        crumbs=crumbs((reverse("award_designs:edit", args=[pk]), design.name), last="")[:-1],
    )
