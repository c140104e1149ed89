"""The list of rubrics, a new one, the grid it is written in, its words in other languages."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.models import Locale
from wagtail.permission_policies import BlanketPermissionPolicy

from assessments.assignments import access
from assessments.assignments.admin_views.screens import screen
from assessments.assignments.forms.authoring import BeginRubricForm
from assessments.assignments.forms.rubrics import RubricGrid
from assessments.assignments.services import authoring as services
from assessments.models import Assignment, Rubric
from assessments.models.rubrics import rubric_problems
from assessments.rubrics import rubric_shown
from courses.access import authored_courses, can_create_course

ICON = "table"


def all_rubrics():
    """The step of the way here that every screen has."""
    return reverse("rubrics:index"), _("Rubrics")


class RubricIndexView(IndexView):
    """The rubrics of the courses a person works on, and those of every course."""

    model = Rubric
    # Whoever may enter the CMS may look; the list holds what is this person's business.
    permission_policy = BlanketPermissionPolicy(Rubric)
    page_title = gettext_lazy("Rubrics")
    header_icon = ICON
    index_url_name = "rubrics:index"
    index_results_url_name = "rubrics:index_results"
    add_url_name = "rubrics:begin"
    edit_url_name = "rubrics:edit"
    add_item_label = gettext_lazy("New rubric")
    search_fields = ["name", "course__title"]
    search_backend_name = None
    default_ordering = "name"
    paginate_by = 30
    is_searchable = True

    def get_base_queryset(self):
        """Those that are this person's business."""
        return access.visible_rubrics(self.request.user).select_related("course")

    @property
    def add_url(self):
        """For whoever writes a course."""
        user = self.request.user
        may = can_create_course(user) or authored_courses(user).exists()
        return self.get_add_url() if may else None

    def get_edit_url(self, instance):
        """The grid; it says itself what this person may change."""
        return reverse("rubrics:edit", args=[instance.pk])

    @property
    def columns(self):
        """Name, course and whether it is offered."""
        return [
            TitleColumn("name", label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("course", label=_("Course"), accessor=lambda one: one.course or _("Every course")),
            StatusTagColumn(
                "state",
                label=_("Status"),
                accessor=lambda one: _("Not offered") if one.retired_at else _("Offered"),
                primary=lambda one: not one.retired_at,
            ),
        ]


@require_admin_access
def begin(request):
    """A new rubric: name and course; the grid comes next."""
    form = BeginRubricForm(
        request.POST or None, user=request.user, initial={"course": request.GET.get("course")}
    )
    if request.method == "POST" and form.is_valid():
        course = form.cleaned_data["course"]
        language = (course.source_locale or course.locale).language_code if course else get_language()
        rubric = Rubric(name=form.cleaned_data["name"], course=course, language=language)
        services.save_rubric(rubric, user=request.user)
        return redirect("rubrics:edit", rubric.pk)
    return screen(
        request,
        "ask",
        _("New rubric"),
        all_rubrics(),
        icon=ICON,
        form=form,
        button=_("Begin the rubric"),
    )


@require_admin_access
def edit(request, rubric_id):
    """The grid. Its buttons change what is typed; only “Save” saves."""
    rubric = access.get_rubric_or_404(request.user, rubric_id)
    may_write = access.can_write_rubric(request.user, rubric)
    grid, focus = RubricGrid.saved(rubric, rubric.language), None
    if request.method == "POST" and may_write:
        grid = RubricGrid.typed(request.POST, rubric.language)
        focus = grid.change(request.POST)
        if focus is None and grid.is_valid():
            services.save_rubric(
                rubric, user=request.user, words=grid.words(), name=grid.name, **grid.structure()
            )
            messages.success(request, _("The rubric is saved. What uses it already keeps its version."))
            return redirect("rubrics:edit", rubric.pk)
    return screen(
        request,
        "rubric",
        rubric.name,
        all_rubrics(),
        icon=ICON,
        status=422 if grid.errors else 200,
        rubric=rubric,
        grid=grid,
        focus=focus,
        may_write=may_write,
        shown=rubric_shown(rubric.content, get_language()),
        problems=rubric_problems(rubric.content) if rubric.levels else [],
        languages=languages_of(rubric) if access.can_translate_rubric(request.user, rubric) else [],
        used_by=Assignment.objects.filter(rubric_version__rubric=rubric).select_related("course"),
        info=get_language_info(rubric.language),
    )


def languages_of(rubric):
    """The other languages of content, and whether it is worded there."""
    worded = {text.language for text in rubric.texts.all()}
    return [
        {
            "code": locale.language_code,
            "name": locale.get_display_name(),
            "done": locale.language_code in worded,
        }
        for locale in Locale.objects.exclude(language_code=rubric.language)
    ]


@require_admin_access
def words(request, rubric_id, language):
    """The words of the grid in another language, each under the one it was written in."""
    rubric = access.get_rubric_or_404(request.user, rubric_id, access.can_translate_rubric)
    known = Locale.objects.filter(language_code=language).exists()
    if not known or language == rubric.language:
        raise Http404
    grid = RubricGrid.saved(rubric, language)
    if request.method == "POST":
        typed = RubricGrid.typed(request.POST, language)
        services.save_rubric(rubric, user=request.user, words=typed.words())
        messages.success(request, _("The words are saved."))
        return redirect("rubrics:words", rubric.pk, language)
    info = get_language_info(language)
    return screen(
        request,
        "rubric_words",
        _("Words in another language: %(language)s") % {"language": info["name_local"]},
        all_rubrics(),
        (reverse("rubrics:edit", args=[rubric.pk]), rubric.name),
        icon="site",
        rubric=rubric,
        pairs=paired(RubricGrid.saved(rubric, rubric.language), grid),
        info=info,
        source_info=get_language_info(rubric.language),
    )


def paired(source, grid):
    """Rows and columns of two languages, side by side."""
    levels = list(zip(source.levels, grid.levels, strict=True))
    rows = [
        (one, other, list(zip(one.cells, other.cells, source.levels, strict=True)))
        for one, other in zip(source.rows, grid.rows, strict=True)
    ]
    return {"levels": levels, "rows": rows}


@require_admin_access
@require_POST
def retire(request, rubric_id):
    """Offer the rubric no longer, or again."""
    rubric = access.get_rubric_or_404(request.user, rubric_id, access.can_write_rubric)
    services.retire_rubric(rubric, user=request.user, retired="again" not in request.POST)
    return redirect("rubrics:edit", rubric.pk)
