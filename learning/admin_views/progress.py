"""How far the learners of an edition are, and why each has not completed yet."""

from django import forms
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.paginator import WagtailPaginator

from enrolments.access import can_manage
from enrolments.admin_views.accommodations import terms_in_words
from enrolments.admin_views.asking import crumbs, screen
from enrolments.models import Accommodation
from learning import access
from learning.admin_views.listing import matching, state_of
from learning.last_seen import QUIET_AFTER, expected_to_work, quiet_since, with_last_seen
from learning.progress import progress, progress_of
from learning.questions import threads_of

PER_PAGE = 50


class LearnersForm(forms.Form):
    """Which learners of the edition are shown."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False)
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("All who hold a place")),
            ("quiet", gettext_lazy("Gone quiet")),
            ("never", gettext_lazy("Never begun")),
            ("open", gettext_lazy("Not completed")),
            ("completed", gettext_lazy("Completed")),
            ("gone", gettext_lazy("Withdrawn")),
        ],
    )


def learners_shown(edition, form):
    """The learners asked for, by name, each with `seen_at`."""
    asked = form.cleaned_data if form.is_valid() else {}
    show = asked.get("show")
    enrolments = with_last_seen(edition.enrolments.filter(closed_at=None))
    enrolments = enrolments.exclude(withdrawn_at=None) if show == "gone" else enrolments.active()
    if show in ("completed", "open"):
        enrolments = enrolments.filter(course_completion__isnull=show == "open")
    elif show == "quiet":
        enrolments = expected_to_work(enrolments).filter(seen_at__lt=quiet_since())
    elif show == "never":
        enrolments = enrolments.filter(seen_at=F("enrolled_at"))
    if asked.get("q"):
        enrolments = matching(enrolments, asked["q"])
    return enrolments.select_related("person__country", "edition__course").order_by(
        "person__last_name", "person__first_name", "pk"
    )


@require_admin_access
def edition_progress(request, pk):
    """The learners of an edition, fifty a page."""
    edition = access.get_taught_edition_or_404(request.user, pk)
    form = LearnersForm(request.GET or None)
    paginator = WagtailPaginator(learners_shown(edition, form), PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    found = progress_of(page.object_list, get_language())
    rows = [row_of(enrolment, found[enrolment.pk]) for enrolment in page.object_list]
    manages = can_manage(request.user, edition)
    return screen(
        request,
        "learning/staff/edition.html",
        title=_("Learners and progress"),
        icon="group",
        trail=edition_trail(edition, manages),
        form=form,
        edition=edition,
        manages=manages,
        rows=rows,
        quizzes=rows[0]["quizzes"] if rows else [],
        interactive=rows[0]["interactive"] if rows else [],
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        narrowed=request.GET.urlencode(),
    )


def edition_trail(edition, manages, *steps):
    """The way here: managers come from editions, tutors from tutoring."""
    title = _("Learners and progress")
    trail = [(reverse("tutoring:index"), _("Tutoring"))]
    if manages:
        trail = [
            (reverse("editions:index"), _("Editions")),
            (reverse("editions:edit", args=[edition.pk]), str(edition)),
        ]
    if not steps:
        return crumbs(*trail, last=title)
    return crumbs(*trail, (reverse("learner_progress:edition", args=[edition.pk]), title), last=steps[0])


def row_of(enrolment, progress):
    """One line of the table."""
    states = [state for lesson in progress.lessons for state in lesson.activities]
    quizzes = [state for state in states if state.activity.kind == "quiz"]
    interactive = [state for state in states if state.activity.kind == "h5p"]
    return {
        "enrolment": enrolment,
        "progress": progress,
        "quizzes": quizzes,
        "interactive": interactive,
        "never_begun": enrolment.seen_at == enrolment.enrolled_at,
        "is_quiet": not progress.completed_at and enrolment.seen_at < quiet_since(),
    }


def granted_to(enrolment):
    """What the learner and their cohorts were granted and still have, each with its terms in words."""
    found = Accommodation.objects.current().reaching(enrolment)
    found = found.select_related("cohort", "activity", "granted_by")
    return [{"granted": granted, "terms": terms_in_words(granted)} for granted in found]


@require_admin_access
def learner_progress(request, pk):
    """One learner: what is missing and why, attempts, completions, what happened, questions."""
    enrolment = access.get_learner_or_404(request.user, pk)
    manages = can_manage(request.user, enrolment.edition)
    seen = with_last_seen(type(enrolment).objects.filter(pk=pk)).values_list("seen_at", flat=True).get()
    threads = threads_of([enrolment.edition_id]).filter(enrolment=enrolment).order_by("-last_at")
    own = Q(pk=enrolment.pk)
    others = (
        enrolment.person.enrolments.filter(edition=enrolment.edition).exclude(own).order_by("-enrolled_at")
    )
    return screen(
        request,
        "learning/staff/learner.html",
        title=str(enrolment.person),
        icon="user",
        trail=edition_trail(enrolment.edition, manages, str(enrolment.person)),
        enrolment=enrolment,
        edition=enrolment.edition,
        manages=manages,
        progress=progress(enrolment, get_language()),
        state=state_of(enrolment).label,
        seen_at=seen,
        never_begun=seen == enrolment.enrolled_at,
        quiet_days=QUIET_AFTER.days,
        attempts=enrolment.attempts.select_related("activity", "version").order_by("-started_at", "-pk"),
        completions=enrolment.completions.select_related("activity").order_by("-completed_at"),
        events=enrolment.events.select_related("by") if manages else [],
        granted=granted_to(enrolment),
        cohorts=[member.cohort for member in enrolment.cohort_memberships.current().select_related("cohort")],
        others=others if manages else [],
        threads=threads,
    )
