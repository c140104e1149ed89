"""Addresses under h5p/ for people who play. They carry tokens and no language."""

from django.urls import path

from learning.interactive.views import playing

app_name = "interactive"

urlpatterns = [
    path("play/<str:token>/", playing.play, name="play"),
    path("begin/<str:token>/", playing.begin, name="begin"),
]
