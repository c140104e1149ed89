"""The list of quizzes, a new one, and the screen of one: its questions in order, its rules, what it lacks."""

from dataclasses import dataclass

from django.db.models import Count
from django.forms import BoundField
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale

from assessments import drafts, kinds
from assessments.access import analysed_editions
from assessments.authoring import access
from assessments.authoring.forms.places import ArrangeForm
from assessments.authoring.views.screens import screen
from assessments.models import ItemKind, Quiz, QuizItem
from assessments.models.lines import rule_lines
from courses.access import can_author, can_translate
from courses.forms import BeginActivityForm
from courses.services import create_activity
from courses.views.activities import ActivityIndexView


class QuizIndexView(ActivityIndexView):
    """The quizzes of the courses a person works on."""

    model = Quiz
    namespace = "quizzes"
    page_title = gettext_lazy("Quizzes")
    header_icon = "help"
    add_item_label = gettext_lazy("New quiz")
    own_columns = (Column("attempts_taken", label=gettext_lazy("Attempts taken")),)

    def get_base_queryset(self):
        """Those of the person's courses."""
        quizzes = access.visible_quizzes(self.request.user).select_related("course")
        return quizzes.annotate(attempts_taken=Count("attempts"))


@require_admin_access
def begin(request):
    """A new quiz as a draft; its screen fills it."""
    form = BeginActivityForm(
        request.POST or None,
        user=request.user,
        title_help=_("For staff. Learners read the title of the lesson."),
        initial={"course": request.GET.get("course")},
    )
    if request.method == "POST" and form.is_valid():
        quiz = create_activity(
            "quiz", form.cleaned_data["course"], form.cleaned_data["title"], user=request.user
        )
        messages.success(request, _("The quiz has been begun as a draft. Now add its questions."))
        return redirect("quizzes:edit", quiz.pk)
    return render(request, "assessments/authoring/begin.html", screen(_("New quiz"), form=form))


@require_admin_access
def edit(request, quiz_id):
    """One quiz as last saved: what stands in it, its rules, what it lacks."""
    quiz = access.get_quiz_or_404(request.user, quiz_id)
    return show_quiz(request, quiz)


def show_quiz(request, quiz, form=None, status=200):
    """The screen of a quiz; `form` holds the order and points that were typed."""
    draft = drafts.draft_to_read(quiz)
    items = draft.items_to_read()
    context = {
        "draft": draft,
        "state": drafts.state_of(draft),
        "rows": place_rows(items, form or ArrangeForm(items=items)),
        "items": items,
        "form": form,
        "problems": draft.publish_problems(),
        "refusal": drafts.draft_refusal(quiz),
        "may_write": can_author(request.user, quiz.course),
        "may_translate": can_translate(request.user, quiz.course),
        "may_analyse": quiz.live and analysed_editions(request.user, quiz).exists(),
        "languages": other_languages(draft, items),
        "kinds": kinds.KINDS.values(),
        "rules": rule_lines(draft),
        "placements": quiz.placements.placed().select_related("lesson"),
        "moved": request.GET.get("moved", ""),
    }
    return render(
        request, "assessments/authoring/quiz.html", screen(draft.title, quiz=quiz, **context), status=status
    )


@dataclass(frozen=True)
class PlaceRow:
    """One place of a quiz as the list shows it."""

    place: int
    number: int | None
    item: QuizItem
    order: BoundField
    points: BoundField
    pool: int | None

    @property
    def place_text(self):
        """The place, for the values of buttons."""
        return str(self.place)

    @property
    def case_points(self):
        """What the questions of a case are worth together."""
        return sum(part.points for part in self.item.parts)


def place_rows(items, form) -> list[PlaceRow]:
    """Every place with its fields; questions are numbered, sections are not."""
    rows, number = [], 1
    for place, item in enumerate(items):
        asked = len(item.parts) or 1 if item.kind == ItemKind.QUESTION else 0
        asked = item.draw_count if item.kind == ItemKind.DRAW else asked
        pool = item.pool().distinct().count() if item.kind == ItemKind.DRAW and item.draw_bank_id else None
        rows.append(
            PlaceRow(
                place, number if asked else None, item, form[f"order-{place}"], form[f"points-{place}"], pool
            )
        )
        number += asked
    return rows


def other_languages(draft, items):
    """The languages of content beside the one the quiz is written in, and how far each has come."""
    asked = [item for item in items if item.kind == ItemKind.QUESTION and item.shown]
    found = []
    for locale in Locale.objects.exclude(language_code=draft.source_language):
        done = sum(not item.problems(locale.language_code) for item in asked)
        name = locale.get_display_name()
        found.append({"code": locale.language_code, "name": name, "done": done, "total": len(asked)})
    return found


@require_admin_access
@require_POST
def arrange(request, quiz_id):
    """Order and points as typed; one place moved or taken out by its button."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    items = drafts.draft_to_read(quiz).items_to_read()
    form, move = ArrangeForm(request.POST, items=items), request.POST.get("move", "")
    if not form.is_valid():
        return show_quiz(request, quiz, form, status=422)
    rows = form.rows(move)
    try:
        drafts.arrange_items(quiz, rows, state=request.POST.get("state", ""), user=request.user)
    except drafts.DraftRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("quizzes:edit", quiz.pk)
    way, _dash, place = move.partition("-")
    if way == "out":
        messages.success(request, _("Taken out. A question stays in its bank."))
    else:
        messages.success(request, _("Saved as a draft. Learners see it once the course is published."))
    moved = next((str(new) for new, (old, _points) in enumerate(rows) if str(old) == place), "")
    return redirect(f"{reverse('quizzes:edit', args=[quiz.pk])}{f'?moved={way}-{moved}' if moved else ''}")
