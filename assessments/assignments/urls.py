"""Addresses of assignments under learn/."""

from django.urls import path

from assessments.assignments.views import learner

app_name = "assignments"

ASSIGNMENT = "<slug:edition_code>/assignments/<int:activity_id>/"
SUBMISSION = "<slug:edition_code>/submissions/<int:submission_id>/"

urlpatterns = [
    path(ASSIGNMENT, learner.assignment, name="assignment"),
    path(f"{ASSIGNMENT}files/<int:file_id>/", learner.attachment, name="attachment"),
    path(f"{ASSIGNMENT}begin/", learner.begin, name="begin"),
    path(f"{SUBMISSION}draft/", learner.draft, name="draft"),
    path(f"{SUBMISSION}draft/text/", learner.save_text, name="save_text"),
    path(f"{SUBMISSION}draft/files/", learner.add_files, name="add_files"),
    path(f"{SUBMISSION}review/", learner.review, name="review"),
    path(f"{SUBMISSION}hand-in/", learner.hand_in, name="hand_in"),
    path(SUBMISSION, learner.submission, name="submission"),
    path(f"{SUBMISSION}files/<int:file_id>/", learner.file, name="file"),
    path(f"{SUBMISSION}returned/<int:file_id>/", learner.returned_file, name="returned_file"),
]
