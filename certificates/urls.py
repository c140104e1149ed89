"""Addresses of awards and of verification."""

from django.urls import path

from certificates import views
from certificates.badges import views as badges

app_name = "certificates"

urlpatterns = [
    path("awards/", views.my_awards, name="my_awards"),
    path("awards/name/", views.confirm_name, name="confirm_name"),
    path("awards/<str:code>/", views.award, name="award"),
    path("awards/<str:code>/download/", views.download, name="download"),
    path("awards/<str:code>/badge/", badges.badge, name="badge"),
    path("verify/", views.verify, name="verify"),
    path("verify/file/", views.verify_file, name="verify_file"),
    path("verify/keys/", views.signing_keys, name="signing_keys"),
    path("verify/<slug:code>/", views.verify, name="verify"),
]
