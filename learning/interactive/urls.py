"""Addresses under h5p/ for people who play. They carry tokens and no language."""

app_name = "interactive"

urlpatterns: list = []
