"""A dossier as an assessor or the committee reads it: what was said and what was uploaded. Nothing is changed here."""

from collections.abc import Iterable
from dataclasses import dataclass

from programmes.models import (
    Application,
    ApplicationAnswer,
    DocumentVersion,
    Referee,
    RefereeLetter,
    WantedDocument,
)


@dataclass(frozen=True)
class Paper:
    """A document of the dossier: its newest file, or that it is not shown here or missing."""

    wanted: WantedDocument
    version: DocumentVersion | None
    is_kept_back: bool


@dataclass(frozen=True)
class RefereeShown:
    """A referee, with what came from them."""

    referee: Referee
    letters: tuple[RefereeLetter, ...]


@dataclass(frozen=True)
class Dossier:
    """What there is to read."""

    application: Application
    answers: tuple[ApplicationAnswer, ...]
    papers: tuple[Paper, ...]
    referees: tuple[RefereeShown, ...]

    def paper(self, version_id: str) -> DocumentVersion | None:
        """One of its files, by its number as it stands in an address."""
        return next(
            (one.version for one in self.papers if one.version and str(one.version.pk) == version_id), None
        )


def dossier_of(
    application: Application,
    *,
    versions: Iterable[DocumentVersion] | None = None,
    letters: Iterable[RefereeLetter] | None = None,
) -> Dossier:
    """Gather a dossier. With `versions` and `letters` only those are shown, and of the rest that they are kept back."""
    documents = application.documents.select_related("wanted", "current").order_by("wanted__position", "pk")
    shown = None if versions is None else {version.pk for version in versions}
    papers = []
    for document in documents:
        current = document.current if document.current and not document.current.erased_at else None
        kept_back = bool(current and shown is not None and current.pk not in shown)
        papers.append(Paper(document.wanted, None if kept_back else current, kept_back))
    if letters is None:
        letters = RefereeLetter.objects.filter(
            referee__application=application, erased_at=None
        ).select_related("referee")
    by_referee: dict[int, list[RefereeLetter]] = {}
    for letter in letters:
        by_referee.setdefault(letter.referee_id, []).append(letter)
    return Dossier(
        application=application,
        answers=tuple(application.answers.select_related("question", "option")),
        papers=tuple(papers),
        referees=tuple(
            RefereeShown(referee, tuple(by_referee.get(referee.pk, ())))
            for referee in application.referees.standing()
        ),
    )
