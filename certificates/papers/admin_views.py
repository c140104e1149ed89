"""The screens in the Wagtail admin in which staff write papers."""

import secrets

from django.conf import settings
from django.core.cache import cache
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
from certificates.forms import ReasonForm
from certificates.models import PaperTemplate
from certificates.paper.errors import PaperError
from certificates.papers import services
from certificates.papers.composing import Written, signed_by
from certificates.papers.fields import BLOCKS, BLOCKS_OF, FIELDS
from certificates.papers.forms import NewPaperForm, PaperForms
from certificates.papers.samples import drawn, sample_document, sample_signatory
from certificates.readiness import award_type_problems, signing_problems
from certificates.services import reinstate, retire

PREVIEW_SECONDS = 300


def template_or_404(request, pk, *, to_change=False):
    """A template the person may look at, or change."""
    may = access.can_decide if to_change else access.can_look_at_definitions
    if not may(request.user):
        raise Http404
    found = PaperTemplate.objects.select_related("award_type__signatory").prefetch_related("wordings")
    return get_object_or_404(found, pk=pk)


def crumbs(*steps, last):
    """The way here from the home of the CMS."""
    way = [(reverse("wagtailadmin_home"), _("Home")), (reverse("papers:index"), _("Papers")), *steps]
    return [{"url": url, "label": str(label)} for url, label in [*way, ("", last)]]


@require_admin_access
def index(request):
    """Every template with its languages, and what it still lacks."""
    if not access.can_look_at_definitions(request.user):
        raise Http404
    templates = PaperTemplate.objects.select_related("award_type__signatory").prefetch_related(
        "wordings", "award_type__wordings", "award_type__cosignatories__signatory"
    )
    names = dict(settings.LANGUAGES)
    for template in templates:
        template.languages = ", ".join(str(names[one.language]) for one in template.wordings.all())
        template.problems = _problems(template)
    context = {
        "templates": templates,
        "signing_problems": signing_problems(),
        "may_decide": access.can_decide(request.user),
        "header_title": _("Papers"),
        "page_title": _("Papers"),
        "header_icon": "doc-full",
        "breadcrumbs_items": crumbs(last="")[:-1],
    }
    return TemplateResponse(request, "certificates/admin/papers/index.html", context)


def _problems(template):
    """What keeps papers from being issued; a language of its own is looked for first."""
    written = [one.language for one in template.wordings.all()]
    return award_type_problems(template.award_type, written[0] if written else "en")


@require_admin_access
def add(request):
    """A new paper for a purpose, in the words we ship."""
    if not access.can_decide(request.user):
        raise Http404
    made = {}

    def do(data):
        made["template"] = services.add_template(
            data["purpose"],
            data["name"],
            by=request.user,
            signatory=data["signatory"],
            number_prefix=data["number_prefix"],
        )

    response = ask_and_do(
        request,
        NewPaperForm(request.POST or None),
        do=do,
        title=_("Add a paper"),
        text=_("A letter, a statement or a transcript that is numbered, signed and verified like an award."),
        done=_("The paper has been added. Look at its words before the first one is issued."),
        icon="doc-full",
        back=reverse("papers:index"),
        crumbs=crumbs(last="")[:-1],
    )
    return redirect("papers:edit", made["template"].pk) if made else response


@require_admin_access
def edit(request, pk):
    """The words of a paper in all languages, with the paper beside them."""
    template = template_or_404(request, pk, to_change=True)
    if request.method != "POST":
        return _editor(request, template, PaperForms(template))
    sent = PaperForms(template, request.POST)
    if not sent.is_valid():
        return _editor(request, template, sent, status=422)
    try:
        services.change_template(template, by=request.user, words=sent.words(), **sent.paper.cleaned_data)
    except services.TemplateRefused as refused:
        return _editor(request, template, sent, problems=refused.problems, status=422)
    messages.success(request, _("The paper has been saved. Papers already issued stay as they are."))
    return redirect("papers:edit", pk)


def _editor(request, template, sent, *, problems=(), status=200):
    for form in sent.languages:
        form.is_open = bool(form.errors)
    if not any(form.is_open for form in sent.languages):
        sent.languages[0].is_open = True
    blocks = {name: BLOCKS[name] for name in BLOCKS_OF[template.purpose]}
    context = {
        "template": template,
        "sent": sent,
        "problems": problems,
        "lacks": _problems(template),
        "fields": FIELDS[template.purpose].items(),
        "blocks": blocks.items(),
        "header_title": template.award_type.name,
        "page_title": template.award_type.name,
        "header_icon": "doc-full",
        "breadcrumbs_items": crumbs(last=template.award_type.name),
    }
    return TemplateResponse(request, "certificates/admin/papers/edit.html", context, status=status)


@require_admin_access
@require_POST
def preview(request, pk):
    """What is in the forms now, about an invented person; as a PDF, or for scripts as the address of one."""
    template = template_or_404(request, pk, to_change=True)
    sent = PaperForms(template, request.POST)
    form = sent.in_language(request.POST.get("language", ""))
    sent.paper.is_valid()
    if not form.is_valid():
        return _not_drawn(request, [error for errors in form.errors.values() for error in errors])
    said = form.cleaned_data
    if not said["body"]:
        return _not_drawn(request, [_("Nothing is written in this language.")])
    signed = _signatories(template, sent.paper.cleaned_data.get("signatory"), form.language)
    written = Written(template.purpose, form.language, said["called"], said["subject"], said["body"], signed)
    try:
        pdf = drawn(sample_document(written))
    except PaperError as problem:
        return _not_drawn(request, [str(problem)])
    if not _wants_json(request):
        return _pdf(pdf, template)
    key = secrets.token_urlsafe(12)
    cache.set(_cache_key(request, key), pdf, PREVIEW_SECONDS)
    return JsonResponse({"url": reverse("papers:shown", args=[pk, key])})


def _signatories(template, chosen, language):
    award_type = template.award_type
    award_type.signatory = chosen
    return signed_by(award_type, language) or (sample_signatory(language),)


@require_admin_access
def shown(request, pk, key):
    """A preview that was just drawn for this person."""
    template = template_or_404(request, pk, to_change=True)
    pdf = cache.get(_cache_key(request, key))
    if pdf is None:
        raise Http404
    return _pdf(pdf, template)


def _cache_key(request, key):
    return f"certificates.papers.preview:{request.user.pk}:{key}"


def _wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _not_drawn(request, problems):
    if _wants_json(request):
        return JsonResponse({"problems": problems}, status=422)
    return HttpResponse("\n".join(problems), content_type="text/plain; charset=utf-8", status=422)


def _pdf(pdf, template):
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(template.award_type.name) or "paper"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_admin_access
def change_standing(request, pk):
    """Retire a paper, or reinstate it, with a reason."""
    template = template_or_404(request, pk, to_change=True)
    named = {"paper": template.award_type.name}
    if template.award_type.retired_at:
        do, title = reinstate, _("Reinstate this paper")
        text, done = _("“%(paper)s” can be issued again."), _("“%(paper)s” can be issued again.")
    else:
        do, title = retire, _("Retire this paper")
        text = _("“%(paper)s” cannot be issued any more. Papers already issued stay valid.")
        done = _("“%(paper)s” has been retired.")
    back = reverse("papers:edit", args=[pk])
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: do(template.award_type, by=request.user, reason=data["reason"]),
        title=title,
        text=text % named,
        done=done % named,
        icon="cross",
        back=back,
        crumbs=crumbs((back, template.award_type.name), last="")[:-1],
    )
