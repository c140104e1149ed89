"""Publishing what is incomplete, and deleting or moving what carries learner records, is refused on every road."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from courses import services
from courses.models import Activity, CoursePage
from courses.models.content import BEFORE_PUBLISHING, CourseContentPage
from courses.publishing import PublishRefused, problems_of
from courses.services.bulk import publish_pages


@hooks.register(BEFORE_PUBLISHING)
def refuse_incomplete(content, revision, *, user, scheduled):
    """The last word on every road: workflow, schedule, bulk, command. The editor asks earlier, to answer politely."""
    problems = problems_of(content, revision)
    if not problems:
        return None
    if scheduled:
        services.report_refused_schedule(content, revision, problems)
        return False
    raise PublishRefused(problems)


def list_problems(request, problems):
    """Show what is missing, each with a link to where it is put right."""
    rows = format_html_join(
        "", '<li><a href="{}">{}</a></li>', ((p.edit_url or "", p.sentence) for p in problems)
    )
    lead = ngettext(
        "Not published: something is missing.", "Not published: some things are missing.", len(problems)
    )
    messages.error(request, format_html("{} {}<ul>{}</ul>", lead, _("Your draft is saved."), rows))


@hooks.register("before_publish_page")
def refuse_in_editor(request, page):
    """Keep the draft, publish nothing, and list what is missing."""
    if isinstance(page, CourseContentPage) and (problems := problems_of(page, page.get_latest_revision())):
        list_problems(request, problems)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_publish")
def refuse_activity_in_editor(request, instance):
    """The same for an activity's own form."""
    if isinstance(instance, Activity) and (problems := problems_of(instance, instance.get_latest_revision())):
        list_problems(request, problems)
        return redirect(problems[0].edit_url or request.path)
    return None


@hooks.register("before_bulk_action")
def refuse_in_bulk(request, action_type, objects, action):
    """Bulk actions on pages and activities meet the same refusals."""
    objects = list(objects)
    if action_type == "publish" and any(isinstance(o, Page) for o in objects):
        return publish_in_bulk(request, objects, action)
    refusal = None
    if action_type == "delete":
        refusal = services.deletion_refusal(objects)
        if not refusal and any(isinstance(o, Page | Activity) for o in objects):
            services.prepare_deletion(objects)
    elif action_type == "move":
        refusal = services.move_refusal(objects, action.cleaned_form.cleaned_data["chooser"])
    if refusal:
        messages.error(request, refusal)
        return redirect(action.next_url)
    return None


def publish_in_bulk(request, objects, action):
    """Pages of courses go live together or not at all; Wagtail's own action would take them one by one."""
    pages = [page.specific for page in objects if isinstance(page, Page)]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        drafts = Page.objects.none()
        for page in pages:
            drafts |= page.get_descendants().not_live()
        pages += [page.specific for page in drafts]
    if not any(isinstance(page, CourseContentPage) for page in pages):
        return None
    try:
        publish_pages(pages, request.user)
    except PublishRefused as refusal:
        list_problems(request, refusal.problems)
    else:
        message = ngettext(
            "%(count)d page has been published.", "%(count)d pages have been published.", len(pages)
        )
        messages.success(request, message % {"count": len(pages)})
    return redirect(action.next_url)


@hooks.register("before_delete_page")
def refuse_deletion(request, page):
    """A page with learner records below it, in any language, stays."""
    pages = [page, *page.get_translations()]
    if refusal := services.deletion_refusal(pages):
        messages.error(request, refusal)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    if request.method == "POST":
        services.prepare_deletion(pages)
    return None


@hooks.register("before_move_page")
def refuse_move(request, page, destination):
    """A page with learner records stays in its course."""
    if refusal := services.move_refusal([page], destination):
        messages.error(request, refusal)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_delete_snippet")
def refuse_snippet_deletion(request, instances):
    """An activity with learner records, or one that stands in a lesson, stays."""
    activities = [instance for instance in instances if isinstance(instance, Activity)]
    if not activities:
        return None
    if refusal := services.deletion_refusal(activities):
        messages.error(request, refusal)
        return redirect(request.GET.get("next") or reverse("courses:outline", args=[activities[0].course_id]))
    if request.method == "POST":
        services.prepare_deletion(activities)
    return None


@hooks.register("before_copy_page")
def refuse_copy(request, page):
    """Nothing to refuse in a copy of another page; a copied course starts as a draft of its own."""
    if (
        isinstance(page.specific, CoursePage)
        and request.method == "POST"
        and "publish_copies" in request.POST
    ):
        messages.error(
            request, _("A copy of a course begins as a draft. Leave “Publish copied pages” unticked.")
        )
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


class ReadingPagesAPIViewSet(PagesAdminAPIViewSet):
    """The admin's own page API, for choosers and menus: it reads; what changes pages has screens that can refuse."""

    actions = {}


@hooks.register("construct_admin_api")
def only_read_by_api(router):
    """No publishing, moving or deleting past the refusals."""
    router.register_endpoint("pages", ReadingPagesAPIViewSet)
