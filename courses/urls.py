"""Addresses of the course screens, under the CMS."""

from django.urls import path

from courses.views import history, outline, overview, preview, review, team

app_name = "courses"

urlpatterns = [
    path("", overview.index, name="index"),
    path("reviews/", overview.reviews, name="reviews"),
    path("<int:course_id>/", outline.outline, name="outline"),
    path("<int:course_id>/move/<int:page_id>/", outline.move, name="move"),
    path("<int:course_id>/submit/", review.submit, name="submit"),
    path("<int:course_id>/publish/", review.publish, name="publish"),
    path("<int:course_id>/history/", history.history, name="history"),
    path("<int:course_id>/history/<int:number>/restore/", history.restore, name="restore"),
    path("<int:course_id>/team/", team.team, name="team"),
    path("<int:course_id>/team/<int:role_id>/end/", team.end, name="end_role"),
    path("<int:course_id>/preview/", preview.course, name="preview"),
    path("<int:course_id>/preview/<int:page_id>/", preview.page, name="preview_page"),
    path("changes/<int:change_set_id>/", review.change_set, name="change_set"),
    path("changes/<int:change_set_id>/approve/", review.approve, name="approve"),
    path("changes/<int:change_set_id>/return/", review.return_to_author, name="return"),
    path("changes/<int:change_set_id>/comment/", review.comment, name="comment"),
    path("changes/<int:change_set_id>/withdraw/", review.withdraw, name="withdraw"),
    path("changes/<int:change_set_id>/preview/<int:item_id>/", preview.item, name="preview_item"),
]
