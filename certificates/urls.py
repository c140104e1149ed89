"""Addresses under the language prefix: awards/… and verify/…."""

app_name = "certificates"

urlpatterns = []
