"""Addresses of the quiz screens, under the CMS."""

from django.urls import path

from assessments.authoring.views import places, preview, questions, quizzes, rules, words

app_name = "quizzes"

urlpatterns = [
    path("", quizzes.QuizIndexView.as_view(), name="index"),
    path("results/", quizzes.QuizIndexView.as_view(results_only=True), name="index_results"),
    path("new/", quizzes.begin, name="begin"),
    path("<int:quiz_id>/", quizzes.edit, name="edit"),
    path("<int:quiz_id>/rules/", rules.rules, name="rules"),
    path("<int:quiz_id>/arrange/", quizzes.arrange, name="arrange"),
    path("<int:quiz_id>/preview/", preview.quiz, name="preview"),
    path("<int:quiz_id>/preview/question/", preview.in_quiz, name="preview_question"),
    path("<int:quiz_id>/questions/new/", questions.add_to_quiz, name="add_question"),
    path("<int:quiz_id>/questions/choose/", places.choose, name="choose"),
    path("<int:quiz_id>/questions/<int:question_id>/", questions.edit_in_quiz, name="edit_question"),
    path("<int:quiz_id>/draws/new/", places.draw, name="add_draw"),
    path("<int:quiz_id>/draws/pool/", places.count_pool, name="count_pool"),
    path("<int:quiz_id>/draws/<int:place>/", places.draw, name="edit_draw"),
    path("<int:quiz_id>/sections/new/", places.section, name="add_section"),
    path("<int:quiz_id>/sections/<int:place>/", places.section, name="edit_section"),
    path("<int:quiz_id>/words/<slug:language>/", words.quiz_words, name="words"),
    path(
        "<int:quiz_id>/questions/<int:question_id>/words/<slug:language>/",
        words.question_words,
        name="question_words",
    ),
]
