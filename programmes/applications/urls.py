"""Addresses of applicants and referees."""

from django.urls import path

from programmes.applications.views import applicant, referee, uploads

app_name = "applications"

CALL = "apply/<slug:code>/"
DOCUMENT = f"{CALL}documents/<slug:key>/"

urlpatterns = [
    path(CALL, applicant.start, name="start"),
    path(f"{CALL}begin/", applicant.begin, name="begin"),
    path(f"{CALL}person/", applicant.person, name="person"),
    path(f"{CALL}questions/", applicant.questions, name="questions"),
    path(f"{CALL}documents/", uploads.documents, name="documents"),
    path(f"{CALL}files/<int:version_id>/", uploads.file, name="file"),
    path(f"{DOCUMENT}upload/", uploads.upload, name="upload"),
    path(f"{DOCUMENT}parts/", uploads.begin_parts, name="begin_parts"),
    path(f"{DOCUMENT}parts/<uuid:upload_key>/<int:offset>/", uploads.part, name="part"),
    path(f"{CALL}referees/", applicant.referees, name="referees"),
    path(f"{CALL}referees/<int:referee_id>/", applicant.change_referee, name="change_referee"),
    path(f"{CALL}review/", applicant.review, name="review"),
    path(f"{CALL}receipt/", applicant.receipt, name="receipt"),
    path(f"{CALL}messages/", applicant.conversation, name="messages"),
    path(f"{CALL}withdraw/", applicant.withdraw, name="withdraw"),
    path("referee/<str:token>/", referee.referee, name="referee"),
]
