"""Addresses of attendance under timetable/. That of check-in codes carries no language and stands in lms/urls.py."""

from django.urls import path

from timetable.attendance.views import check_in, corrections, documents, mine, registers, sheets

app_name = "attendance"

urlpatterns = [
    path("attendance/", mine.my_attendance, name="my_attendance"),
    path("attendance/documents/<int:pk>/", documents.document, name="document"),
    path("attendance/<slug:edition_code>/", mine.edition_attendance, name="edition_attendance"),
    path("check-in/<str:code>/", check_in.check_in, name="check_in"),
    path("sessions/keeper.js", registers.keeper, name="keeper"),
    path("sessions/<uuid:key>/register/", registers.register, name="register"),
    path("sessions/<uuid:key>/register/sheet/", sheets.sheet, name="sheet"),
    path("sessions/<uuid:key>/register/from-sheet/", sheets.enter_sheet, name="enter_sheet"),
    path(
        "sessions/<uuid:key>/register/<uuid:enrolment_key>/",
        corrections.correct_mark,
        name="correct_mark",
    ),
    path("sessions/<uuid:key>/check-in-code/", check_in.check_in_code, name="check_in_code"),
]
