"""What an application still needs: the only place that works it out. Returns values that say it in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Application, ApplicationDocument, DocumentState, QuestionKind, WantedDocument

# What the step "About you" asks; position and telephone may stay empty.
PERSON_FIELDS = ("given_names", "family_name", "born_on", "country", "residence", "profession", "institution")


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: the step it belongs to and the sentence that says it."""

    step: str
    sentence: str


@dataclass(frozen=True)
class DocumentPlace:
    """One wanted document with where it stands for an application."""

    wanted: WantedDocument
    document: ApplicationDocument | None
    is_needed: bool
    # The original's own place, where this is a translation.
    is_translation: bool
    has_translation: bool = False

    @property
    def state(self) -> DocumentState:
        """Where it stands."""
        return self.document.state if self.document else DocumentState.MISSING

    @property
    def is_missing(self) -> bool:
        """Whether the applicant has to do something: nothing is there, or it was returned."""
        return self.is_needed and self.state in {DocumentState.MISSING, DocumentState.RETURNED}

    @property
    def lacks_language(self) -> bool:
        """Whether it hangs on the language of the document, which was not said, if a translation is needed."""
        return bool(self.has_translation and self.document and self.document.current_id) and (
            not self.document.language
        )


@dataclass(frozen=True)
class Completeness:
    """What is there and what is missing."""

    places: tuple[DocumentPlace, ...]
    missing: tuple[Missing, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def missing_in(self, step: str) -> list[Missing]:
        """What is missing in one step."""
        return [one for one in self.missing if one.step == step]


def document_places(application: Application) -> tuple[DocumentPlace, ...]:
    """Every wanted document in order, the translation after its original where one is needed."""
    held = {document.wanted_id: document for document in application.documents.all()}
    accepted = set(application.call.document_languages)
    wanted_documents = application.call.wanted_documents.all()
    translated = {wanted.translation_of_id for wanted in wanted_documents}
    found = []
    for wanted in wanted_documents:
        original = held.get(wanted.translation_of_id)
        if wanted.translation_of_id:
            said = original.language if original and original.current_id else ""
            is_needed = bool(wanted.is_required and said and said not in accepted)
        else:
            is_needed = wanted.is_required
        is_translation, has_translation = bool(wanted.translation_of_id), wanted.pk in translated
        found.append(DocumentPlace(wanted, held.get(wanted.pk), is_needed, is_translation, has_translation))
    return tuple(found)


def completeness(application: Application) -> Completeness:
    """What the application still needs before it can be submitted."""
    places = document_places(application)
    missing = [
        *_missing_in_person(application),
        *_missing_answers(application),
        *(_missing_document(place) for place in places if place.is_missing),
        *(_missing_language(place) for place in places if place.lacks_language),
        *_missing_referees(application),
    ]
    return Completeness(places, tuple(missing))


def with_all_needed(applications):
    """A queryset of applications with all that `completeness` reads, in a number of queries that does not grow."""
    return applications.select_related("call__programme_edition", "person").prefetch_related(
        "documents__current",
        "documents__wanted",
        "answers",
        "referees",
        "call__wanted_documents",
        "call__questions",
        "call__programme_edition__modes",
    )


def _missing_in_person(application: Application) -> Iterable[Missing]:
    for name in PERSON_FIELDS:
        field = application._meta.get_field(name)
        if not getattr(application, field.attname):
            yield Missing("person", _("“%(field)s” is empty.") % {"field": field.verbose_name})
    if application.call.programme_edition.modes.all() and not application.mode:
        yield Missing("person", _("Choose how you want to follow the programme."))


def _missing_answers(application: Application) -> Iterable[Missing]:
    given = {answer.question_id: answer for answer in application.answers.all()}
    for question in application.call.questions.all():
        answer = given.get(question.pk)
        is_there = answer and (
            answer.option_id if question.kind == QuestionKind.CHOICE else answer.text.strip()
        )
        if question.is_required and not is_there:
            yield Missing("questions", _("“%(question)s” is not answered.") % {"question": question.label})
        words = len(answer.text.split()) if answer and question.most_words else 0
        if words > (question.most_words or 0):
            said = {"question": question.label, "words": words, "most": question.most_words}
            sentence = _("“%(question)s” has %(words)s words; at most %(most)s are taken.") % said
            yield Missing("questions", sentence)


def _missing_document(place: DocumentPlace) -> Missing:
    words = {"document": place.wanted.label}
    if place.state == DocumentState.RETURNED:
        words["why"] = place.document.current.why
        return Missing("documents", _("“%(document)s” was returned: %(why)s") % words)
    return Missing("documents", _("“%(document)s” is missing.") % words)


def _missing_language(place: DocumentPlace) -> Missing:
    words = {"document": place.wanted.label}
    return Missing("documents", _("Say in which language “%(document)s” is written.") % words)


def _missing_referees(application: Application) -> Iterable[Missing]:
    standing = [one for one in application.referees.all() if not one.revoked_at and not one.declined_at]
    lacking = application.call.referees_wanted - len(standing)
    if lacking > 0:
        sentence = ngettext("Name %(count)s more referee.", "Name %(count)s more referees.", lacking) % {
            "count": lacking
        }
        yield Missing("referees", sentence)
