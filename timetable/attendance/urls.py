"""Addresses of attendance under timetable/."""

from django.urls import path

from timetable.attendance.views import registers

app_name = "attendance"

urlpatterns = [
    path("sessions/keeper.js", registers.keeper, name="keeper"),
    path("sessions/<uuid:key>/register/", registers.register, name="register"),
]
