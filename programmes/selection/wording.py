"""The words of letters: the call's own templates, else the site's, with their fields filled in. Stores nothing."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from programmes.models import (
    Application,
    Decision,
    DecisionOutcome,
    LetterOccasion,
    LetterTemplate,
    Mode,
)

FIELDS = (
    "name",
    "programme",
    "edition",
    "call",
    "mode",
    "starts_on",
    "ends_on",
    "answer_by",
    "conditions",
    "rank",
    "link",
)
FIELD = re.compile(r"\{([^{}]*)\}")

OCCASION_OF = {
    DecisionOutcome.ADMIT: LetterOccasion.ADMIT,
    DecisionOutcome.CONDITIONAL: LetterOccasion.CONDITIONAL,
    DecisionOutcome.WAITING: LetterOccasion.WAITING,
    DecisionOutcome.NOT_ADMITTED: LetterOccasion.NOT_ADMITTED,
}


@dataclass(frozen=True)
class Words:
    """A subject and a text, with their fields."""

    subject: str
    body: str


@dataclass(frozen=True)
class WordedLetter:
    """One person's letter as it would go out now."""

    decision: Decision
    occasion: str
    language: str
    subject: str
    body: str
    # The language of the words, where there are none in the person's own.
    instead: str = ""


def unknown_fields(text: str) -> list[str]:
    """What stands in braces and is no field."""
    return [name for name in dict.fromkeys(FIELD.findall(text)) if name not in FIELDS]


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in; what is filled in is taken as it is, also with braces."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text).strip()


def usual_words(occasion: str, language: str) -> Words:
    """The site's own words for a letter, in a language of its screens, else in English."""
    with override(language if language in settings.INTERFACE_LANGUAGES else "en"):
        subject, paragraphs = _usual(LetterOccasion(occasion))
        greeting = pgettext("letter", "Dear {name},")
        farewell = pgettext("letter", "Yours sincerely,\nThe selection committee")
        return Words(subject, "\n\n".join([greeting, *paragraphs, farewell]))


def _usual(occasion):
    answer = _("Please tell us by {answer_by} whether you accept the place:\n{link}")
    lapses = _("A place that nobody has accepted by then is offered to the next person on the waiting list.")
    taught = _("The edition runs from {starts_on} to {ends_on}. Your place is for this mode: {mode}.")
    said = {
        LetterOccasion.ADMIT: (
            _("{edition}: you are admitted"),
            [
                _(
                    "the selection committee has decided to admit you to {programme}, {edition}. Congratulations."
                ),
                taught,
                answer,
                lapses,
            ],
        ),
        LetterOccasion.CONDITIONAL: (
            _("{edition}: you are admitted on conditions"),
            [
                _(
                    "the selection committee has decided to admit you to {programme}, {edition}, on conditions."
                ),
                _("Please see to it that the following is done in time:\n{conditions}"),
                taught,
                answer,
                lapses,
            ],
        ),
        LetterOccasion.WAITING: (
            _("{edition}: you are on the waiting list"),
            [
                _(
                    "all places in {programme}, {edition}, are given for now. The committee has put you on the waiting "
                    "list, at number {rank}. When a place falls free, we write to you; you need do nothing until then."
                ),
                _("Where you stand is shown here:\n{link}"),
            ],
        ),
        LetterOccasion.NOT_ADMITTED: (
            _("{edition}: the result of your application"),
            [
                _("thank you for applying to {programme}, {edition}, and for the care you took."),
                _(
                    "There were more good applications than places, and we cannot offer you one. Your documents are "
                    "erased after the period that the rules of the edition set."
                ),
            ],
        ),
        LetterOccasion.MOVED_UP: (
            _("{edition}: a place has fallen free for you"),
            [
                _(
                    "a place in {programme}, {edition}, has fallen free, and you are next on the waiting list."
                ),
                taught,
                answer,
                lapses,
            ],
        ),
    }
    return said[occasion]


class Wording:
    """Words letters of one call: its templates are read once."""

    def __init__(self, call):
        self.call = call
        self.edition = call.programme_edition
        rows = LetterTemplate.objects.filter(call=call)
        self.templates = {(row.occasion, row.language): row for row in rows}
        self.titles: dict[str, str] = {}

    def words(self, occasion: str, language: str) -> tuple[Words, str]:
        """The words, and their language."""
        if own := self.templates.get((occasion, language)):
            return Words(own.subject, own.body), language
        if language in settings.INTERFACE_LANGUAGES:
            return usual_words(occasion, language), language
        if english := self.templates.get((occasion, "en")):
            return Words(english.subject, english.body), "en"
        return usual_words(occasion, "en"), "en"

    def letter(
        self, decision: Decision, *, answer_by: datetime | None, occasion: str = "", conditions=None
    ) -> WordedLetter:
        """One person's letter, in the language they applied in."""
        application = decision.application
        occasion = occasion or OCCASION_OF[DecisionOutcome(decision.outcome)]
        language = application.person.language or application.language
        words, spoken = self.words(occasion, language)
        asked = list(decision.conditions.all()) if conditions is None else conditions
        with override(spoken):
            values = self._values(application, decision, answer_by, asked)
        return WordedLetter(
            decision=decision,
            occasion=occasion,
            language=language,
            subject=" ".join(merged(words.subject, values).split())[:200],
            body=merged(words.body, values),
            instead=spoken if spoken != language else "",
        )

    def _programme(self, language):
        """The title of the programme in the language of the words, asked for once."""
        if language not in self.titles:
            self.titles[language] = self.edition.page.localized.title
        return self.titles[language]

    def _values(self, application, decision, answer_by, conditions):
        return {
            "name": application.full_name,
            "programme": self._programme(get_language()),
            "edition": self.edition.name,
            "call": self.call.label,
            "mode": str(Mode(decision.mode).label),
            "starts_on": date_format(self.edition.starts_on, "j F Y"),
            "ends_on": date_format(self.edition.ends_on, "j F Y"),
            "answer_by": _in_zone(answer_by, self.edition.time_zone) if answer_by else "",
            "conditions": "\n".join(_condition(one) for one in conditions),
            "rank": str(decision.waiting_rank or ""),
            "link": decision_address(application),
        }


def _condition(condition):
    return _("– %(condition)s, by %(day)s") % {
        "condition": condition.text,
        "day": date_format(condition.due_on, "j F Y"),
    }


def _in_zone(moment, zone):
    """A deadline in the edition's zone, with the zone: it is the same for everybody."""
    local = timezone.localtime(moment, ZoneInfo(zone))
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": date_format(local, "j F Y"),
        "time": date_format(local, "H:i"),
        "zone": zone,
    }


def decision_address(application: Application) -> str:
    """The page on which the person reads the decision and answers."""
    with override(application.person.language):
        path = reverse("selection:decision", args=[application.call.code])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def digest_of(letters: list[WordedLetter]) -> str:
    """One value for all letters: what was looked at is what is sent, or nothing is."""
    parts = [
        "\x1f".join([str(one.decision.pk), one.occasion, one.language, one.subject, one.body])
        for one in sorted(letters, key=lambda letter: letter.decision.pk)
    ]
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()
