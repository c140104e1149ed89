"""Calls and applications as their owners would fill them in: calls written directly, applications by the services."""

import datetime
import io
from itertools import count

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from programmes.applications import services
from programmes.models import (
    Application,
    Call,
    CallDeclaration,
    CallQuestion,
    QuestionKind,
    Receipt,
    WantedDocument,
)
from tests.factories.accounts import make_person
from tests.factories.portfolio import country, profession
from tests.factories.programmes import make_programme_edition

_numbers = count(1)


def make_pdf(name="letter.pdf", pages=1, *, password="", words=""):
    """A PDF of so many empty pages that differs from every other one."""
    content = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        document.docinfo["/Title"] = words or f"Document {next(_numbers)}"
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(content, encryption=encryption)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


def make_call(programme_edition=None, **fields):
    """A published call that is open for a month and asks for nothing."""
    now, number = timezone.now(), next(_numbers)
    defaults = {
        "code": f"call-{number}",
        "name": f"Call {number}",
        "opens_at": now - datetime.timedelta(days=1),
        "closes_at": now + datetime.timedelta(days=30),
        "published_at": now - datetime.timedelta(days=1),
    }
    return Call.objects.create(
        programme_edition=programme_edition or make_programme_edition(), **defaults | fields
    )


def make_question(call, **fields):
    """A question that must be answered with a text."""
    number = next(_numbers)
    defaults = {"key": f"question-{number}", "name": f"Question {number}?", "kind": QuestionKind.LONG}
    return CallQuestion.objects.create(call=call, position=call.questions.count(), **defaults | fields)


def make_wanted(call, **fields):
    """A wanted PDF."""
    number = next(_numbers)
    defaults = {"key": f"document-{number}", "name": f"Document {number}"}
    return WantedDocument.objects.create(
        call=call, position=call.wanted_documents.count(), **defaults | fields
    )


def make_translated(call, **fields):
    """A wanted document and its certified translation."""
    original = make_wanted(call, **fields)
    translation = make_wanted(
        call, key=f"{original.key}-translation", name=f"{original.name}, translated", translation_of=original
    )
    return original, translation


def make_declaration(call, **fields):
    """A declaration."""
    number = next(_numbers)
    defaults = {"key": f"declaration-{number}", "name": f"I declare number {number}."}
    return CallDeclaration.objects.create(call=call, position=call.declarations.count(), **defaults | fields)


def make_draft(call=None, person=None):
    """An application just begun."""
    return services.begin(person or make_person(), call or make_call(), language="en")


def make_ready(call=None, person=None):
    """A draft with everything its call wants."""
    application = fill_person(make_draft(call, person))
    for question in application.call.questions.all():
        services.save_answers(
            application, {question.pk: "An answer."}, sequence=application.sequence, language="en"
        )
        application.refresh_from_db()
    for wanted in application.call.wanted_documents.filter(is_required=True, translation_of=None):
        services.upload_document(application, wanted, make_pdf(), by=application.person)
        services.say_language(application, wanted, application.call.document_languages[0])
    for _referee in range(application.call.referees_wanted):
        make_referee(application)
    return application


def fill_person(application):
    """What the step about the person asks."""
    home = country()
    values = {
        "given_names": "Amina",
        "family_name": "Diallo",
        "born_on": datetime.date(1990, 5, 1),
        "country": home,
        "residence": home,
        "profession": profession(),
        "institution": "Court of Appeal",
    }
    if offered := application.call.programme_edition.modes.first():
        values["mode"] = offered.mode
    return services.save_person(application, values, sequence=application.sequence, language="en")


def make_submitted(call=None, person=None) -> Application:
    """A submitted application."""
    application = make_ready(call, person)
    submit(application)
    application.refresh_from_db()
    return application


def submit(application) -> Receipt:
    """Submit with every declaration ticked."""
    declared = application.call.declarations.values_list("pk", flat=True)
    return services.submit(application, declared=list(declared), language="en")


def make_referee(application, **fields):
    """A referee who has been written to."""
    number = next(_numbers)
    defaults = {"name": f"Referee {number}", "email": f"referee-{number}@example.org", "language": "en"}
    return services.name_referee(application, **defaults | fields)
