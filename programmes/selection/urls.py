"""Addresses of applicants: the decision, and the answer to it."""

from django.http import HttpResponse
from django.urls import path

app_name = "selection"

urlpatterns = [path("apply/<slug:code>/decision/", lambda request, code: HttpResponse(""), name="decision")]
