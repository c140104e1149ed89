"""What an award says, frozen when it is issued: plain values only, all words already in their languages."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from certificates.earning import grade_in_words
from certificates.models import Award, AwardType, AwardWording, Mark, Occasion, Signatory
from certificates.phrases import day_in, hours_of_study, phrase
from certificates.readiness import signatories_of
from courses.titles import title_in
from enrolments.models import Edition, Enrolment

SECOND_LANGUAGE = "en"


class Facts:
    """What is the same in every language: hours, days."""

    def __init__(
        self,
        hours: Decimal | None,
        completed_on: date,
        issued_on: date,
        valid_until: date | None = None,
        dates: tuple[date | None, date | None] = (None, None),
    ):
        self.hours, self.completed_on, self.issued_on = hours, completed_on, issued_on
        self.valid_until, self.dates = valid_until, dates

    def said(self, language: str, grade: str) -> dict[str, str]:
        """The merge fields that say them in a language; what there is nothing to say of is left out."""
        start, end = self.dates
        said = {
            "hours": hours_of_study(self.hours or Decimal(0), language),
            "completed_on": phrase("completed_on", language, day=day_in(self.completed_on, language)),
            "issued_on": _issued_on(language, self.issued_on),
            "qr_alternative": phrase("qr_alternative", language),
        }
        if grade:
            said["grade"] = phrase("grade", language, grade=grade)
        if self.valid_until:
            said["valid_until"] = phrase("valid_until", language, day=day_in(self.valid_until, language))
        if start and end:
            said["dates"] = phrase(
                "dates", language, start=day_in(start, language), end=day_in(end, language)
            )
        return {name: text for name, text in said.items() if text}


def snapshot_of(
    enrolment: Enrolment, award_type: AwardType, earned_at: datetime, *, replaces: Award | None = None
) -> dict:
    """Everything the paper and the verification page will ever say about this award.

    One that replaces another ends on the same day and says the same grade: neither is earned a second time.
    """
    edition, course = enrolment.edition, enrolment.edition.course
    wordings = {wording.language: wording for wording in award_type.wordings.all()}
    own = enrolment.language if enrolment.language in wordings else course.locale.language_code
    zone = ZoneInfo(edition.time_zone)
    day = earned_at.astimezone(zone).date()
    facts = Facts(
        hours=course.workload_hours,
        completed_on=day,
        issued_on=timezone.localdate(timezone=zone),
        valid_until=replaces.valid_until if replaces else valid_until(award_type, day),
        dates=(edition.starts_on, edition.ends_on),
    )
    words = {
        language: words_of(
            wording, title_in(course, language), _said(facts, enrolment, award_type, language, replaces)
        )
        for language, wording in wordings.items()
    }
    name, marks = enrolment.person.name_for_certificate, marks_of(award_type, edition)
    return _frozen(award_type, name, own, facts, words, marks) | {"edition": edition.code}


def occasion_snapshot(
    occasion: Occasion, award_type: AwardType, facts: Facts, *, name: str, language: str, grade: str = ""
) -> dict:
    """The same for what was given for an occasion: its titles stand where a course's title would.

    `grade` is printed as it is in every language: a class such as “Merit” is given by whoever classifies.
    """
    wordings = {wording.language: wording for wording in award_type.wordings.all()}
    words = {
        spoken: words_of(wording, occasion.title_in(spoken), facts.said(spoken, grade))
        for spoken, wording in wordings.items()
    }
    return _frozen(award_type, name, language, facts, words, marks_of(award_type))


def past_snapshot(
    occasion: Occasion, award_type: AwardType, facts: Facts, *, name: str, language: str
) -> dict:
    """What is known of an award given before this site kept the register. Who signed its paper is not."""
    wordings = {wording.language: wording for wording in award_type.wordings.all()}
    words = {
        spoken: words_of(wording, occasion.title_in(spoken), facts.said(spoken, ""))
        for spoken, wording in wordings.items()
    }
    for said in words.values():
        del said["more"]["issued_on"], said["more"]["qr_alternative"]
    spoken = next((one for one in (language, SECOND_LANGUAGE) if one in words), next(iter(words)))
    return _known(award_type, name, [spoken], facts, words) | {"signatories": []}


def renamed(snapshot: dict, name: str) -> dict:
    """The same words issued anew today, with another name where one is given."""
    today = timezone.localdate()
    words = {
        language: said | {"more": said["more"] | {"issued_on": _issued_on(language, today)}}
        if "issued_on" in said.get("more", {})
        else said
        for language, said in snapshot["words"].items()
    }
    return snapshot | {"name": name or snapshot["name"], "words": words}


def _issued_on(language, day):
    return phrase("issued_on", language, day=day_in(day, language))


def _frozen(award_type, name, own, facts, words, marks):
    """What every snapshot has, in the person's own language and English, or else in what there are words in."""
    languages = [language for language in (own, SECOND_LANGUAGE) if language in words] or list(words)[:1]
    return {
        **_known(award_type, name, list(dict.fromkeys(languages)), facts, words),
        **_signed(award_type, words),
        "marks": [_mark(mark) for mark in marks],
    }


def _known(award_type, name, languages, facts, words):
    return {
        "name": name,
        "languages": languages,
        "award": award_type.name,
        "kind": award_type.kind,
        "hours": str(facts.hours) if facts.hours is not None else "",
        "completed_on": facts.completed_on.isoformat(),
        "valid_until": facts.valid_until.isoformat() if facts.valid_until else "",
        "words": words,
    }


def earned_at_of(award: Award) -> datetime:
    """When an award of a course was earned, by the day it says: at noon where its edition is held."""
    zone = ZoneInfo(award.enrolment.edition.time_zone)
    return datetime.combine(date.fromisoformat(award.snapshot["completed_on"]), time(12), zone)


def _said(facts, enrolment, award_type, language, replaces):
    """What merge fields say; a language the award replaced did not have says no grade rather than another one."""
    said = replaces.snapshot["words"] if replaces else {}
    kept = {spoken: words["more"] for spoken, words in said.items() if "more" in words}
    if not kept:
        return facts.said(language, grade_in_words(enrolment, award_type, language))
    grade = kept.get(language, {}).get("grade")
    return facts.said(language, "") | ({"grade": grade} if grade else {})


def sample_snapshot(award_type: AwardType, languages: list[str], name: str = "") -> dict:
    """The same with an invented person and course, to look at before the first award is issued."""
    wordings = {
        wording.language: wording for wording in award_type.wordings.all() if wording.language in languages
    }
    day = timezone.localdate()
    facts = Facts(Decimal(12), day, day, valid_until(award_type, day), (day - timedelta(days=60), day))
    texts = {}
    for language, wording in wordings.items():
        with override(language):
            course = _("Sample course: Tracing the proceeds of crime")
        texts[language] = words_of(wording, course, facts.said(language, "100\N{NO-BREAK SPACE}%"))
    with override(languages[0]):
        name = name or _("Name of the learner")
    return {
        "name": name,
        "languages": languages,
        **_signed(award_type, wordings),
        "marks": [_mark(one.mark) for one in award_type.marks.select_related("mark__picture")],
        "words": texts,
    }


def valid_until(award_type: AwardType, earned_on: date) -> date | None:
    """The last day on which an award earned on this day holds, or None where it holds for ever."""
    if award_type.valid_months is None:
        return None
    months = earned_on.month - 1 + award_type.valid_months
    year, month = earned_on.year + months // 12, months % 12 + 1
    return date(year, month, min(earned_on.day, monthrange(year, month)[1]))


def marks_of(award_type: AwardType, edition: Edition | None = None) -> list[Mark]:
    """The marks an award of this edition carries: those of its type and, where it says so, of partners and donors."""
    marks = [one.mark for one in award_type.marks.select_related("mark__picture")]
    if award_type.prints_marks and edition:
        known = Mark.objects.select_related("picture")
        marks += known.filter(partner__in=edition.partners.all())
        if edition.project_id:
            marks += known.filter(partner__in=edition.project.partners.all())
            marks += known.filter(donor__in=edition.project.donors.all())
    return list(dict.fromkeys(marks))


def _mark(mark: Mark) -> dict[str, str]:
    return {"name": mark.name, "picture": mark.picture.sha256}


def _signed(award_type: AwardType, wordings) -> dict:
    signatories = [_signatory(one, wordings) for one in signatories_of(award_type)]
    # The first also by itself: awards issued before there were several have no other.
    return {"signatory": signatories[0], "signatories": signatories}


def _signatory(signatory: Signatory, wordings) -> dict:
    return {
        "name": signatory.name,
        "offices": {
            language: signatory.positions.get(language) or signatory.position for language in wordings
        },
        "signature": signatory.signature.sha256 if signatory.signature else "",
    }


def words_of(wording: AwardWording, course_title: str, said: dict[str, str]) -> dict:
    """The words of one language: those of the award type, the title of the course, and what merge fields say."""
    language = wording.language
    facts = (said.get(name) for name in ("hours", "completed_on", "grade", "valid_until"))
    return {
        "institution": settings.INSTITUTION_NAMES.get(language, settings.INSTITUTION_NAMES["en"]),
        "title": wording.title,
        "presented": wording.presented_to,
        "achievement": wording.achievement,
        "course": course_title,
        "facts": [fact for fact in facts if fact],
        "number_label": phrase("number_label", language),
        "code_label": phrase("code_label", language),
        "verify_label": phrase("verify_label", language),
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "more": said,
    }


def issue_moment():
    """Now, to the second: what is printed and what is stored agree."""
    return timezone.now().replace(microsecond=0)
