"""What people have done, written directly; tests of doing it call the services."""

from django.utils import timezone

from learning.models import Attempt, Completion, CourseCompletion


def make_attempt(enrolment, activity, *, score=None, finished=None, **fields):
    """An attempt at an activity; giving a score hands it in."""
    finished = score is not None if finished is None else finished
    defaults = {
        "number": enrolment.attempts.filter(activity=activity).count() + 1,
        "language": enrolment.language,
        "pass_mark": activity.pass_mark,
        "finished_at": timezone.now() if finished else None,
    }
    return Attempt.objects.create(enrolment=enrolment, activity=activity, score=score, **defaults | fields)


def make_completion(enrolment, activity):
    """An activity done."""
    return Completion.objects.create(enrolment=enrolment, activity=activity, language=enrolment.language)


def make_course_completion(enrolment, **fields):
    """A course completed."""
    return CourseCompletion.objects.create(enrolment=enrolment, **fields)
