"""Addresses under the language prefix, before the pages of the CMS."""

app_name = "catalogue"

urlpatterns = []
