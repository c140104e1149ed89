"""Addresses of bringing questions in and taking them out, under the CMS."""

from django.urls import path

from assessments.authoring.views import exchange

app_name = "question_exchange"

urlpatterns = [
    path("<int:bank_id>/import/", exchange.import_questions, name="import"),
    path("<int:bank_id>/export/", exchange.export_questions, name="export"),
    path("imports/<uuid:key>/", exchange.preview, name="preview"),
    path("imports/<uuid:key>/confirm/", exchange.confirm, name="confirm"),
    path("imports/<uuid:key>/discard/", exchange.discard, name="discard"),
]
