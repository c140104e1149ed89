"""The case file: its parts, when each is released and to whom."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.assignments.sending import send
from moots import services
from moots.admin_views.screens import ask, screen, staffed
from moots.forms.staff import DocumentForm, ReasonForm
from moots.models import CaseDocument, CaseFile


@staffed
def case_file(request, moot):
    """All parts in order, with who may read them from when."""
    documents = moot.documents.standing().select_related("round").prefetch_related("files")
    return screen(request, "case_file", moot, _("Case file"), documents=documents, now=timezone.now())


def _back(moot):
    return reverse("moot_courts:case_file", args=[moot.pk])


def _edit(request, moot, document, title):
    form = DocumentForm(request.POST or None, request.FILES or None, instance=document)

    def save(data):
        services.save_document(
            form.save(commit=False), by=request.user, uploads=data["files"], remove=data.get("remove", ())
        )

    return ask(
        request,
        moot,
        form,
        do=save,
        sentence=_("The part of the case file is saved."),
        title=title,
        lead=_("Participants read it from the time you set; they are told by e-mail. Times are in %(zone)s.")
        % {"zone": moot.edition.time_zone},
        back=_back(moot),
        steps=[(_back(moot), _("Case file"))],
        multipart=True,
    )


@staffed
def new_document(request, moot):
    """A new part."""
    return _edit(
        request, moot, CaseDocument(moot=moot, released_at=timezone.now()), _("Add to the case file")
    )


@staffed
def document(request, moot, document_id):
    """Change a part."""
    found = get_object_or_404(moot.documents.standing(), pk=document_id)
    return _edit(request, moot, found, found.title)


@staffed
def withdraw_document(request, moot, document_id):
    """Take a part away from participants."""
    found = get_object_or_404(moot.documents.standing(), pk=document_id)
    return ask(
        request,
        moot,
        ReasonForm(request.POST or None),
        do=lambda data: services.withdraw_document(found, by=request.user, **data),
        sentence=_("The part of the case file is withdrawn."),
        title=_("Withdraw “%(title)s”") % {"title": found.title},
        lead=_("Participants read it no longer. It is kept."),
        back=_back(moot),
        steps=[(_back(moot), _("Case file"))],
    )


@staffed
def file(request, moot, file_id):
    """A file of the case."""
    return send(get_object_or_404(CaseFile, pk=file_id, document__moot=moot))
