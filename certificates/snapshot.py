"""What an award says, frozen when it is issued: plain values only, all words already in their languages."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from certificates.models import AwardType
from courses.titles import title_in
from enrolments.models import Enrolment

SECOND_LANGUAGE = "en"


def snapshot_of(enrolment: Enrolment, award_type: AwardType, completed_at) -> dict:
    """Everything the paper and the verification page will ever say about this award."""
    edition, person = enrolment.edition, enrolment.person
    wordings = {wording.language: wording for wording in award_type.wordings.all()}
    own = enrolment.language if enrolment.language in wordings else edition.course.locale.language_code
    languages = [language for language in (own, SECOND_LANGUAGE) if language in wordings]
    day = completed_at.astimezone(ZoneInfo(edition.time_zone)).date()
    return {
        "name": person.name_for_certificate,
        "languages": list(dict.fromkeys(languages)),
        "award": award_type.name,
        "kind": award_type.kind,
        "hours": str(edition.course.workload_hours),
        "completed_on": day.isoformat(),
        "edition": edition.code,
        "signatory": {"name": award_type.signatory.name, "offices": _offices(award_type.signatory, wordings)},
        "words": {
            language: _words(wording, title_in(edition.course, language), edition.course.workload_hours, day)
            for language, wording in wordings.items()
        },
    }


def sample_snapshot(award_type: AwardType, languages: list[str]) -> dict:
    """The same with an invented person and course, to look at before the first award is issued."""
    wordings = {
        wording.language: wording for wording in award_type.wordings.all() if wording.language in languages
    }
    day = timezone.localdate()
    texts = {}
    for language, wording in wordings.items():
        with override(language):
            texts[language] = _words(
                wording, _("Sample course: Tracing the proceeds of crime"), Decimal(12), day
            )
    with override(languages[0]):
        name = _("Name of the learner")
    return {
        "name": name,
        "languages": languages,
        "signatory": {"name": award_type.signatory.name, "offices": _offices(award_type.signatory, wordings)},
        "words": texts,
    }


def _offices(signatory, wordings):
    return {language: signatory.positions.get(language) or signatory.position for language in wordings}


def _words(wording, course_title, workload, day):
    language = wording.language
    with override(language):
        hours = number_format(workload.normalize(), use_l10n=True)
        return {
            "institution": settings.INSTITUTION_NAMES.get(language, settings.INSTITUTION_NAMES["en"]),
            "title": wording.title,
            "presented": wording.presented_to,
            "achievement": wording.achievement,
            "course": course_title,
            "facts": [
                _("%(hours)s hours of study") % {"hours": hours},
                _("completed on %(date)s") % {"date": format_date(day, "j F Y")},
            ],
            "number_label": _("Registry number"),
            "code_label": _("Verification code"),
            "verify_label": _("Verify at"),
            "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        }


def issue_moment():
    """Now, to the second: what is printed and what is stored agree."""
    return timezone.now().replace(microsecond=0)
