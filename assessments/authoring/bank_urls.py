"""Addresses of the question banks, under the CMS."""

from django.urls import path

from assessments.authoring.views import (
    banks,
    categories,
    pictures,
    preview,
    question_page,
    questions,
    words,
)

app_name = "question_bank"

urlpatterns = [
    path("", banks.index, name="index"),
    path("new/", banks.begin, name="begin"),
    path("<int:bank_id>/", banks.BankView.as_view(), name="bank"),
    path("<int:bank_id>/results/", banks.BankView.as_view(results_only=True), name="bank_results"),
    path("<int:bank_id>/bulk/", banks.bulk, name="bulk"),
    path("<int:bank_id>/categories/", categories.categories, name="categories"),
    path("<int:bank_id>/preview/", preview.in_bank, name="preview"),
    path("<int:bank_id>/questions/new/", questions.add_to_bank, name="add"),
    path("categories/<int:category_id>/", categories.edit, name="category"),
    path("categories/<int:category_id>/delete/", categories.delete, name="delete_category"),
    path("questions/<int:question_id>/", question_page.question, name="question"),
    path("questions/<int:question_id>/edit/", questions.edit_in_bank, name="edit"),
    path("questions/<int:question_id>/look/", question_page.draft_preview, name="look"),
    path("questions/<int:question_id>/versions/<int:number>/", question_page.version_preview, name="version"),
    path("questions/<int:question_id>/words/<slug:language>/", words.bank_words, name="words"),
    path("questions/<int:question_id>/parts/new/", questions.add_to_case, name="add_part"),
    path("questions/<int:question_id>/parts/choose/", question_page.choose_parts, name="choose_parts"),
    path("questions/<int:question_id>/copy/", question_page.copy, name="copy"),
    path("questions/<int:question_id>/delete/", question_page.delete, name="delete"),
    path("questions/<int:question_id>/submit/", question_page.submit, name="submit"),
    path("questions/<int:question_id>/withdraw/", question_page.withdraw, name="withdraw"),
    path("questions/<int:question_id>/approve/", question_page.approve, name="approve"),
    path("questions/<int:question_id>/return/", question_page.give_back, name="return"),
    path("pictures/<int:image_id>/", pictures.picture, name="picture"),
]
