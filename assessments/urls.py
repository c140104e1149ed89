"""Addresses under learn/."""

app_name = "assessments"

urlpatterns = []
