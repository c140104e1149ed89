"""Addresses under courses/."""

app_name = "enrolments"

urlpatterns = []
