"""Addresses of the quiz screens, under the CMS."""

from django.urls import path

from assessments.authoring.views import preview, questions, quizzes, words

app_name = "quizzes"

urlpatterns = [
    path("", quizzes.QuizIndexView.as_view(), name="index"),
    path("results/", quizzes.QuizIndexView.as_view(results_only=True), name="index_results"),
    path("new/", quizzes.begin, name="begin"),
    path("<int:quiz_id>/", quizzes.edit, name="edit"),
    path("<int:quiz_id>/preview/", preview.quiz, name="preview"),
    path("<int:quiz_id>/preview/question/", preview.question, name="preview_question"),
    path("<int:quiz_id>/questions/new/", questions.add, name="add_question"),
    path("<int:quiz_id>/questions/<int:question_id>/", questions.edit, name="edit_question"),
    path("<int:quiz_id>/questions/<int:question_id>/move/", quizzes.move, name="move_question"),
    path("<int:quiz_id>/questions/<int:question_id>/remove/", quizzes.remove, name="remove_question"),
    path("<int:quiz_id>/words/<slug:language>/", words.quiz_words, name="words"),
    path(
        "<int:quiz_id>/questions/<int:question_id>/words/<slug:language>/",
        words.question_words,
        name="question_words",
    ),
]
