"""A person's awards as they are listed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from accounts.models import User
from certificates.codes import printed
from certificates.earning import awaiting_award, waits_for_the_name
from certificates.models import Award, PaperKind
from certificates.printing import verify_url
from certificates.renewal import renewing_course
from certificates.verification import Standing, standing_of
from enrolments.models import Enrolment


@dataclass(frozen=True)
class AwardShown:
    """One award in the reader's language."""

    title: str
    course: str
    number: str
    code: str
    completed_on: date
    valid_until: date | None
    renewal: str
    renewal_url: str
    size: int
    has_badge: bool
    is_paper: bool
    linkedin_url: str
    is_stored: bool
    has_file: bool
    erased_at: datetime | None
    is_past: bool
    is_being_prepared: bool
    standing: Standing


def awards_shown(awards: Iterable[Award], language: str) -> list[AwardShown]:
    """The awards with their words in a language, where they have them."""
    return [_shown(award, language) for award in awards]


def _shown(award, language):
    words = award.snapshot["words"]
    spoken = words.get(language) or words[award.snapshot["languages"][0]]
    return AwardShown(
        title=spoken["title"],
        course=spoken["course"],
        number=award.number,
        code=printed(award.code),
        completed_on=date.fromisoformat(award.snapshot["completed_on"]),
        valid_until=award.valid_until,
        **_renewal(award),
        size=size_of(award),
        has_badge=bool(award.badge),
        is_paper=award.snapshot.get("kind") in PaperKind.values,
        linkedin_url=linkedin_url(award, spoken),
        is_stored=award.stored_at is not None,
        has_file=award.has_file,
        erased_at=award.erasure_asked_at,
        is_past=award.is_past,
        is_being_prepared=award.stored_at is None and not award.drawing_problem,
        standing=standing_of(award),
    )


def size_of(award: Award) -> int:
    """How many bytes the stored file has; 0 where there is none, or where it is gone."""
    try:
        return award.file.size if award.has_file else 0
    except OSError:
        return 0


def _renewal(award):
    if award.valid_until is None or award.revoked_at or award.superseded_at:
        return {"renewal": "", "renewal_url": ""}
    course = renewing_course(award)
    if course is None:
        return {"renewal": "", "renewal_url": ""}
    return {"renewal": course.localized.title, "renewal_url": course.localized.url}


def words_in_full(award: Award) -> list[dict]:
    """Everything that the paper says, language by language in its order: the accessible twin of the file."""
    snapshot = award.snapshot
    signed = snapshot["signatories"] if "signatories" in snapshot else [snapshot["signatory"]]
    return [
        snapshot["words"][language]
        | {
            "language": language,
            "signatories": [{"name": one["name"], "office": one["offices"][language]} for one in signed],
        }
        for language in snapshot["languages"]
    ]


def linkedin_url(award: Award, words: dict) -> str:
    """Where LinkedIn asks a person to add this award to their profile; nothing is sent before they follow it."""
    day = date.fromisoformat(award.snapshot["completed_on"])
    asked = {
        "startTask": "CERTIFICATION_NAME",
        "name": words["course"],
        "organizationName": words["institution"],
        "issueYear": day.year,
        "issueMonth": day.month,
        "certId": award.number,
        "certUrl": verify_url(award.code),
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(asked)}"


def completed_without_award(person: User) -> list[Enrolment]:
    """Enrolments whose award waits for the printed name to be confirmed: completed, or attended as the rule asks."""
    if person.name_confirmed_at:
        return []
    waiting = awaiting_award().filter(person=person)
    related = ("edition__course__award__award_type", "course_completion")
    return [one for one in waiting.select_related(*related) if waits_for_the_name(one)]
