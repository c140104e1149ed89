"""How well did they do?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """How well did they do?"""

    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self):
        """Listen for quizzes going live, and offer quizzes where activities are chosen."""
        from assessments import audited, receivers  # noqa: F401
        from assessments.assignments import receivers as of_assignments  # noqa: F401
        from assessments.models import Assignment, Quiz
        from courses import activities

        activities.register(
            "quiz",
            Quiz,
            label=_("Quiz"),
            description=_("Questions graded at once."),
            icon="form",
            begin=Quiz.begin,
        )
        activities.register(
            "assignment",
            Assignment,
            label=_("Assignment"),
            description=_("A text or files to hand in, marked by a person."),
            icon="doc-full",
            begin=Assignment.begin,
        )
