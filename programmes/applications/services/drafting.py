"""Beginning an application and saving what is typed into it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from programmes.applications import emails
from programmes.applications.holding import lock
from programmes.applications.refusals import ApplicationRefused, NewerAnswers, Refusal
from programmes.applications.window import deadline_of, in_words_for, window_refusal
from programmes.models import Application, ApplicationEvent, Call, CallQuestion, QuestionKind

PERSON = (
    "given_names",
    "family_name",
    "born_on",
    "gender",
    "country",
    "residence",
    "profession",
    "institution",
    "position",
    "seniority",
    "phone",
    "mode",
)


def begin_refusal(call: Call, person: User) -> ApplicationRefused | None:
    """Why this person cannot begin an application now, or None."""
    if not person.is_active or person.erased_at or person.merged_into_id:
        return ApplicationRefused(Refusal.CANCELLED)
    return window_of(call)


def window_of(call: Call) -> ApplicationRefused | None:
    """Why nobody can begin an application now, or None."""
    return window_refusal(call, at=timezone.now())


@transaction.atomic
def begin(person: User, call: Call, *, language: str) -> Application:
    """The person's application to this call, begun now if there is none. Safe to repeat."""
    User.objects.select_for_update().only("pk").get(pk=person.pk)
    if standing := call.applications.standing().of(person).first():
        return standing
    if refusal := begin_refusal(call, person):
        raise refusal
    application = Application.objects.create(call=call, person=person, language=language, **known_of(person))
    event = application.events.create(kind=ApplicationEvent.Kind.BEGUN, by=person)
    emails.send_begun(application, event, in_words_for(person, deadline_of(call, application), call))
    return application


@transaction.atomic
def begin_for(person: User, call: Call, *, partner: str, by: User, **said) -> ApplicationEvent:
    """Begin a draft for somebody whom a partner nominates; only they complete and submit it. Tells nobody yet.

    `said` is what the partner knows of them. Of the account only the name is added: staff see this draft, and the
    rest is the person's to give. Raises ApplicationRefused, also where there is an application.
    """
    User.objects.select_for_update().only("pk").get(pk=person.pk)
    if call.applications.standing().of(person).exists():
        raise ApplicationRefused(Refusal.BEGUN)
    if refusal := begin_refusal(call, person):
        raise refusal
    names = {"given_names": person.first_name, "family_name": person.last_name}
    said |= {name: value for name, value in names.items() if value}
    application = Application.objects.create(call=call, person=person, language=person.language, **said)
    return application.events.create(kind=ApplicationEvent.Kind.NOMINATED, by=by, reason=partner)


def known_of(person: User) -> dict:
    """What the account says, for the fields of an application."""
    known = {
        "given_names": person.first_name,
        "family_name": person.last_name,
        "gender": person.gender,
        "country": person.country,
        "residence": person.country,
        "profession": person.profession,
        "institution": person.institution,
        "seniority": person.seniority,
    }
    return {name: value for name, value in known.items() if value}


def held_draft(application: Application, *, at) -> Application:
    """The draft, held until the transaction ends; ApplicationRefused where it cannot be changed any more."""
    held = lock(application)
    if held.withdrawn_at:
        raise ApplicationRefused(Refusal.WITHDRAWN)
    if held.submitted_at:
        raise ApplicationRefused(Refusal.SUBMITTED)
    if refusal := window_refusal(held.call, held, at=at):
        raise refusal
    return held


@transaction.atomic
def save_person(application: Application, values: Mapping, *, sequence: int, language: str) -> Application:
    """Keep what was typed about the person; `sequence` is that of what stood on the screen.

    Raises NewerAnswers, with the newer ones, or ApplicationRefused. The same values twice are saved once.
    """
    held = held_draft(application, at=timezone.now())
    changed = [name for name in PERSON if name in values and getattr(held, name) != values[name]]
    if not changed:
        return held
    if "mode" in changed and values["mode"]:
        _check_mode(held, values["mode"])
    _check_sequence(held, sequence)
    for name in changed:
        setattr(held, name, values[name])
    return _saved(held, changed, language)


@transaction.atomic
def save_answers(
    application: Application, answers: Mapping[int, object], *, sequence: int, language: str
) -> Application:
    """Keep answers by the number of their question: text, or an option. Raises as `save_person` does."""
    held = held_draft(application, at=timezone.now())
    questions = {question.pk: question for question in held.call.questions.all()}
    given = {answer.question_id: answer for answer in held.answers.all()}
    changed = {
        pk: value
        for pk, value in answers.items()
        if _stored(questions.get(pk), value) != _given(given.get(pk))
    }
    if not changed:
        return held
    _check_sequence(held, sequence)
    for pk, value in changed.items():
        text, option = _stored(questions[pk], value)
        held.answers.update_or_create(question_id=pk, defaults={"text": text, "option_id": option})
    return _saved(held, [], language)


def _stored(question: CallQuestion | None, value) -> tuple[str, int | None]:
    if question is None:
        raise ApplicationRefused(Refusal.OTHER_CALL)
    if question.kind != QuestionKind.CHOICE:
        return str(value or "").replace("\r\n", "\n").replace("\x00", "").strip(), None
    if value is not None and value.question_id != question.pk:
        raise ApplicationRefused(Refusal.WRONG_OPTION)
    return "", value.pk if value else None


def _given(answer):
    return (answer.text, answer.option_id) if answer else ("", None)


def _check_mode(held, mode):
    if not held.call.programme_edition.modes.filter(mode=mode).exists():
        raise ApplicationRefused(Refusal.MODE_NOT_OFFERED)


def _check_sequence(held, sequence):
    if sequence != held.sequence:
        raise NewerAnswers(held)


def _saved(held, changed, language):
    held.sequence, held.saved_at, held.language = held.sequence + 1, timezone.now(), language
    held.save(update_fields=[*changed, "sequence", "saved_at", "language"])
    return held
