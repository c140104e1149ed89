"""Addresses of quizzes under learn/."""

from django.urls import path

from assessments import views

app_name = "assessments"

urlpatterns = [
    path("<slug:edition_code>/quiz/<int:activity_id>/", views.quiz, name="quiz"),
    path("<slug:edition_code>/quiz/<int:activity_id>/begin/", views.begin_quiz, name="begin_quiz"),
    path("<slug:edition_code>/attempts/<int:attempt_id>/", views.attempt, name="attempt"),
    path(
        "<slug:edition_code>/attempts/<int:attempt_id>/answers/<int:item_id>/",
        views.save_answer,
        name="save_answer",
    ),
    path(
        "<slug:edition_code>/attempts/<int:attempt_id>/answers/<int:item_id>/flag/",
        views.flag_item,
        name="flag_item",
    ),
    path(
        "<slug:edition_code>/attempts/<int:attempt_id>/answers/<int:item_id>/check/",
        views.check_answer,
        name="check_answer",
    ),
    path(
        "<slug:edition_code>/attempts/<int:attempt_id>/answers/<int:item_id>/files/",
        views.add_file,
        name="add_file",
    ),
    path(
        "<slug:edition_code>/attempts/<int:attempt_id>/files/<uuid:key>/",
        views.answer_file,
        name="answer_file",
    ),
    path(
        "<slug:edition_code>/attempts/<int:attempt_id>/files/<uuid:key>/remove/",
        views.remove_file,
        name="remove_file",
    ),
    path("<slug:edition_code>/attempts/<int:attempt_id>/time/", views.time_left, name="time_left"),
    path("<slug:edition_code>/attempts/<int:attempt_id>/receipt/", views.receipt, name="receipt"),
    path("<slug:edition_code>/attempts/<int:attempt_id>/review/", views.review, name="review"),
    path("<slug:edition_code>/attempts/<int:attempt_id>/hand-in/", views.hand_in, name="hand_in"),
    path("<slug:edition_code>/attempts/<int:attempt_id>/result/", views.result, name="result"),
]
