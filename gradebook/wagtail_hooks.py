"""The gradebook in the CMS: screens, addresses, and the words of what was done."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from foundation.audit.actions import register_action
from gradebook.admin_views import cells, exchange, grid, learner, release, setup
from gradebook.models import GradeScale
from gradebook.viewsets import GradeScaleViewSet, ScalePolicy

register_permission_policy(GradeScale, ScalePolicy(GradeScale))

register_action("gradebook.enter", _("Result entered by staff"))
register_action("gradebook.apply_batch", _("Results pasted or read from a file"))
register_action("gradebook.release", _("Results released"))
register_action("gradebook.hide", _("Results hidden again"))
register_action("gradebook.create_scheme", _("Gradebook begun"))
register_action("gradebook.change_scheme", _("Weights and scale changed"))
register_action("gradebook.add_items", _("Items added to the gradebook"))
register_action("gradebook.leave_out", _("Item left out of the gradebook"))
register_action("gradebook.take_back", _("Item taken back into the gradebook"))
register_action("gradebook.export", _("Gradebook downloaded"))
register_action("gradebook.add_scale", _("Grading scale added"))
register_action("gradebook.change_scale", _("Grading scale changed"))

urls = [
    path("<int:pk>/", grid.grid, name="grid"),
    path("<int:pk>/cell/", cells.save_cell, name="save_cell"),
    path("<int:pk>/cell/<int:enrolment_id>/<int:item_id>/", cells.explain_cell, name="explain_cell"),
    path("<int:pk>/entries/<int:entry_id>/undo/", cells.undo, name="undo"),
    path("<int:pk>/learners/<int:enrolment_id>/", learner.learner, name="learner"),
    path("<int:pk>/learners/<int:enrolment_id>/<int:item_id>/", learner.entry, name="entry"),
    path("<int:pk>/create/", setup.create, name="create"),
    path("<int:pk>/setup/", setup.setup, name="setup"),
    path("<int:pk>/items/add/", setup.add_item, name="add_item"),
    path("<int:pk>/items/offered/", setup.add_activities, name="add_activities"),
    path("<int:pk>/items/<int:item_id>/leave-out/", setup.leave_out, name="leave_out"),
    path("<int:pk>/items/<int:item_id>/take-back/", setup.take_back, name="take_back"),
    path("<int:pk>/release/", release.release, name="release"),
    path("<int:pk>/paste/", exchange.paste, name="paste"),
    path("<int:pk>/file/", exchange.upload, name="upload"),
    path("<int:pk>/confirm/", exchange.confirm, name="confirm"),
    path("<int:pk>/export/", exchange.export, name="export"),
]


@hooks.register("register_admin_urls")
def gradebook_urls():
    """Our screens, under the CMS."""
    return [path("gradebook/", include((urls, "edition_grades")))]


@hooks.register("register_admin_viewset")
def grading_scales():
    """The scales."""
    return GradeScaleViewSet("grading_scales", url_prefix="grading-scales")
