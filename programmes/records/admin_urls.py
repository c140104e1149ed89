"""Addresses of the registrar's screens about academic records."""

from django.urls import path

from programmes.records.admin_views import boards, cases, missing, papers, rules, sheet

app_name = "programme_records"

urlpatterns = [
    path("", sheet.sheet, name="sheet"),
    path("export/", sheet.export, name="export"),
    path("students/<uuid:key>/", sheet.student, name="student"),
    path("students/<uuid:key>/papers/", papers.issue_paper, name="issue_paper"),
    path("students/<uuid:key>/diploma/", papers.issue_diploma, name="issue_diploma"),
    path("missing/", missing.missing, name="missing"),
    path("papers/", papers.everybody, name="papers"),
    path("papers/<int:template_id>/<str:form>/", papers.collect, name="collect_papers"),
    path("boards/", boards.boards, name="boards"),
    path("boards/<int:pk>/", boards.board, name="board"),
    path("boards/<int:pk>/prepare/", boards.prepare_agenda, name="prepare_agenda"),
    path("boards/<int:pk>/as-proposed/", boards.decide_as_proposed, name="decide_as_proposed"),
    path("boards/<int:pk>/points/<int:item_id>/", boards.decide, name="decide"),
    path("boards/<int:pk>/close/", boards.close_board, name="close_board"),
    path("rules/", rules.rules, name="rules"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<int:pk>/", cases.decide_case, name="decide_case"),
    path("cases/<int:pk>/result/", cases.record_resit, name="record_resit"),
    path("cases/<int:pk>/back/", cases.end_leave, name="end_leave"),
]
