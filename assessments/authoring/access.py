"""Who may see, write and translate a quiz. "Not yours" and "not there" are the same 404."""

from django.http import Http404

from accounts.models import User
from assessments.models import Quiz, QuizItem
from courses.access import can_see, courses_for


def visible_quizzes(user: User):
    """The quizzes of the courses this person works on."""
    return Quiz.objects.filter(course__in=courses_for(user))


def get_quiz_or_404(user: User, quiz_id: int, right=can_see) -> Quiz:
    """The quiz, if the person holds the right on its course."""
    quiz = Quiz.objects.select_related("course__source_locale", "latest_revision").filter(pk=quiz_id).first()
    if quiz is None or not right(user, quiz.course):
        raise Http404
    return quiz


def get_item_or_404(draft: Quiz, question_id: int) -> QuizItem:
    """One question of the quiz as last saved, to read."""
    for item in draft.items_to_read():
        if item.question_id == question_id:
            return item
    raise Http404
