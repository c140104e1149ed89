"""Papers: one student's, and everybody's at once; collected to hand on or to print."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from certificates.collecting import NothingToCollect, merged_pdf, zip_of
from certificates.models import PaperTemplate
from certificates.services import AwardRefused
from enrolments.admin_views.asking import ask_and_do
from foundation.audit import services as audit
from foundation.jobs.pending import pending_arguments
from programmes.records import access, services
from programmes.records.admin_views.screens import records_screen, trail_of
from programmes.records.forms import PaperChoiceForm, PaperForm, PapersForm
from programmes.records.holders import newest_papers, paper_standings
from programmes.records.refusals import RecordRefused
from programmes.records.tasks import issue_papers

COLLECTED = {"zip": zip_of, "pdf": merged_pdf}


@require_admin_access
def issue_paper(request, code, key):
    """A transcript, a letter or a statement, as everything stands today."""
    student = access.get_student_of_register_or_404(request.user, code, key)
    edition, person = student.programme_edition, student.person
    back = reverse("programme_records:student", args=[code, key])
    form = PaperForm(request.POST or None, initial={"language": edition.language})
    return ask_and_do(
        request,
        form,
        do=lambda data: services.issue_student_paper(
            student,
            data["template"],
            key=data["key"],
            language=data["language"],
            by=request.user,
            reason=data["reason"],
            given=form.given,
        ),
        done=_("The paper has its number. It is drawn and signed in the background."),
        back=back,
        refused=AwardRefused,
        title=_("Issue a paper"),
        icon="doc-full",
        trail=trail_of(edition, (back, str(person)), last=_("Issue a paper")),
        lead=_(
            "It says what is known today and never changes afterwards. Fields you leave empty are not printed."
        ),
    )


@require_admin_access
@require_POST
def issue_diploma(request, code, key):
    """The diploma, once a board has awarded the degree. Doing it twice gives the same one."""
    student = access.get_student_of_register_or_404(request.user, code, key)
    try:
        award = services.issue_diploma(student, by=request.user, reason=_("Awarded by the examination board"))
    except (RecordRefused, AwardRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The diploma has the number %(number)s.") % {"number": award.number})
    return redirect("programme_records:student", code, key)


@require_admin_access
def everybody(request, code):
    """Who holds which paper, whose results were decided since; and the same paper for many at once."""
    edition = access.get_registered_edition_or_404(request.user, code)
    choice = PaperChoiceForm(request.GET or None)
    template = choice.chosen
    standings = paper_standings(edition, template) if template else []
    form = PapersForm(request.POST or None, standings=standings, edition=edition)
    if request.method == "POST" and template and form.is_valid():
        issue_papers.enqueue(template.pk, *form.arguments, request.user.pk, form.cleaned_data["reason"])
        messages.success(request, _issued_sentence(len(form.cleaned_data["students"])))
        return redirect(f"{request.path}?paper={template.pk}")
    return records_screen(
        request,
        "papers.html",
        edition,
        "programme_records:papers",
        title=_("Papers"),
        icon="doc-full",
        trail=trail_of(edition, last=_("Papers")),
        choice=choice,
        paper=template,
        standings=standings,
        chosen=form.chosen,
        form=form,
        has_files=any(one.award and one.award.stored_at for one in standings),
        is_under_way=bool(template and _is_under_way(template, standings)),
    )


def _issued_sentence(count):
    said = ngettext(
        "%(count)s paper is being issued in the background.",
        "%(count)s papers are being issued in the background.",
        count,
    )
    return said % {"count": count}


def _is_under_way(template, standings):
    """Whether papers of this kind are being issued to somebody here."""
    here = {one.student.pk for one in standings}
    return any(
        asked == template.pk and not here.isdisjoint(students)
        for asked, students, *_others in pending_arguments(issue_papers)
    )


@require_admin_access
@require_POST
def collect(request, code, template_id, form):
    """The newest paper of everybody who holds one: as files to hand on, or as one file to print."""
    edition = access.get_registered_edition_or_404(request.user, code)
    template = get_object_or_404(PaperTemplate.objects.select_related("award_type"), pk=template_id)
    if form not in COLLECTED:
        raise Http404
    awards = newest_papers(edition, template)
    try:
        made = COLLECTED[form](awards.iterator(chunk_size=100))
    except NothingToCollect:
        messages.warning(request, _("No file is whole yet. Come back in a moment."))
        return redirect(f"{reverse('programme_records:papers', args=[code])}?paper={template.pk}")
    audit.record(
        request.user,
        "programmes.collect_papers",
        edition,
        after={"paper": str(template), "count": awards.count()},
    )
    return FileResponse(made, as_attachment=True, filename=f"{edition.code}-{template.purpose}.{form}")
