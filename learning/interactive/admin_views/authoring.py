"""The list of interactive activities, a new one, the screen of one, its content in other languages."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale

from courses.access import can_author, can_translate, courses_for
from courses.forms import BeginActivityForm
from courses.services import create_activity
from courses.views.activities import ActivityIndexView
from h5p.core.completing import ends_sentence
from h5p.forms import typed_number
from h5p.models import Content
from h5p.player import preview_url
from learning.interactive.admin_views.screens import all_activities, get_activity_or_404, screen, step_of
from learning.interactive.forms import ActivityForm, WordingForm
from learning.interactive.services import authoring as services
from learning.models import H5PActivity
from learning.models.h5p_lines import mirror_warnings


class InteractiveIndexView(ActivityIndexView):
    """The interactive activities of the courses a person works on."""

    model = H5PActivity
    namespace = "interactive_activities"
    page_title = gettext_lazy("Interactive activities")
    header_icon = "h5p"
    add_item_label = gettext_lazy("New interactive activity")
    own_columns = (
        Column(
            "completion_rule", label=gettext_lazy("Complete when"), accessor="get_completion_rule_display"
        ),
    )

    def get_base_queryset(self):
        """Those of the person's courses."""
        return H5PActivity.objects.filter(course__in=courses_for(self.request.user)).select_related("course")


@require_admin_access
def begin(request):
    """A new activity as a draft; its screen fills it."""
    form = BeginActivityForm(
        request.POST or None,
        user=request.user,
        title_help=_("Seen by staff, and by learners in lists."),
        initial={"course": request.GET.get("course")},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = create_activity("h5p", data["course"], data["title"], user=request.user)
        messages.success(request, _("The activity has been begun as a draft. Now choose what is played."))
        return redirect("interactive_activities:edit", made.pk)
    return screen(
        request,
        "begin",
        _("New interactive activity"),
        all_activities(),
        form=form,
        button=_("Begin the activity"),
    )


@require_admin_access
def edit(request, pk):
    """One activity as last saved."""
    found = get_activity_or_404(request.user, pk)
    may_write = can_author(request.user, found.course)
    draft = found.get_latest_revision_as_object()
    row = row_in(draft, draft.source_language)
    version = row and row.played
    machine_name = version.main.machine_name if version else ""
    form = None
    if may_write:
        initial = initial_of(draft, row, request.GET)
        form = ActivityForm(request.POST or None, initial=initial, machine_name=machine_name)
    if request.method == "POST" and form and form.is_valid() and saved(request, found, form):
        return redirect("interactive_activities:edit", found.pk)
    return screen(
        request,
        "activity",
        draft.title,
        all_activities(),
        form=form,
        activity=found,
        draft=draft,
        version=version,
        preview=preview_url(version, request.user) if version else "",
        ends=ends_sentence(machine_name) if machine_name else "",
        problems=draft.publish_problems(),
        warnings=mirror_warnings(draft),
        refusal=services.draft_refusal(found),
        newer=newer_versions(draft),
        may_write=may_write,
        may_translate=can_translate(request.user, found.course),
        languages=other_languages(draft),
        placements=found.placements.placed().select_related("lesson"),
    )


def row_in(draft, language):
    """What is played in exactly this language."""
    return next((row for row in draft.words.all() if row.language == language), None)


def initial_of(draft, row, query):
    """What the form shows. Content that was just made for it comes by the address, and is not saved yet."""
    return {
        "base": draft.latest_revision_id,
        "title": draft.title,
        "content": made_for_it(query) or (row.content_id if row else None),
        "text_alternative": draft.alternative_of(row) if row else draft.text_alternative,
        "completion_rule": draft.completion_rule,
        "pass_percent": int(draft.pass_mark * 100) or None,
    }


def made_for_it(query):
    """The content that the address names."""
    chosen = typed_number(query.get("content", ""))
    return chosen if Content.objects.filter(pk=chosen).exists() else None


def saved(request, activity, form):
    """Whether what was typed could be saved; the refusal is on the form otherwise."""
    data = form.cleaned_data
    wording = services.Wording(activity.source_language, data["content"])
    values = form.rules | {"text_alternative": data["text_alternative"]}
    return was_saved(
        request,
        form,
        lambda: services.save_activity(
            activity, user=request.user, base=data["base"], wording=wording, **values
        ),
    )


def was_saved(request, form, save):
    """Call `save`; a refusal stays on the form."""
    try:
        save()
    except services.DraftRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved as a draft. Learners see it once the course is published."))
    return True


def newer_versions(draft):
    """Content that was saved again since the activity took it: the version it has and the newest."""
    found = []
    for row in draft.words.all():
        newest = row.content.newest
        if row.version and newest and newest.number > row.version.number:
            found.append(
                {"content": row.content, "version": row.version, "newest": newest, "language": row.language}
            )
    return found


def other_languages(draft):
    """The languages of content beside the one the course is written in, and what is played there."""
    rows = {row.language: row for row in draft.words.all()}
    locales = Locale.objects.exclude(language_code=draft.source_language)
    return [
        {
            "code": locale.language_code,
            "name": locale.get_display_name(),
            "row": rows.get(locale.language_code),
        }
        for locale in locales
    ]


@require_admin_access
def words(request, pk, language):
    """What is played in another language."""
    found = get_activity_or_404(request.user, pk, can_translate)
    known = Locale.objects.filter(language_code=language).exists()
    if not known or language == found.source_language:
        raise Http404
    draft = found.get_latest_revision_as_object()
    row, source = row_in(draft, language), row_in(draft, draft.source_language)
    version = row and row.played
    initial = {
        "base": draft.latest_revision_id,
        "content": made_for_it(request.GET) or (row.content_id if row else None),
        "text_alternative": row.text_alternative if row else "",
    }
    form = WordingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and saved_words(request, found, language, form):
        return redirect("interactive_activities:words", found.pk, language)
    info = get_language_info(language)
    return screen(
        request,
        "words",
        _("Content in another language: %(language)s") % {"language": info["name_local"]},
        all_activities(),
        step_of(found, draft.title),
        icon="site",
        form=form,
        activity=found,
        row=row,
        version=version,
        preview=preview_url(version, request.user) if version else "",
        source=source,
        source_version=source and source.played,
        source_said=draft.alternative_of(source) if source else "",
        source_info=get_language_info(draft.source_language),
        info=info,
        refusal=services.draft_refusal(found),
        warnings=mirror_warnings(draft),
        newer=[one for one in newer_versions(draft) if one["language"] == language],
    )


def saved_words(request, activity, language, form):
    """Whether the words could be saved."""
    data = form.cleaned_data
    wording = services.Wording(language, data["content"], data["text_alternative"])
    return was_saved(
        request,
        form,
        lambda: services.save_activity(activity, user=request.user, base=data["base"], wording=wording),
    )


@require_admin_access
@require_POST
def copy_words(request, pk, language):
    """Begin the content of a language as a copy of that of the source language."""
    found = get_activity_or_404(request.user, pk, can_translate)
    if language == found.source_language or not Locale.objects.filter(language_code=language).exists():
        raise Http404
    try:
        made = services.copy_for_language(found, language, user=request.user)
    except services.DraftRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("interactive_activities:words", found.pk, language)
    messages.success(request, _("The copy has been made and chosen. Translate it here."))
    return redirect("h5p_staff:content", made.pk)
