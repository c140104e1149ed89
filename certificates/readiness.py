"""What an award type or a course still lacks before it can give what it promises."""

from django.utils.translation import gettext as _

from certificates.models import AwardType, CourseAward
from courses.models import CoursePage


def award_type_problems(award_type: AwardType, language: str) -> list[str]:
    """Sentences that say what is missing before this award can be printed in a language."""
    name = {"award": award_type.name}
    problems = []
    if award_type.retired_at:
        problems.append(_("The award “%(award)s” has been retired.") % name)
    if not award_type.rule:
        problems.append(_("The award “%(award)s” has no rule that says when it is given.") % name)
    if award_type.signatory is None:
        problems.append(_("The award “%(award)s” has no signatory.") % name)
    languages = {wording.language for wording in award_type.wordings.all()}
    if not languages & {language, "en"}:
        problems.append(_("The award “%(award)s” has no wording in the language of the course or in English.") % name)
    return problems


def course_award_problems(course: CoursePage) -> list[str]:
    """Why the course cannot give the award it promises; none when it promises nothing or can."""
    if not course.award_kind:
        return []
    given = CourseAward.objects.filter(course=course.canonical).select_related("award_type__signatory").first()
    if given is None:
        promised = course.get_award_kind_display()
        return [_("The course promises a “%(award)s”, but no award has been set up for it.") % {"award": promised}]
    if given.award_type.kind != course.award_kind:
        return [
            _("The course promises a “%(promised)s”, but the award set up for it is a “%(given)s”.")
            % {"promised": course.get_award_kind_display(), "given": given.award_type.get_kind_display()}
        ]
    return award_type_problems(given.award_type, course.locale.language_code)
