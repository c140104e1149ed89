"""Addresses under learn/."""

from django.urls import path

from learning import views
from learning.interactive.views import answers as interactive_answers

app_name = "learning"

urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("<slug:edition_code>/", views.outline, name="outline"),
    path("<slug:edition_code>/questions/", views.threads, name="threads"),
    path("<slug:edition_code>/questions/<int:thread_id>/", views.thread, name="thread"),
    path("<slug:edition_code>/<int:lesson_id>/", views.lesson, name="lesson"),
    path("<slug:edition_code>/<int:lesson_id>/ask/", views.ask_tutor, name="ask_tutor"),
    path(
        "<slug:edition_code>/activities/<int:activity_id>/complete/",
        views.complete_activity,
        name="complete_activity",
    ),
    path(
        "<slug:edition_code>/attempts/<int:attempt_id>/answers/",
        interactive_answers.my_answers,
        name="interactive_answers",
    ),
    path(
        "<slug:edition_code>/activities/<int:activity_id>/standing/",
        views.activity_standing,
        name="activity_standing",
    ),
]
