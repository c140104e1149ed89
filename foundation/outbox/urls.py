"""Addresses under /mailbox/; the views answer only when DEMO_MAILBOX is on."""

from django.urls import path

from foundation.outbox import views

app_name = "outbox"

urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<int:message_id>/", views.mailbox_message, name="mailbox_message"),
]
