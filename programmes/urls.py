"""Addresses under programmes/."""

from django.urls import include, path

app_name = "programmes"

urlpatterns = [path("", include("programmes.studying.urls"))]
