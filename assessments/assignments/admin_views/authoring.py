"""The list of assignments, a new one, the screen of one, its words in other languages, how learners will see it."""

from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale

from assessments.assignments import access
from assessments.assignments.admin_views.screens import TEMPLATES, screen
from assessments.assignments.forms import authoring as forms
from assessments.assignments.rules import rules_in, settings_of
from assessments.assignments.services import authoring as services
from assessments.models import Assignment
from assessments.rubrics import pinned_version, rubric_shown
from courses.access import can_author, can_translate
from courses.forms import BeginActivityForm
from courses.services import create_activity
from courses.views.activities import ActivityIndexView

ICON = "doc-full"
PLAIN = (
    *("title", "accepts", "min_words", "max_words", "max_files", "max_megabytes", "file_types", "by_group"),
    *("completion_rule", "pass_mark", "max_points", "is_anonymous", "marker_count", "difference_limit"),
    *("on_disagreement", "accepts_late", "late_penalty", "late_days", "compares"),
)


def all_assignments():
    """The step of the way here that every screen has."""
    return reverse("authored_assignments:index"), _("Assignments")


def step_of(assignment):
    """The step to the screen of one."""
    return reverse("authored_assignments:edit", args=[assignment.pk]), assignment.title


class AssignmentIndexView(ActivityIndexView):
    """The assignments of the courses a person works on."""

    model = Assignment
    namespace = "authored_assignments"
    page_title = gettext_lazy("Assignments")
    header_icon = ICON
    add_item_label = gettext_lazy("New assignment")
    own_columns = (Column("handed_in", label=gettext_lazy("Handed in")),)

    def get_base_queryset(self):
        """Those of the person's courses."""
        found = access.visible_assignments(self.request.user).select_related("course")
        return found.annotate(handed_in=Count("submissions__handed_in_at"))


@require_admin_access
def begin(request):
    """A new assignment as a draft; its screen fills it."""
    form = BeginActivityForm(
        request.POST or None,
        user=request.user,
        title_help=_("For staff. Learners read the title of the lesson."),
        initial={"course": request.GET.get("course")},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = create_activity("assignment", data["course"], data["title"], user=request.user)
        messages.success(request, _("The assignment has been begun as a draft. Now say what is asked."))
        return redirect("authored_assignments:edit", made.pk)
    return screen(
        request,
        "ask",
        _("New assignment"),
        all_assignments(),
        icon=ICON,
        form=form,
        button=_("Begin the assignment"),
    )


@require_admin_access
def edit(request, assignment_id):
    """One assignment as last saved."""
    found = access.get_authored_assignment_or_404(request.user, assignment_id)
    may_write = can_author(request.user, found.course)
    draft = found.get_latest_revision_as_object()
    form = None
    if may_write:
        form = forms.AssignmentForm(request.POST or None, course=found.course, initial=initial_of(draft))
    if request.method == "POST" and form and form.is_valid():
        try:
            save(found, draft, form.cleaned_data, request.user)
        except services.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft. Learners see it once the course is published."))
            return redirect("authored_assignments:edit", found.pk)
    return screen(
        request,
        "assignment",
        draft.title,
        all_assignments(),
        icon=ICON,
        form=form,
        assignment=found,
        draft=draft,
        wording=draft.wording(draft.source_language),
        problems=draft.publish_problems(),
        refusal=services.draft_refusal(found),
        may_write=may_write,
        may_translate=can_translate(request.user, found.course),
        languages=other_languages(draft),
        newer_rubric=newer_rubric(draft),
        placements=found.placements.placed().select_related("lesson"),
    )


def newer_rubric(draft):
    """The rubric, where it says something else now than what the assignment pins."""
    pinned = draft.rubric_version
    return pinned.rubric if pinned and pinned.rubric.content != pinned.content else None


def initial_of(draft):
    """What the form shows."""
    text = next((text for text in draft.texts.all() if text.language == draft.source_language), None)
    return {name: getattr(draft, name) for name in PLAIN} | {
        "learner_title": text.title if text else "",
        "instructions": text.instructions if text else "",
        "rubric": draft.rubric_version.rubric_id if draft.rubric_version else None,
        "documents": [attachment.document for attachment in draft.attachments.all()],
    }


def save(assignment, draft, data, user):
    """Save rules, words in the language of the course and documents; pin the rubric where another is chosen."""
    values = {name: data[name] for name in PLAIN}
    pinned, chosen = draft.rubric_version, data["rubric"]
    if chosen is None or pinned is None or pinned.rubric_id != chosen.pk:
        values["rubric_version"] = pinned_version(chosen) if chosen else None
    wording = {
        "language": assignment.source_language,
        "title": data["learner_title"],
        "instructions": data["instructions"],
    }
    services.save_assignment(
        assignment, user=user, wording=wording, documents=list(data["documents"]), **values
    )


def other_languages(draft):
    """The languages of content beside the one it is written in, and whether it is worded there."""
    worded = {text.language for text in draft.texts.all() if text.instructions}
    return [
        {
            "code": locale.language_code,
            "name": locale.get_display_name(),
            "done": locale.language_code in worded,
        }
        for locale in Locale.objects.exclude(language_code=draft.source_language)
    ]


@require_admin_access
@require_POST
def use_newest_rubric(request, assignment_id):
    """Pin what the rubric says now."""
    found = access.get_authored_assignment_or_404(request.user, assignment_id, can_author)
    try:
        services.use_newest_rubric(found, user=request.user)
    except services.DraftRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The newest rubric is in the draft."))
    return redirect("authored_assignments:edit", found.pk)


@require_admin_access
def words(request, assignment_id, language):
    """Title and instructions in another language, beside those it was written in."""
    found = access.get_authored_assignment_or_404(request.user, assignment_id, can_translate)
    known = Locale.objects.filter(language_code=language).exists()
    if not known or language == found.source_language:
        raise Http404
    draft = found.get_latest_revision_as_object()
    texts = {text.language: text for text in draft.texts.all()}
    there = texts.get(language)
    initial = {"title": there.title, "instructions": there.instructions} if there else {}
    form = forms.AssignmentWordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wording = {"language": language, **form.cleaned_data}
        try:
            services.save_assignment(found, user=request.user, wording=wording)
        except services.DraftRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft."))
            return redirect("authored_assignments:words", found.pk, language)
    info = get_language_info(language)
    return screen(
        request,
        "assignment_words",
        _("Words in another language: %(language)s") % {"language": info["name_local"]},
        all_assignments(),
        step_of(found),
        icon="site",
        form=form,
        source=texts.get(found.source_language),
        source_info=get_language_info(found.source_language),
        info=info,
        refusal=services.draft_refusal(found),
    )


@require_admin_access
def preview(request, assignment_id):
    """The assignment as last saved, as a learner will read it. Counts for nobody."""
    found = access.get_authored_assignment_or_404(request.user, assignment_id)
    draft = found.get_latest_revision_as_object()
    language = request.GET.get("language") or get_language()
    wording, pinned = draft.wording(language), draft.rubric_version
    context = {
        "title": (wording and wording.title) or draft.title,
        "wording": wording,
        "rules": rules_in(settings_of(draft)),
        "draft": draft,
        "rubric": pinned and rubric_shown(pinned.content, language),
        "documents": [one.document for one in draft.attachments.all() if one.language in ("", language)],
        "languages": sorted(text.language for text in draft.texts.all() if text.instructions),
        "language": language,
    }
    return render(request, f"{TEMPLATES}/preview.html", context)
