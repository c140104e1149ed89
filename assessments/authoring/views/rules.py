"""The rules of a quiz, in groups."""

from dataclasses import dataclass
from decimal import Decimal

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from assessments import drafts
from assessments.authoring import access
from assessments.authoring.fields import as_text, per_cent
from assessments.authoring.forms.quizzes import BANDS, GROUPS, Group, RulesForm, band_problem
from assessments.authoring.sentences import review_sentences
from assessments.authoring.views.screens import screen
from assessments.models import ReviewMoment, default_review
from courses.access import can_author


@dataclass(frozen=True)
class ShownGroup:
    """A group with its fields as the form draws them."""

    group: Group
    fields: list
    is_open: bool


@require_admin_access
def rules(request, quiz_id):
    """Show the rules; save what was typed as a draft."""
    quiz = access.get_quiz_or_404(request.user, quiz_id, can_author)
    draft = drafts.draft_to_read(quiz)
    form = RulesForm(request.POST or None, quiz=draft, initial=initial_of(draft))
    bands = BANDS.bound(request.POST or None, band_rows(draft))
    if request.method == "POST" and form.is_valid() and bands.formset.is_valid():
        rows = bands.rows()
        problem = band_problem(rows) or refusal_of(quiz, form, rows, request.user)
        if problem is None:
            messages.success(request, _("Saved as a draft. Learners see it once the course is published."))
            return redirect("quizzes:edit", quiz.pk)
        form.add_error(None, problem)
    context = {
        "form": form,
        "bands": bands,
        "groups": shown_groups(form, bands),
        "sentences": review_sentences(draft.review, right_when_spent=draft.right_when_spent),
        "refusal": drafts.draft_refusal(quiz),
        "media": form.media + bands.formset.empty_form.media,
    }
    return render(
        request,
        "assessments/authoring/rules.html",
        screen(_("Rules and words"), quiz=quiz, icon="cog", **context),
        status=422 if request.method == "POST" else 200,
    )


def shown_groups(form, bands):
    """The groups in order; the first is open, and those in which something is wrong."""
    shown = []
    for group in GROUPS:
        fields = [form[name] for name in group.fields]
        wrong = any(field.errors for field in fields) or (
            group.name == "bands" and (bands.formset.is_bound and not bands.formset.is_valid())
        )
        shown.append(ShownGroup(group, fields, is_open=group.name == "words" or wrong))
    return shown


def source_text(draft):
    """The words in the language of the course, or None."""
    return next((text for text in draft.texts.all() if text.language == draft.source_language), None)


def initial_of(draft):
    """What the form shows at first."""
    text = source_text(draft)
    names = (
        "title",
        "completion_rule",
        "time_limit",
        "grace_seconds",
        "attempts_allowed",
        "hours_between",
        "grading_method",
        "questions_per_page",
        "sequential",
        "shuffle_questions",
        "shuffle_options",
        "practice",
        "right_when_spent",
        "anonymous_marking",
    )
    review = draft.review or default_review()
    return {name: getattr(draft, name) for name in names} | {
        "pass_mark": round(draft.pass_mark * 100),
        "pretest": draft.pretest_id,
        "learner_title": text.title if text else "",
        "instructions": text.instructions if text else "",
        **{f"review_{moment}": review.get(moment.value, []) for moment in ReviewMoment},
    }


def band_rows(draft):
    """The overall feedback with its words."""
    text = source_text(draft)
    words = text.bands if text else {}
    return [
        {"key": band["key"], "least": per_cent(band["from"]), "text": words.get(band["key"], "")}
        for band in draft.bands
    ]


def refusal_of(quiz, form, rows, user):
    """Save rules, bands and words; answers why not, or None once it is done."""
    rows = sorted(rows, key=lambda row: row["least"])
    data, values = form.cleaned_data, form.values
    values["bands"] = [{"key": row["key"], "from": as_text(Decimal(row["least"]) / 100)} for row in rows]
    wording = {
        "language": quiz.source_language,
        "title": data["learner_title"],
        "instructions": data["instructions"],
        "bands": {row["key"]: row["text"] for row in rows},
    }
    try:
        drafts.save_quiz(quiz, user=user, wording=wording, **values)
    except drafts.DraftRefused as refusal:
        return str(refusal)
    return None
