"""Addresses under h5p/ for people who play. They carry tokens and no language."""

from django.urls import path

from learning.interactive.views import playing, reporting

app_name = "interactive"

urlpatterns = [
    path("play/<str:token>/", playing.play, name="play"),
    path("begin/<str:token>/", playing.begin, name="begin"),
    path("state/<str:token>/", reporting.state, name="state"),
    path("finished/<str:token>/", reporting.finished, name="finished"),
    path("statements/<str:token>/", reporting.statements, name="statements"),
    path("again/<str:token>/", reporting.again, name="again"),
]
