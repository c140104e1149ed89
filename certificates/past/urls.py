"""Addresses of past awards, in the CMS."""

from django.urls import path

from certificates.past import views

app_name = "past_awards"

urlpatterns = [
    path("", views.index, name="index"),
    path("example.xlsx", views.example, name="example"),
    path("<int:pk>/", views.preview, name="preview"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("award/<int:pk>/scan/", views.scan, name="scan"),
    path("award/<int:pk>/correct/", views.correct, name="correct"),
]
