"""What certificates answer when Wagtail or the apps below ask."""

from wagtail import hooks

from certificates.readiness import course_award_problems


@hooks.register("course_publish_problems")
def award_problems(course):
    """A course must be able to give the award it promises."""
    return course_award_problems(course)
