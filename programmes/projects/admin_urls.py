"""Addresses of the coordinator's screens about projects."""

from django.urls import path

from programmes.projects import admin_views as views

app_name = "programme_projects"

urlpatterns = [
    path("", views.projects, name="projects"),
    path("rules/add/", views.rules, name="add_rules"),
    path("rules/<int:pk>/", views.rules, name="rules"),
    path("<int:pk>/", views.project, name="project"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/return/", views.send_back, name="return"),
    path("<int:pk>/examiners/", views.examiners, name="examiners"),
    path("<int:pk>/viva/", views.viva, name="viva"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/corrections/", views.corrections, name="corrections"),
]
