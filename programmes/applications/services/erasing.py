"""Erasing the files of those who were not admitted, once the edition's period is over, with a report that proves it.

Bytes go before their row says so: stopped anywhere, the next run finishes what was begun and loses track of nothing.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from foundation.audit import services as audit
from programmes.applications import emails
from programmes.applications.holding import lock
from programmes.applications.places import given_up_at
from programmes.applications.services.parts import forget_uploads_of
from programmes.applications.storing import drop
from programmes.applications.window import deadline_of
from programmes.models import (
    Application,
    ApplicationEvent,
    ApplicationQuerySet,
    DocumentVersion,
    ErasedFile,
    ErasureReport,
    Outcome,
    ProgrammeEdition,
    RefereeLetter,
)


def ages_from(application: Application) -> datetime.datetime | None:
    """From when the files of an application age; None while nobody knows whether they are needed."""
    if application.withdrawn_at:
        return application.withdrawn_at
    if application.outcome == Outcome.NOT_ADMITTED:
        return application.outcome_told_at
    if application.outcome == Outcome.ADMITTED:
        return given_up_at(application)
    if application.submitted_at is None:
        return deadline_of(application.call, application)
    return None


def with_files_to_erase(programme_edition: ProgrammeEdition) -> ApplicationQuerySet:
    """Applications never erased, and those that hold a file all the same: what proves it is the file."""
    versions = DocumentVersion.objects.filter(document__application=OuterRef("pk"), erased_at=None)
    letters = RefereeLetter.objects.filter(referee__application=OuterRef("pk"), erased_at=None)
    return Application.objects.filter(
        Q(files_erased_at=None) | Exists(versions) | Exists(letters),
        call__programme_edition=programme_edition,
    )


def due_applications(programme_edition: ProgrammeEdition) -> list[Application]:
    """Applications whose files have been kept as long as the edition says."""
    oldest = timezone.now() - datetime.timedelta(days=programme_edition.keeps_refused_files_days)
    found = with_files_to_erase(programme_edition).select_related("call__programme_edition", "person")
    found = found.prefetch_related("offers")
    return [one for one in found.order_by("pk") if (since := ages_from(one)) and since <= oldest]


def erase_due_files(programme_edition: ProgrammeEdition) -> ErasureReport | None:
    """Erase what is due; the report, or None where nothing is. A run that was stopped goes on in its own report."""
    report = ErasureReport.objects.filter(programme_edition=programme_edition, finished_at=None).first()
    due = due_applications(programme_edition)
    if not due and report is None:
        return None
    report = report or ErasureReport.objects.create(programme_edition=programme_edition)
    for application in due:
        _erase_files_of(application, report)
    return _finish(report)


def _erase_files_of(application, report):
    versions = DocumentVersion.objects.filter(document__application=application, erased_at=None)
    for version in versions.select_related("document__wanted"):
        _erase(version, application, report, version.document.wanted.name)
    letters = RefereeLetter.objects.filter(referee__application=application, erased_at=None)
    numbers = {pk: number for number, pk in enumerate(application.referees.values_list("pk", flat=True), 1)}
    for letter in letters:
        _erase(letter, application, report, f"Letter of referee {numbers[letter.referee_id]}")
    forget_uploads_of(application)
    _say_erased(application)


def _erase(kept, application, report, label):
    drop(kept.file.name)
    with transaction.atomic():
        held = type(kept).objects.select_for_update().get(pk=kept.pk)
        if held.erased_at:
            return
        held.erased_at = timezone.now()
        held.save(update_fields=["erased_at"])
        ErasedFile.objects.create(
            report=report,
            application=application,
            label=label,
            size=held.size,
            sha256=held.sha256,
            uploaded_at=held.uploaded_at,
        )


@transaction.atomic
def _say_erased(application):
    held = lock(application)
    _forget_words(held)
    if held.files_erased_at:
        return
    held.files_erased_at = timezone.now()
    held.save(update_fields=["files_erased_at"])
    event = held.events.create(kind=ApplicationEvent.Kind.FILES_ERASED)
    if held.erased_files.exists():
        emails.tell(held, event, "application_erased")


def _forget_words(held):
    """What referees said goes with their letters. A draft lacks it then, and its documents: it may be reopened."""
    said = {"recommendation": "", "comments": ""}
    if held.submitted_at is None:
        held.referees.update(**said, answered_at=None)
        held.documents.filter(current__erased_at__isnull=False).update(current=None)
    else:
        held.referees.update(**said)


@transaction.atomic
def _finish(report: ErasureReport) -> ErasureReport:
    held = ErasureReport.objects.select_for_update().get(pk=report.pk)
    if held.finished_at is None:
        held.finished_at = timezone.now()
        held.save(update_fields=["finished_at"])
        after = {
            "files": held.files.count(),
            "applications": held.files.values("application").distinct().count(),
        }
        audit.record(None, "programmes.erase_files", held, after=after)
    return held
