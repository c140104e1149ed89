"""Addresses under learn/."""

app_name = "learning"

urlpatterns = []
