"""Addresses under /mailbox/, on when DEMO_MAILBOX is."""

app_name = "outbox"

urlpatterns = []
