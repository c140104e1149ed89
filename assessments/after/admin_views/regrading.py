"""Grading questions anew: choose, look at what would change, apply, and see what was done."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.paginator import WagtailPaginator

from assessments import access, services, tasks
from assessments.after.asked import questions_asked
from assessments.after.forms import RegradeForm
from assessments.after.queue import who
from assessments.refusals import RegradeRefused
from assessments.regrades import Change, awards_given, regrade_preview
from assessments.services.regrading import left_of
from enrolments.admin_views.asking import crumbs, screen
from learning.models import Attempt

PER_PAGE = 100
# More attempts than this are graded in the background.
AT_ONCE = 200


def regrade_trail(quiz, *steps, last):
    """The way here through the analysis of the quiz."""
    start = (reverse("item_analysis:quiz", args=[quiz.pk]), quiz.title)
    return crumbs(start, *steps, last=last)


@require_admin_access
def begin(request, quiz_id):
    """Choose questions and what is to become of them; look at what would change; apply it."""
    quiz = access.get_regraded_quiz_or_404(request.user, quiz_id)
    editions = access.regraded_editions(request.user, quiz)
    form = RegradeForm(
        request.POST or None,
        editions=editions,
        questions=questions_asked(quiz, editions),
        chosen=editions.filter(pk__in=[pk for pk in request.GET.getlist("edition") if pk.isdecimal()]),
    )
    preview = None
    if request.method == "POST" and form.is_valid():
        wanted, choices = list(form.cleaned_data["editions"]), form.choices
        preview = regrade_preview(quiz, wanted, choices)
        refusal = services.regrade_refusal(quiz, wanted, choices, preview)
        if refusal:
            form.add_error(None, refusal.label)
            preview = None
        elif "apply" in request.POST:
            try:
                return apply(request, quiz, wanted, form)
            except RegradeRefused as refused:
                form.add_error(None, str(refused))
    return screen(
        request,
        "assessments/after/staff/regrade.html",
        title=_("Grade questions anew"),
        icon="rotate",
        trail=regrade_trail(quiz, last=_("Grade questions anew")),
        form=form,
        quiz=quiz,
        preview=preview,
        awards=awards_count(preview) if preview else 0,
        page=changes_page(preview, request.POST.get("page")) if preview else None,
        earlier=quiz.regrades.select_related("by")[:20],
    )


def awards_count(preview):
    """How many awards were given in the enrolments whose score would change."""
    given = awards_given({change.enrolment_id for change in preview.changes})
    return sum(len(sentences) for sentences in given.values())


@dataclass(frozen=True)
class Line:
    """One attempt whose score changes, as it is listed."""

    change: Change
    attempt: Attempt
    who: str
    awards: list[str]


def changes_page(preview, number):
    """A page of what changes, with names; those who pass or fail by it come first."""
    ranked = sorted(
        preview.changes, key=lambda one: (not one.fails_now, not one.passes_now, one.enrolment_id, one.number)
    )
    page = Paginator(ranked, PER_PAGE).get_page(number)
    page.object_list = lines(page.object_list)
    return page


def lines(changes):
    """Changes with the attempts they are about."""
    related = ("version", "enrolment__person", "enrolment__edition__course")
    attempts = Attempt.objects.select_related(*related).in_bulk([change.attempt_id for change in changes])
    given = awards_given({change.enrolment_id for change in changes})
    return [
        Line(
            change,
            attempts[change.attempt_id],
            who(attempts[change.attempt_id]),
            given.get(change.enrolment_id, []),
        )
        for change in changes
    ]


def apply(request, quiz, editions, form):
    """Decide the regrade; do it now where it is small, in the background where it is not."""
    data = form.cleaned_data
    regrade = services.begin_regrade(
        quiz,
        editions,
        form.choices,
        by=request.user,
        reason=data["reason"],
        seen=data["seen"],
        tell_learners=data["tell_learners"],
    )
    return work_on(request, regrade)


def work_on(request, regrade):
    """Apply a regrade, or have it applied, and show it."""
    if left_of(regrade).count() > AT_ONCE:
        tasks.apply_regrade.enqueue(regrade.pk)
        messages.success(request, _("The regrade is being applied in the background. Look again in a while."))
    else:
        services.apply_regrade(regrade)
        messages.success(request, _("The regrade has been applied."))
    return redirect("regrades:regrade", regrade.pk)


@require_admin_access
def regrade(request, regrade_id):
    """What was decided, how far it is, and whose score changed."""
    found = access.get_regrade_or_404(request.user, regrade_id)
    done = found.attempts.count()
    left = 0 if found.applied_at else left_of(found).count()
    changed = found.attempts.exclude(before=F("after")).exclude(before=None, after=None)
    paginator = WagtailPaginator(changed.select_related("attempt").order_by("pk"), PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return screen(
        request,
        "assessments/after/staff/regraded.html",
        title=_("Regrade of %(quiz)s") % {"quiz": found.quiz.title},
        icon="rotate",
        trail=regrade_trail(
            found.quiz,
            (reverse("regrades:begin", args=[found.quiz_id]), _("Grade questions anew")),
            last=_("Regrade of %(quiz)s") % {"quiz": found.quiz.title},
        ),
        regrade=found,
        questions=found.questions.select_related("question", "key_version"),
        editions=found.editions.select_related("course"),
        done=done,
        left=left,
        total=done + left,
        changed=paginator.count,
        page=page,
        lines=lines([change_of(row) for row in page.object_list]),
    )


def change_of(row):
    """What a regrade did to an attempt, as a change."""
    attempt = row.attempt
    return Change(attempt.pk, attempt.enrolment_id, attempt.number, attempt.pass_mark, row.before, row.after)


@require_admin_access
@require_POST
def go_on(request, regrade_id):
    """Continue a regrade that was stopped."""
    found = access.get_regrade_or_404(request.user, regrade_id)
    if found.applied_at:
        return redirect("regrades:regrade", found.pk)
    return work_on(request, found)
