"""The editor of a course's pages: submit for review, and the way back to the outline."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets.button import Button

from courses import access, services
from courses.models import CourseIndexPage, CoursePage
from courses.models.content import CourseContentPage


class SubmitCourseMenuItem(ActionMenuItem):
    """Saves the draft and goes on to submitting the whole course."""

    label = _("Save and submit the course for review…")
    name = "action-submit-course"
    icon_name = "resubmit"
    order = 20
    whole = True

    def is_shown(self, context):
        """For authors of the course, while it is not being reviewed."""
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, CourseContentPage) or context["locked_for_user"]:
            return False
        return access.can_author(context["request"].user, page.course)


class SubmitPageMenuItem(SubmitCourseMenuItem):
    """Saves the draft and goes on to submitting this page alone: the one-line correction."""

    label = _("Save and submit this page only…")
    name = "action-submit-page"
    order = 21

    def is_shown(self, context):
        """Only where the course is live already: a new one goes as a whole."""
        return super().is_shown(context) and context["page"].course.live


@hooks.register("register_page_action_menu_item")
def submit_course_item():
    """Offer submitting the whole course."""
    return SubmitCourseMenuItem()


@hooks.register("register_page_action_menu_item")
def submit_page_item():
    """Offer submitting one page."""
    return SubmitPageMenuItem()


@hooks.register("construct_page_action_menu")
def offer_no_workflow_for_a_new_course(menu_items, request, context):
    """A course is submitted in a change set, from its outline: the form of a new one only saves the draft."""
    if context["view"] == "create" and isinstance(context["parent_page"].specific, CourseIndexPage):
        menu_items[:] = [item for item in menu_items if item.name != "action-submit"]


@hooks.register("after_edit_page")
def go_on_to_submit(request, page):
    """The draft is saved: ask what changed."""
    if not isinstance(page, CourseContentPage):
        return None
    url = reverse("courses:submit", args=[page.course.canonical.pk])
    if "action-submit-course" in request.POST:
        return redirect(url)
    if "action-submit-page" in request.POST:
        return redirect(f"{url}?page={page.pk}")
    return None


@hooks.register("after_create_page")
def adopt(request, page):
    """Who begins a course is its author."""
    if isinstance(page, CoursePage) and page.is_canonical:
        services.adopt_course(page, request.user)


@hooks.register("register_page_header_buttons")
def outline_button(page, user, view_name, next_url=None):
    """Lead from any page of a course to its outline."""
    if isinstance(page, CourseContentPage) and access.can_see(user, page.course):
        url = reverse("courses:outline", args=[page.course.canonical.pk])
        yield Button(_("Outline of the course"), url=url, icon_name="list-ul", priority=15)
    if isinstance(page, CourseIndexPage):
        yield Button(_("My courses"), url=reverse("courses:index"), icon_name="list-ul", priority=15)
