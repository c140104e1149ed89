"""Addresses of a person's own pages, before allauth's."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("confirm-email/<str:key>/", views.ConfirmEmail.as_view(), name="confirm_email"),
]
