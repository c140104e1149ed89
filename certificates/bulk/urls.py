"""Addresses of issuing to many, in the CMS."""

from django.urls import path

from certificates.bulk import views

app_name = "bulk_awards"

urlpatterns = [
    path("edition/<int:edition_id>/", views.issue, name="issue"),
    path("<int:pk>/", views.order, name="order"),
    path("<int:pk>/e-mails/", views.send_emails, name="send_emails"),
    path("<int:pk>/zip/", views.as_zip, name="as_zip"),
    path("<int:pk>/pdf/", views.as_pdf, name="as_pdf"),
]
