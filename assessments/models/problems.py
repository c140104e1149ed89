"""What is missing before learners may meet a question, in sentences for its author."""

from django.utils.translation import gettext as _

from assessments.models.rubrics import rubric_problems


def question_problems(question, language: str) -> list[str]:
    """What is missing, with the words of one language; each sentence begins with the question's name."""
    problems = list(question.behaviour.problems(question.content, language))
    if question.kind == "hotspot" and not question.image_id:
        problems.append(_("Choose the picture."))
    if question.kind == "case" and not question.parts.all():
        problems.append(_("It has no questions yet."))
    if question.rubric_version:
        problems += rubric_problems(question.rubric_version.content)
    return [
        _("“%(question)s”: %(problem)s") % {"question": question.name, "problem": problem}
        for problem in problems
    ]
