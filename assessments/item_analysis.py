"""The questions of a quiz in figures and sentences, from what was answered in some editions. Names nobody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from statistics import fmean
from string import ascii_uppercase
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from assessments.analysis import (
    Finding,
    Flag,
    ItemStats,
    OptionCount,
    Reliability,
    Reply,
    Row,
    by_language,
    findings,
    item_stats,
    option_counts,
    reliability,
    rows_by_item,
)
from assessments.kinds import KINDS, plain
from assessments.kinds.base import number, word
from assessments.models import Answer, QuestionVersion, Quiz
from assessments.outcomes import ItemOutcome, outcomes
from assessments.regrades import WINDOW, attempts_of
from assessments.wrong_answers import Wrong, commonest_wrong
from enrolments.models import Edition

CHOICE_KINDS = ("single", "multiple", "true_false", "hotspot")


@dataclass(frozen=True)
class OptionFigures:
    """One option with its letter, its words and how often it was chosen."""

    letter: str
    text: str
    count: OptionCount


@dataclass(frozen=True)
class LanguageFigures:
    """The question in one language."""

    code: str
    name: str
    stats: ItemStats


@dataclass(frozen=True)
class ItemReport:
    """One version of one question: figures, and sentences where it needs a look."""

    number: int
    version: QuestionVersion
    kind: str
    stats: ItemStats
    options: tuple[OptionFigures, ...]
    wrong: tuple[Wrong, ...]
    languages: tuple[LanguageFigures, ...]
    flags: tuple[Finding, ...]

    @property
    def sentences(self) -> list[str]:
        """What to look at, in words."""
        letters = {option.count.key: option.letter for option in self.options}
        return [sentence(finding, letters) for finding in self.flags]

    @property
    def stem(self) -> str:
        """The question in the language it was written in."""
        content = self.version.content
        return content["texts"].get(content.get("source", ""), {}).get("stem", "")


@dataclass(frozen=True)
class Analysis:
    """The whole quiz: how many papers, how far it can be relied on, and its questions."""

    papers: int
    mean: float | None
    reliability: Reliability | None
    items: tuple[ItemReport, ...]

    @property
    def flagged(self) -> list[ItemReport]:
        """The questions that need a look."""
        return [item for item in self.items if item.flags]


def analysis_of(
    quiz: Quiz, editions: Iterable[Edition], *, language: str = "", first_only: bool = True
) -> Analysis:
    """Work out every question of the quiz over the attempts handed in.

    `language` narrows the replies down to those given in it; `first_only` leaves repeated attempts out, which are not
    independent of each other.
    """
    attempts = attempts_of(quiz, editions).finished()
    if first_only:
        attempts = attempts.filter(number=1)
    papers, items, answered = _read(dict(attempts.values_list("pk", "language")))
    rows = rows_by_item(papers)
    if language:
        rows = {key: [row for row in found if row.reply.language == language] for key, found in rows.items()}
    versions = QuestionVersion.objects.select_related("question").in_bulk([pk for pk in rows if rows[pk]])
    places = _places(items)
    reports = [
        _report(version, rows[pk], answered.get(pk, {}), language)
        for pk, version in sorted(versions.items(), key=lambda pair: places[pair[0]])
    ]
    shares = [_share(paper) for paper in papers if paper]
    return Analysis(
        papers=len(papers),
        mean=fmean(shares) if shares else None,
        reliability=reliability(papers),
        items=tuple(_numbered(reports)),
    )


def _read(languages: dict[int, str]):
    """Papers of replies, the outcomes they stand for, and by version what was answered in which language.

    What was not answered counts in the language of the attempt.
    """
    attempt_ids = list(languages)
    papers: list[list[Reply]] = []
    items: list[ItemOutcome] = []
    answered: dict[int, dict[str, list[Any]]] = {}
    for start in range(0, len(attempt_ids), WINDOW):
        window = attempt_ids[start : start + WINDOW]
        given = dict(Answer.objects.filter(quiz_attempt__in=window).values_list("item", "response"))
        for found in outcomes(window).values():
            known = [
                replace(item, language=item.language or languages[item.attempt_id])
                for item in found
                if item.earned is not None
            ]
            papers.append([_reply(item, given.get(item.pk)) for item in known])
            items += known
            for item in known:
                of_version = answered.setdefault(item.version_id, {})
                of_version.setdefault(item.language, []).append(given.get(item.pk))
    return papers, items, answered


def _reply(item, response):
    chosen = tuple(response) if isinstance(response, list) else ()
    return Reply(
        item=item.version_id,
        score=float(item.earned),
        points=0.0 if item.is_dropped else float(item.points),
        language=item.language,
        seconds=item.seconds,
        is_answered=bool(response),
        chosen=chosen,
    )


def _places(items: Collection[ItemOutcome]) -> dict[int, tuple[int, int, int]]:
    """Where each version stands in a list: as the author placed its question, the versions of one together."""
    places: dict[int, int] = {}
    for item in items:
        places[item.question_id] = min(item.place, places.get(item.question_id, item.place))
    return {item.version_id: (places[item.question_id], item.question_id, item.version_id) for item in items}


def _share(paper):
    worth = sum(reply.points for reply in paper)
    return sum(reply.score * reply.points for reply in paper) / worth if worth else 0.0


def _report(version, rows: list[Row], answered: dict[str, list], language: str) -> ItemReport:
    content = version.content
    words = _words(content, language)
    options = _options(content) if content["kind"] in CHOICE_KINDS else []
    counts = option_counts(rows, options)
    stats, languages = item_stats(rows), by_language(rows)
    responses = [one for spoken, given in answered.items() for one in given if language in ("", spoken)]
    return ItemReport(
        number=0,
        version=version,
        kind=str(KINDS[content["kind"]].label),
        stats=stats,
        options=tuple(
            OptionFigures(ascii_uppercase[place % 26], plain(word(words, count.key)), count)
            for place, count in enumerate(counts)
        ),
        wrong=commonest_wrong(content, words, [one for one in responses if one]),
        languages=tuple(
            LanguageFigures(code, language_name(code), found) for code, found in languages.items()
        ),
        flags=findings(stats, counts, languages),
    )


def _words(content, language):
    texts = content["texts"]
    return texts.get(language) or texts.get(content.get("source", "")) or next(iter(texts.values()), {})


def _options(content):
    """The keys of the options, each with whether choosing it earns something."""
    return [
        (option["key"], number(option.get("weight"), number(int(bool(option.get("correct"))))) > 0)
        for option in content["options"]
    ]


def _numbered(reports):
    """Versions of one question share its number."""
    numbers: dict[int, int] = {}
    for report in reports:
        number_ = numbers.setdefault(report.version.question_id, len(numbers) + 1)
        yield replace(report, number=number_)


def language_name(code: str) -> str:
    """The language in the reader's words."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def sentence(finding: Finding, letters: dict[str, str]) -> str:
    """What a trainer should look at, and why."""
    values = {
        "option": letters.get(finding.option, ""),
        "figure": round(finding.figure * 100),
        "count": round(finding.figure),
        "language": language_name(finding.language),
        "other": language_name(finding.other),
    }
    return SENTENCES[finding.flag]() % values


SENTENCES = {
    Flag.KEY: lambda: _(
        "Those who do well overall choose %(option)s, which is marked wrong: look at the key, and at the words."
    ),
    Flag.NEGATIVE: lambda: _(
        "Those who do well in the rest do worse here: look at the key, and for words that lead astray."
    ),
    Flag.HARD: lambda: _(
        "Few are right (%(figure)s %%): look whether it is taught, whether its words are clear, and at the key."
    ),
    Flag.EASY: lambda: _("Nearly everybody is right (%(figure)s %%): it tells little about who knows more."),
    Flag.WEAK: lambda: _(
        "Those who do well in the rest are right here hardly more often than the others: it tells them apart badly."
    ),
    Flag.LANGUAGE: lambda: _(
        "Harder in %(language)s than in %(other)s by %(figure)s points of a hundred: look at the translation."
    ),
    Flag.SKIPPED: lambda: _(
        "%(figure)s %% left it unanswered: look at the time, and whether its task is plain."
    ),
    Flag.UNUSED: lambda: _("Nobody chose %(option)s: it is no real alternative."),
}
