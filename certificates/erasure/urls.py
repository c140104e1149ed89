"""Addresses of erasing, in the CMS."""

from django.urls import path

from certificates.erasure import views

app_name = "award_erasure"

urlpatterns = [path("<int:pk>/", views.erase, name="erase")]
