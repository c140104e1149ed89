"""Addresses of moot courts under moots/: participants’ by code, judges’ under bench/."""

from django.urls import path

from moots.views import bench, participants, reading

app_name = "moots"

SEAT = "bench/<int:seat_id>/"
MOOT = "<slug:code>/"

urlpatterns = [
    path("", participants.own, name="own"),
    path(SEAT, bench.bench, name="bench"),
    path(f"{SEAT}cards/<int:appearance_id>/<int:speaker_id>/", bench.save_card, name="save_card"),
    path(f"{SEAT}hand-in/", bench.hand_in_scores, name="hand_in_scores"),
    path(f"{SEAT}reasons/<int:appearance_id>/", bench.write_reasons, name="write_reasons"),
    path(f"{SEAT}memorials/<int:memorial_id>/", bench.memorial, name="memorial_to_judge"),
    path(f"{SEAT}case-file/<int:document_id>/", bench.document, name="document_to_judge"),
    path(f"{SEAT}case-file/<int:document_id>/<int:file_id>/", bench.case_file, name="case_file_to_judge"),
    path(f"{SEAT}hearing/", bench.hearing, name="hearing_to_judge"),
    path(MOOT, participants.moot, name="moot"),
    path(f"{MOOT}rounds/<int:appearance_id>/", participants.appearance, name="appearance"),
    path(
        f"{MOOT}rounds/<int:appearance_id>/memorial/", participants.hand_in_memorial, name="hand_in_memorial"
    ),
    path(f"{MOOT}rounds/<int:appearance_id>/speakers/", participants.name_speakers, name="name_speakers"),
    path(f"{MOOT}hearings/<int:pairing_id>/", participants.hearing, name="hearing"),
    path(f"{MOOT}results/", participants.results, name="results"),
    path(f"{MOOT}archive/", reading.archive, name="archive"),
    path(f"{MOOT}archive/<int:memorial_id>/", reading.archived_memorial, name="archived_memorial"),
    path(f"{MOOT}memorials/<int:memorial_id>/", reading.memorial, name="memorial"),
    path(f"{MOOT}case-file/<int:document_id>/", reading.document, name="document"),
    path(f"{MOOT}case-file/<int:document_id>/<int:file_id>/", reading.case_file, name="case_file"),
]
