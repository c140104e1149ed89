"""Addresses under learn/."""

from django.urls import path

from gradebook import views

app_name = "gradebook"

urlpatterns = [path("<slug:edition_code>/grades/", views.my_results, name="my_results")]
