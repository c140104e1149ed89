"""From a template and what is known to the document: every word finished, nothing numbered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info

from certificates.models import AwardType, PaperTemplate
from certificates.paper.documents.content import (
    Block,
    Code,
    Document,
    Institution,
    Signatory,
    SignatureBlock,
)
from certificates.papers.fields import look_of
from certificates.papers.markup import blocks_of, merged
from certificates.phrases import day_in, phrase
from certificates.readiness import FALLBACK_LANGUAGE, signatories_of

SEPARATORS = {"ar": "، ", "zh-hans": "，"}


@dataclass(frozen=True)
class Filling:
    """What is known about one person's paper, in the paper's language.

    `fields` fill the braces in the template; `blocks` (facts, results, legend, supplement) stand where the template has
    them on a line of their own. Dates and numbers come written out (`certificates.phrases.day_in`).
    """

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    subtitle: str = ""
    addressee: str = ""
    place: str = ""
    institutions: tuple[Institution, ...] = ()
    valid_until: date | None = None


@dataclass(frozen=True)
class Written:
    """What a paper says in one language, before it is about anybody."""

    purpose: str
    language: str
    called: str
    subject: str
    body: str
    signatories: tuple[Signatory, ...]


def written_in(template: PaperTemplate, language: str) -> Written | None:
    """The template's words in a language, or else in English, with who signs."""
    words = {wording.language: wording for wording in template.wordings.all()}
    wording = words.get(language) or words.get(FALLBACK_LANGUAGE)
    if wording is None:
        return None
    called = template.award_type.wordings.get(language=wording.language).title
    signatories = signed_by(template.award_type, wording.language)
    return Written(template.purpose, wording.language, called, wording.subject, wording.body, signatories)


def composed(written: Written, filling: Filling) -> Document:
    """The document. Raises FieldsMissing."""
    language, day, called = written.language, timezone.localdate(), written.called
    own = settings.INSTITUTION_NAMES.get(language, settings.INSTITUTION_NAMES["en"])
    look, known = look_of(written.purpose), _known(filling, language, day, own)
    dated = SEPARATORS.get(language, ", ").join(
        part for part in (filling.place, day_in(day, language)) if part
    )
    title = merged(written.subject, known) or called
    return Document(
        language=language,
        direction="rtl" if get_language_info(language)["bidi"] else "ltr",
        title=title if look == "letter" else called,
        subtitle=filling.subtitle or (title if look == "record" and title != called else ""),
        holder=filling.name,
        institutions=filling.institutions or (Institution(own),),
        blocks=(
            *blocks_of(written.body, known, filling.blocks),
            SignatureBlock(written.signatories, dated if look == "record" else ""),
            Code(phrase("verify_sentence", language)),
        ),
        # The day, so that what is asked for twice on one day is the same; drawn with the moment of its award.
        issued_at=datetime.combine(day, time(12), UTC),
        monogram=settings.INSTITUTION_MONOGRAM,
        look=look,
        dated=dated if look == "letter" else "",
        addressee=filling.addressee if look == "letter" else "",
        page_label=phrase("page_of", language, page="{page}", pages="{pages}"),
        creator=settings.SITE_NAME,
    )


def _known(filling: Filling, language: str, day: date, institution: str) -> dict[str, str]:
    until = {"valid_until": day_in(filling.valid_until, language)} if filling.valid_until else {}
    given = {"name": filling.name, "institution": institution, "issued_on": day_in(day, language)}
    return given | until | dict(filling.fields)


def signed_by(award_type: AwardType, language: str) -> tuple[Signatory, ...]:
    """Everybody who signs, with the office in the language of the paper."""
    return tuple(
        Signatory(
            one.name,
            one.positions.get(language) or one.position,
            one.signature.sha256 if one.signature else "",
            phrase("signature_alternative", language, name=one.name),
        )
        for one in signatories_of(award_type)
    )


def pictures_in(document: Document) -> list[str]:
    """The pictures a document needs, by their SHA-256."""
    marks = [institution.mark for institution in document.institutions]
    blocks = [block for block in document.blocks if isinstance(block, SignatureBlock)]
    return marks + [one.signature for block in blocks for one in block.signatories]
