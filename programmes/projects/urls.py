"""Addresses of projects."""

from django.urls import path

from programmes.projects import views

app_name = "projects"

urlpatterns = [
    path("programmes/<slug:code>/projects/<int:place_id>/", views.project, name="project"),
    path("programmes/<slug:code>/projects/<int:place_id>/topic/", views.propose_topic, name="propose_topic"),
    path("programmes/<slug:code>/projects/<int:place_id>/hand-in/", views.hand_in, name="hand_in"),
    path("projects/", views.examined_list, name="examined_list"),
    path("projects/<int:pk>/", views.examined, name="examined"),
    path("projects/<int:pk>/report/", views.report, name="report"),
    path("projects/<int:pk>/milestones/", views.reach_milestone, name="reach_milestone"),
    path("projects/files/<int:pk>/", views.file, name="file"),
]
