"""Selection in the CMS: addresses and the ways there."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from programmes.interviews.admin_views import interviews
from programmes.selection import access
from programmes.selection.admin_views import assessing, committee, files, letters, places, setup

CALL = "<int:call_id>/"
APPLICATION = f"{CALL}applications/<int:pk>/"

selection_urls = [
    path("", committee.index, name="index"),
    path(CALL, committee.show_committee, name="committee"),
    path(f"{CALL}export/", committee.export, name="export"),
    path(f"{CALL}setup/", setup.setup, name="setup"),
    path(f"{CALL}setup/from/<int:source_id>/", setup.take_over, name="take_over"),
    path(f"{CALL}criteria/add/", setup.edit_criterion, name="add_criterion"),
    path(f"{CALL}criteria/<int:pk>/", setup.edit_criterion, name="edit_criterion"),
    path(f"{CALL}criteria/<int:pk>/retire/", setup.retire_criterion, name="retire_criterion"),
    path(f"{CALL}assessors/", setup.assessors, name="assessors"),
    path(f"{CALL}assessors/share-out/", setup.share_out, name="share_out"),
    path(f"{CALL}assignments/<int:pk>/take-away/", setup.take_away, name="take_away"),
    path(f"{CALL}assignments/<int:pk>/reopen/", setup.reopen, name="reopen"),
    path(APPLICATION, setup.application, name="application"),
    path(f"{APPLICATION}files/<int:version_id>/", files.file, name="file"),
    path(f"{APPLICATION}letters/<int:letter_id>/", files.letter, name="letter"),
    path(f"{CALL}letters/", letters.letters, name="letters"),
    path(f"{CALL}letters/<slug:occasion>/<slug:language>/", letters.template, name="template"),
    path(f"{CALL}places/", places.places, name="places"),
    path(f"{CALL}places/order/", places.reorder, name="reorder"),
    path(f"{CALL}places/<int:pk>/withdraw/", places.withdraw_offer, name="withdraw_offer"),
    path(f"{CALL}conditions/<int:pk>/meet/", places.meet, name="meet"),
    path(f"{CALL}conditions/<int:pk>/move/", places.move, name="move"),
]
assessing_urls = [
    path("", assessing.index, name="index"),
    path("<int:pk>/", assessing.assess, name="assess"),
    path("<int:pk>/declare/", assessing.declare, name="declare"),
    path("<int:pk>/save/", assessing.save, name="save"),
    path("<int:pk>/files/<int:version_id>/", assessing.file, name="file"),
    path("<int:pk>/letters/<int:letter_id>/", assessing.letter, name="letter"),
]
interviewing_urls = [
    path("", interviews.my_interviews, name="mine"),
    path("<int:pk>/", interviews.record, name="record"),
    path("calls/<int:call_id>/", interviews.interviews, name="interviews"),
    path("calls/<int:call_id>/invite/", interviews.invite, name="invite"),
    path("calls/<int:call_id>/slots/<int:pk>/cancel/", interviews.cancel_slot, name="cancel_slot"),
]


@hooks.register("register_admin_urls")
def selection_screens():
    """The screens."""
    return [
        path("selection/", include((selection_urls, "selecting"))),
        path("assessing/", include((assessing_urls, "assessing"))),
        path("interviews/", include((interviewing_urls, "interviewing"))),
    ]


class SelectionMenuItem(MenuItem):
    """Shown to the committee."""

    def is_shown(self, request):
        """Whether the person decides on any edition's applications."""
        return access.selects_any(request.user)


class AssessingMenuItem(MenuItem):
    """Shown to assessors."""

    def is_shown(self, request):
        """Whether the person is an assessor of any edition."""
        return access.assesses_any(request.user)


class InterviewsMenuItem(MenuItem):
    """Shown to whoever has a role on an edition: interviewers are chosen among them."""

    def is_shown(self, request):
        """Whether the person may hear interviews."""
        return access.holds_a_role(request.user)


@hooks.register("register_programmes_menu_item")
def selection_menu_item():
    """The way to the committee's pages."""
    return SelectionMenuItem(
        _("Selection"), reverse("selecting:index"), name="selection", icon_name="group", order=300
    )


@hooks.register("register_programmes_menu_item")
def assessing_menu_item():
    """The way to what is assigned to the person."""
    return AssessingMenuItem(
        _("Applications to assess"), reverse("assessing:index"), name="assessing", icon_name="edit", order=310
    )


@hooks.register("register_programmes_menu_item")
def interviews_menu_item():
    """The way to the interviews one hears."""
    return InterviewsMenuItem(
        _("My interviews"),
        reverse("interviewing:mine"),
        name="interviews",
        icon_name="calendar-alt",
        order=320,
    )
