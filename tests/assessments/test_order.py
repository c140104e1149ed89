"""Questions are asked in the order the author gave them, whatever the database likes to answer with."""

import pytest

from assessments.models import QuizItem
from assessments.publishing import freeze_quiz
from tests.factories.assessments import make_quiz


@pytest.mark.django_db
def test_a_quiz_is_published_in_its_authors_order():
    quiz = make_quiz(questions=3)
    for item, place in zip(quiz.items.all(), (2, 0, 1), strict=True):
        QuizItem.objects.filter(pk=item.pk).update(sort_order=place)
    wanted = [item.question_id for item in sorted(QuizItem.objects.all(), key=lambda item: item.sort_order)]

    version = freeze_quiz(type(quiz).objects.get(pk=quiz.pk))

    assert [place.question_version.question_id for place in version.quiz_items.all()] == wanted
