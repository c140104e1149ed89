"""What an award type or a course still lacks before it can give what it promises."""

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import AwardType, CourseAward, Rule, Signatory
from certificates.refusing import said
from certificates.signing.keys import key_problem
from courses.models import CoursePage

FALLBACK_LANGUAGE = "en"


def printing_problems(award_type: AwardType, language: str) -> list[str]:
    """Sentences that say what is missing before this award can be printed in a language."""
    name = {"award": award_type.name}
    problems = []
    if award_type.signatory is None:
        problems.append(_("The award “%(award)s” has no signatory.") % name)
    if award_type.design and not award_type.design.versions.all():
        problems.append(
            _("The design “%(design)s” of the award “%(award)s” has never been published.")
            % (name | {"design": award_type.design.name})
        )
    languages = {wording.language for wording in award_type.wordings.all()}
    if not languages & {language, FALLBACK_LANGUAGE}:
        problems.append(
            _("The award “%(award)s” has no wording in the language of the course or in English.") % name
        )
    return problems


def award_type_problems(award_type: AwardType, language: str = FALLBACK_LANGUAGE) -> list[str]:
    """Sentences that say what is missing before a course in this language can give the award."""
    name = {"award": award_type.name}
    problems = []
    if award_type.retired_at:
        problems.append(_("The award “%(award)s” has been retired.") % name)
    if not award_type.rule:
        problems.append(_("The award “%(award)s” has no rule that says when it is given.") % name)
    if award_type.rule == Rule.GRADE and award_type.minimum_grade is None:
        problems.append(_("The award “%(award)s” asks for a grade but does not say for which one.") % name)
    if award_type.rule == Rule.ATTENDANCE and award_type.minimum_attendance is None:
        problems.append(_("The award “%(award)s” asks for attendance but does not say for how much.") % name)
    if award_type.rule == Rule.HOURS and award_type.minimum_hours is None:
        problems.append(_("The award “%(award)s” asks for hours but does not say for how many.") % name)
    problems += printing_problems(award_type, language)
    for signatory in signatories_of(award_type):
        if not signatory.signs_on(timezone.localdate()):
            problems.append(
                _(
                    "The award “%(award)s” is signed by %(signatory)s, who no longer signs. "
                    "Choose another signatory."
                )
                % (name | {"signatory": signatory.name})
            )
    return problems


def signatories_of(award_type: AwardType) -> list[Signatory]:
    """Everybody who signs, the first one first."""
    others = [one.signatory for one in award_type.cosignatories.all()]
    return [*([award_type.signatory] if award_type.signatory else []), *others]


def signing_problems() -> list[str]:
    """Why no award can be signed, whatever it is; awards that are earned meanwhile wait."""
    problem = key_problem()
    return (
        [_("Awards cannot be signed at the moment: %(problem)s") % {"problem": said(problem)}]
        if problem
        else []
    )


def course_award_problems(course: CoursePage) -> list[str]:
    """Why the course cannot give the award it promises; none when it promises nothing or can."""
    if not course.award_kind:
        return []
    given = (
        CourseAward.objects.filter(course=course.canonical).select_related("award_type__signatory").first()
    )
    return given_award_problems(course, given and given.award_type) + signing_problems()


def given_award_problems(course: CoursePage, award_type: AwardType | None) -> list[str]:
    """The same where the award chosen for the course is known."""
    if not course.award_kind:
        return []
    promised = course.get_award_kind_display()
    if award_type is None:
        return [
            _(
                "The course promises a “%(award)s”, but no award has been chosen for it. Choose one under “Award” in "
                "the course's outline."
            )
            % {"award": promised}
        ]
    if award_type.kind != course.award_kind:
        return [
            _("The course promises a “%(promised)s”, but the award chosen for it is a “%(given)s”.")
            % {"promised": promised, "given": award_type.get_kind_display()}
        ]
    return award_type_problems(award_type, course.locale.language_code)
