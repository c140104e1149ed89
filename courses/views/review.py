"""Submitting a course, and the one screen on which a reviewer decides."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from courses import access, forms, services
from courses.comparison import item_changes
from courses.models import CourseVersion
from courses.publishing import PublishRefused
from courses.views.crumbs import crumbs


@require_admin_access
def submit(request, course_id):
    """Say what changed, and send the whole course, or one page of it, to its reviewers."""
    course = access.get_course_or_404(request.user, course_id, access.can_author)
    only_page = page_of_course(course, request.GET.get("page"))
    version = CourseVersion.objects.filter(course=course, number=request.GET.get("version") or 0).first()
    changes = services.changed_content(course, only_page=only_page)
    form = forms.SubmitForm(
        request.POST or None, locales=languages_of(changes), initial={"summary": first_words(version)}
    )
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            change_set = services.submit(
                course,
                request.user,
                summary=form.cleaned_data["summary"],
                only_page=only_page,
                locale=form.cleaned_data.get("locale"),
                restored_from=version,
            )
        except services.SubmitRefused as refusal:
            form.add_error(None, str(refusal))
        except PublishRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("Submitted. The reviewers have been told."))
            return redirect("courses:change_set", change_set.pk)
    context = {
        "course": course,
        "only_page": only_page,
        "changes": changes,
        "form": form,
        "problems": problems,
        "page_title": _("Submit for review"),
        "header_icon": "resubmit",
        "breadcrumbs_items": crumbs(_("Submit for review"), course=course),
    }
    return render(request, "courses/admin/submit.html", context)


def page_of_course(course, page_id):
    """The page named in the address, if it is one of this course."""
    if not page_id or not page_id.isdigit():
        return None
    page = get_object_or_404(Page, pk=page_id).specific
    languages = course.get_translations(inclusive=True)
    return page if any(page.path.startswith(language.path) for language in languages) else None


def languages_of(changes):
    """The languages in which pages changed."""
    return list({change.page.locale_id: change.page.locale for change in changes if change.page}.values())


def first_words(version):
    """What a restored version is called in the summary."""
    return _("Brings back version %(number)s.") % {"number": version.number} if version else ""


@require_admin_access
def publish(request, course_id):
    """Publish the whole course without a review; for administrators, with a reason."""
    course = access.get_course_or_404(request.user, course_id, lambda user, _course: access.can_publish(user))
    form = forms.PublishForm(request.POST or None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            version = services.publish_course(course, request.user, reason=form.cleaned_data["reason"])
        except services.SubmitRefused as refusal:
            form.add_error(None, str(refusal))
        except PublishRefused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("Published as version %(number)s.") % {"number": version.number})
            return redirect("courses:outline", course.pk)
    context = {
        "course": course,
        "changes": services.changed_content(course),
        "form": form,
        "problems": problems,
        "page_title": _("Publish without a review"),
        "header_icon": "upload",
        "breadcrumbs_items": crumbs(_("Publish without a review"), course=course),
    }
    return render(request, "courses/admin/publish.html", context)


@require_admin_access
def change_set(request, change_set_id, approve_form=None, return_form=None, problems=(), status=200):
    """What was submitted, what it changes, what was said, and the decision."""
    found = access.get_change_set_or_404(request.user, change_set_id)
    decides = access.can_decide(request.user, found) and not services.decision_refusal(found, request.user)
    state = found.current_workflow_state or found.workflow_states.last()
    context = {
        "change_set": found,
        "course": found.course,
        "changes": item_changes(found),
        "comments": found.comments.filter(item=None).select_related("author"),
        "decisions": state.task_states.exclude(finished_at=None).select_related("finished_by")
        if state
        else [],
        "refusal": services.decision_refusal(found, request.user),
        "can_decide": decides,
        "can_withdraw": access.can_withdraw(request.user, found),
        "approve_form": approve_form or forms.ApproveForm(),
        "return_form": return_form or forms.ReturnForm(),
        "comment_form": forms.CommentForm(),
        "problems": problems,
        "page_title": str(found),
        "header_icon": "clipboard-list",
        "breadcrumbs_items": crumbs(_("Review: %(title)s") % {"title": found}, course=found.course),
    }
    return render(request, "courses/admin/change_set.html", context, status=status)


@require_admin_access
@require_POST
def approve(request, change_set_id):
    """Publish it, now or later."""
    found = access.get_change_set_or_404(request.user, change_set_id, access.can_decide)
    form = forms.ApproveForm(request.POST)
    if not form.is_valid():
        return change_set(request, change_set_id, approve_form=form)
    moment = form.cleaned_data["go_live_at"]
    try:
        services.approve(found, request.user, comment=form.cleaned_data["comment"], go_live_at=moment)
    except services.DecisionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:change_set", found.pk)
    except PublishRefused as refusal:
        return change_set(request, change_set_id, approve_form=form, problems=refusal.problems, status=409)
    messages.success(
        request, _("Approved. It goes live at the set time.") if moment else _("Approved, and live.")
    )
    return redirect("courses:change_set", found.pk)


@require_admin_access
@require_POST
def return_to_author(request, change_set_id):
    """Give it back with what should change."""
    found = access.get_change_set_or_404(request.user, change_set_id, access.can_decide)
    form = forms.ReturnForm(request.POST)
    if not form.is_valid():
        return change_set(request, change_set_id, return_form=form)
    try:
        services.return_to_author(found, request.user, comment=form.cleaned_data["comment"])
        messages.success(request, _("Returned. The author has been told."))
    except services.DecisionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("courses:change_set", found.pk)


@require_admin_access
@require_POST
def comment(request, change_set_id):
    """Say something about the whole, or about one item."""
    found = access.get_change_set_or_404(request.user, change_set_id)
    form = forms.CommentForm(request.POST)
    if form.is_valid():
        item = found.items.filter(pk=form.cleaned_data.get("item") or 0).first()
        services.comment_on(found, request.user, form.cleaned_data["text"], item)
        messages.success(request, _("Comment added."))
    else:
        messages.error(request, _("Write something before you send the comment."))
    return redirect(reverse("courses:change_set", args=[found.pk]) + "#comments")


@require_admin_access
@require_POST
def withdraw(request, change_set_id):
    """Take it back."""
    found = access.get_change_set_or_404(request.user, change_set_id, access.can_withdraw)
    services.withdraw(found, request.user)
    messages.success(request, _("Withdrawn. You can go on working."))
    return redirect("courses:outline", found.course_id)
