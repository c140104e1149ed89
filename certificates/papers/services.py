"""Writing templates of papers, and issuing papers from them: numbered, frozen, signed, verified like every award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from certificates import services
from certificates.models import (
    Award,
    AwardType,
    Occasion,
    PaperKind,
    PaperTemplate,
    Purpose,
    Rule,
    Signatory,
)
from certificates.paper.documents.content import Document
from certificates.paper.documents.plain import to_plain
from certificates.paper.errors import PaperError
from certificates.papers.composing import Filling, composed, written_in
from certificates.papers.fields import BLOCKS_OF, FIELDS
from certificates.papers.markup import FieldsMissing, text_problems
from certificates.papers.samples import drawn
from certificates.papers.shipped import shipped_words
from certificates.readiness import award_type_problems
from certificates.services import AwardRefused
from certificates.snapshot import Facts, occasion_snapshot
from foundation.audit import services as audit


class TemplateRefused(Exception):
    """A template cannot be kept as it is; `problems` are sentences."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class Words:
    """A paper in one language: what it is called, its subject or subtitle, its text."""

    called: str
    body: str
    subject: str = ""


def template_problems(purpose: str, words: Mapping[str, Words]) -> list[str]:
    """Why papers could not be issued with these words: sentences."""
    if not words:
        return [_("Write the paper in at least one language.")]
    fields, blocks = FIELDS[Purpose(purpose)], BLOCKS_OF[Purpose(purpose)]
    problems = []
    for said in words.values():
        if not said.called or not said.body.strip():
            problems.append(_("A paper needs a name and a text in each of its languages."))
        problems += text_problems(said.subject, fields) + text_problems(said.body, fields, blocks)
    return list(dict.fromkeys(problems))


@transaction.atomic
def add_template(
    purpose: Purpose,
    name: str,
    *,
    by: User,
    signatory: Signatory | None = None,
    number_prefix: str = "UNI",
    words: Mapping[str, Words] | None = None,
) -> PaperTemplate:
    """A template with these words, or with ours for its purpose. Raises TemplateRefused."""
    written = words or {language: Words(**said) for language, said in shipped_words(purpose).items()}
    _refuse_words(purpose, written)
    kind = PaperKind.TRANSCRIPT if purpose == Purpose.TRANSCRIPT else PaperKind.LETTER
    award_type = AwardType.objects.create(
        name=name, kind=kind, rule=Rule.DECISION, signatory=signatory, number_prefix=number_prefix
    )
    template = PaperTemplate.objects.create(award_type=award_type, purpose=purpose)
    _write(template, written)
    audit.record(by, "certificates.add_paper", template, after=described(template))
    return template


@transaction.atomic
def change_template(
    template: PaperTemplate,
    *,
    by: User,
    name: str,
    signatory: Signatory | None,
    number_prefix: str,
    words: Mapping[str, Words],
) -> None:
    """Give the template other words. Papers already issued stay as they are. Raises TemplateRefused."""
    _refuse_words(template.purpose, words)
    held = AwardType.objects.select_for_update().get(pk=template.award_type_id)
    before = described(template)
    held.name, held.signatory, held.number_prefix = name, signatory, number_prefix
    held.save(update_fields=["name", "signatory", "number_prefix"])
    _write(template, words)
    template.refresh_from_db()
    after = described(template)
    if after != before:
        audit.record(by, "certificates.change_paper", template, before=before, after=after)


def _refuse_words(purpose, words):
    if problems := template_problems(purpose, words):
        raise TemplateRefused(problems)


def _write(template, words):
    template.wordings.exclude(language__in=words).delete()
    template.award_type.wordings.exclude(language__in=words).delete()
    for language, said in words.items():
        template.wordings.update_or_create(
            language=language, defaults={"subject": said.subject, "body": said.body}
        )
        template.award_type.wordings.model.objects.update_or_create(
            award_type=template.award_type, language=language, defaults={"title": said.called}
        )


def described(template: PaperTemplate) -> dict:
    """The template as the audit log keeps it."""
    award_type = template.award_type
    return {
        "name": award_type.name,
        "purpose": template.purpose,
        "signatory": str(award_type.signatory or ""),
        "number_prefix": award_type.number_prefix,
        "words": {one.language: [one.subject, one.body] for one in template.wordings.all()},
        "called": {
            one.language: one.title for one in award_type.wordings.model.objects.filter(award_type=award_type)
        },
    }


def issue_paper(
    occasion: Occasion,
    template: PaperTemplate,
    filling: Filling,
    *,
    language: str,
    by: User,
    reason: str,
    anew: bool = False,
) -> Award:
    """Issue a paper for an occasion, once: whoever asks again gets the paper that was issued.

    `anew` replaces it by one that says what is true now. What cannot be printed is refused before a number is taken.
    Raises AwardRefused with a sentence.
    """
    if not anew and (standing := _standing(occasion, template)):
        return standing
    document = document_for(template, filling, language)
    try:
        drawn(document)
    except PaperError as problem:
        raise AwardRefused(str(problem)) from problem
    day = timezone.localdate()
    facts = Facts(hours=None, completed_on=day, issued_on=day, valid_until=filling.valid_until)
    snapshot = occasion_snapshot(
        occasion, template.award_type, facts, name=filling.name, language=document.language
    )
    snapshot |= {"languages": [document.language], "document": to_plain(document)}
    return services.issue_for(occasion, template.award_type, snapshot, by=by, reason=reason, anew=anew)


def document_for(template: PaperTemplate, filling: Filling, language: str) -> Document:
    """The document the template makes of what is known, in this language or else in English. Raises AwardRefused."""
    written = written_in(template, language)
    if written is None:
        raise AwardRefused(
            _("“%(paper)s” is written neither in the language of the person nor in English.")
            % {"paper": template}
        )
    if problems := award_type_problems(template.award_type, written.language):
        raise AwardRefused(problems[0])
    try:
        return composed(written, filling)
    except FieldsMissing as missing:
        raise AwardRefused(
            _("“%(paper)s” asks for something that is not known: %(fields)s. Enter it, or change the words.")
            % {"paper": template, "fields": ", ".join(f"{{{name}}}" for name in missing.names)}
        ) from missing


def _standing(occasion, template):
    return Award.objects.filter(
        occasion=occasion, award_type=template.award_type_id, superseded_at=None
    ).first()
