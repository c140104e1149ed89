"""The tutor's desk: unanswered questions first, then who has gone quiet, edition by edition."""

from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.paginator import WagtailPaginator

from enrolments.access import can_manage, taught_editions, tutored_editions
from enrolments.admin_views.asking import crumbs, screen
from enrolments.models import Enrolment
from learning import access, tutoring
from learning.forms import MessageForm
from learning.last_seen import QUIET_AFTER, expected_to_work, gone_quiet, never_begun
from learning.questions import answered, threads_of, unanswered

SHOWN = 50


class AnswerForm(MessageForm):
    """The tutor's answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = gettext_lazy("Your answer")
        self.fields["text"].help_text = gettext_lazy(
            "The learner is told by e-mail and reads it in the classroom."
        )


@require_admin_access
def desk(request):
    """Everything that waits for this tutor."""
    editions = (
        tutored_editions(request.user)
        .filter(cancelled_at=None)
        .select_related("course")
        .annotate(
            learners=Count("enrolments", filter=HOLDS_A_PLACE),
            completed=Count(
                "enrolments", filter=HOLDS_A_PLACE & Q(enrolments__course_completion__isnull=False)
            ),
        )
        .order_by("-starts_on", "code")
    )
    learners = Enrolment.objects.filter(edition__in=[edition.pk for edition in editions])
    quiet = (
        gone_quiet(learners).select_related("person__country", "edition__course").order_by("seen_at", "pk")
    )
    threads = threads_of([edition.pk for edition in editions])
    return screen(
        request,
        "learning/staff/tutoring.html",
        title=_("Tutoring"),
        icon="help",
        trail=crumbs(last=_("Tutoring")),
        editions=editions,
        unanswered=unanswered(threads)[:SHOWN],
        answered=answered(threads)[:10],
        quiet=quiet[:SHOWN],
        quiet_count=quiet.count(),
        expected=expected_to_work(learners).count(),
        never=set(never_begun(learners.active()).values_list("pk", flat=True)),
        quiet_days=QUIET_AFTER.days,
    )


HOLDS_A_PLACE = Q(enrolments__withdrawn_at=None, enrolments__closed_at=None)


@require_admin_access
def questions(request):
    """Every question in the editions one tutors or manages, unanswered ones first."""
    threads = threads_of(taught_editions(request.user))
    paginator = WagtailPaginator(answered(threads), SHOWN)
    page = paginator.get_page(request.GET.get("p"))
    return screen(
        request,
        "learning/staff/questions.html",
        title=_("Questions of learners"),
        icon="help",
        trail=crumbs(last=_("Questions of learners")),
        unanswered=unanswered(threads)[:200],
        answered=page.object_list,
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
    )


@require_admin_access
def thread(request, pk):
    """One conversation, and the answer. Sending it twice answers once."""
    found = access.get_thread_to_answer_or_404(request.user, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tutoring.add_message(found, author=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer has been sent."))
        return redirect("tutoring:thread", pk)
    edition = found.enrolment.edition
    start = (
        (reverse("tutoring:questions"), _("Questions of learners"))
        if can_manage(request.user, edition)
        else (reverse("tutoring:index"), _("Tutoring"))
    )
    return screen(
        request,
        "learning/staff/thread.html",
        title=_("Question of %(person)s") % {"person": found.enrolment.person},
        icon="help",
        trail=crumbs(start, last=str(found.enrolment.person)),
        form=form,
        thread=found,
        edition=edition,
        learner=found.enrolment.person,
        messages_sent=found.messages.select_related("author"),
    )
