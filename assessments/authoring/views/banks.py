"""The banks a person may read, and the questions of one."""

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button, HeaderButton

from assessments import drafts, kinds
from assessments.authoring import access, finding
from assessments.authoring.forms.banks import BankForm, BulkForm
from assessments.authoring.views.screens import screen
from assessments.models import Question
from assessments.services import approval, banks


def trail_to(bank=None):
    """The way back to the banks, and to one of them."""
    trail = [(_("Question banks"), reverse("question_bank:index"))]
    if bank:
        trail.append((bank.name, reverse("question_bank:bank", args=[bank.pk])))
    return trail


@require_admin_access
def index(request):
    """Every bank of the person with how much it holds and how much waits for approval."""
    is_open = Q(questions__reviews__isnull=False, questions__reviews__decided_at=None)
    found = access.visible_banks(request.user).annotate(
        total=Count("questions", distinct=True),
        approved=Count("questions", filter=Q(questions__live=True), distinct=True),
        waiting=Count("questions", filter=is_open, distinct=True),
    )
    context = {
        "shared": [bank for bank in found if bank.course_id is None],
        "own": [bank for bank in found if bank.course_id],
        "may_open": access.can_open_bank(request.user),
    }
    return render(
        request,
        "assessments/authoring/banks.html",
        screen(_("Question banks"), trail=[], icon="folder-open-inverse", **context),
    )


@require_admin_access
def begin(request):
    """A new bank that courses share."""
    if not access.can_open_bank(request.user):
        messages.error(request, _("Shared banks are begun by authors and administrators of the whole site."))
        return redirect("question_bank:index")
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bank = banks.open_bank(user=request.user, **form.cleaned_data)
        messages.success(request, _("The bank has been begun. Now write its questions, or import them."))
        return redirect("question_bank:bank", bank.pk)
    return render(
        request,
        "assessments/authoring/ask.html",
        screen(_("New shared bank"), trail=trail_to(), form=form, button=_("Begin the bank")),
        status=422 if form.errors else 200,
    )


class TickColumn(BaseColumn):
    """A box to tick for the form below the list."""

    header_template_name = "assessments/authoring/_tick_header.html"
    cell_template_name = "assessments/authoring/_tick.html"


class BankView(IndexView):
    """The questions of one bank: searched, narrowed down, ticked."""

    model = Question
    header_icon = "folder-open-inverse"
    template_name = "assessments/authoring/bank.html"
    filterset_class = finding.BankFilterSet
    search_fields = ["name"]  # and words: see search_queryset
    search_backend_name = None
    is_searchable = True
    default_ordering = "name"
    paginate_by = 50
    any_permission_required = None
    permission_policy = None
    index_url_name = "question_bank:bank"
    index_results_url_name = "question_bank:bank_results"

    def dispatch(self, request, *args, **kwargs):
        """A bank of the person's, or 404."""
        self.bank = access.get_bank_or_404(request.user, kwargs["bank_id"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_write(self):
        """Whether the person writes in this bank."""
        return access.can_write_bank(self.request.user, self.bank)

    @cached_property
    def may_review(self):
        """Whether the person approves questions of this bank."""
        return access.can_review_bank(self.request.user, self.bank)

    def get_page_title(self):
        """The bank's name."""
        return self.bank.name

    def get_breadcrumbs_items(self):
        """The way back to all banks."""
        trail = [{"url": url, "label": label} for label, url in trail_to()]
        return [*trail, {"url": "", "label": self.bank.name}]

    def get_index_url(self):
        """This list."""
        return reverse(self.index_url_name, args=[self.bank.pk])

    def get_index_results_url(self):
        """Its rows alone."""
        return reverse(self.index_results_url_name, args=[self.bank.pk])

    def get_filterset_kwargs(self):
        """What this bank offers to narrow down by."""
        held = cached(lambda: drafts.questions_in_drafts(self.bank))
        return super().get_filterset_kwargs() | {"bank": self.bank, "held": held}

    def get_base_queryset(self):
        """With what the columns show."""
        questions = finding.with_state(Question.objects.filter(bank=self.bank))
        return questions.select_related("category").prefetch_related("tags", "texts")

    def search_queryset(self, queryset):
        """By name and words."""
        return finding.matching(queryset, self.search_query) if self.is_searching else queryset

    def get_edit_url(self, instance):
        """The page of the question."""
        return reverse("question_bank:question", args=[instance.pk])

    @cached_property
    def columns(self):
        """What one looks for a question by."""
        return [
            TickColumn("tick"),
            TitleColumn("name", label=_("Question"), get_url=self.get_edit_url, sort_key="name"),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("category", label=_("Category"), sort_key="category__name"),
            Column("tags", label=_("Tags"), accessor=tags_of),
            Column("difficulty", label=_("Difficulty"), accessor=difficulty_of, sort_key="difficulty"),
            Column("languages", label=_("Languages"), accessor=languages_of),
            Column("state", label=_("State"), accessor=lambda question: finding.state_of(question).label),
        ]

    @cached_property
    def header_buttons(self):
        """The way to the categories; new questions begin below the list's head."""

        def button(label, name, icon):
            return HeaderButton(label, url=reverse(name, args=[self.bank.pk]), icon_name=icon)

        buttons = [button(_("Categories"), "question_bank:categories", "folder-open-inverse")]
        if self.may_write:
            buttons.append(button(_("Import"), "question_exchange:import", "upload"))
        return [*buttons, button(_("Export"), "question_exchange:export", "download")]

    @cached_property
    def header_more_buttons(self):
        """A new question of each kind."""
        if not self.may_write:
            return []
        url = reverse("question_bank:add", args=[self.bank.pk])
        return [
            Button(kind.label, url=f"{url}?kind={kind.name}", icon_name="plus", priority=10 + number)
            for number, kind in enumerate(kinds.KINDS.values())
        ]

    def get_context_data(self, *args, **kwargs):
        """With the form for what was ticked."""
        form = None
        if self.may_write or self.may_review:
            form = BulkForm(bank=self.bank, may_write=self.may_write, may_review=self.may_review)
        own = {"bank": self.bank, "bulk": form, "kinds": kinds.KINDS.values(), "may_write": self.may_write}
        return super().get_context_data(*args, **kwargs) | own


def cached(function):
    """Asked at most once."""
    known = []

    def ask():
        if not known:
            known.append(function())
        return known[0]

    return ask


def tags_of(question):
    """Its tags in one line."""
    return ", ".join(tag.name for tag in question.tags.all())


def difficulty_of(question):
    """In words, or nothing."""
    return question.get_difficulty_display() or ""


def languages_of(question):
    """The codes of the languages it has words in."""
    return ", ".join(sorted(text.language for text in question.texts.all()))


@require_admin_access
@require_POST
def bulk(request, bank_id):
    """Do something with the ticked questions."""
    bank = access.get_bank_or_404(request.user, bank_id)
    may_write = access.can_write_bank(request.user, bank)
    may_review = access.can_review_bank(request.user, bank)
    form = BulkForm(request.POST, bank=bank, may_write=may_write, may_review=may_review)
    ticked = Question.objects.filter(bank=bank, pk__in=request.POST.getlist("question"))
    ticked = ticked.select_related("bank__course", "category", "latest_revision", "live_revision")
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    elif not ticked:
        messages.warning(request, _("Tick questions first."))
    else:
        BULK[form.cleaned_data["action"]](request, ticked, form)
    return redirect("question_bank:bank", bank.pk)


def sort(request, ticked, form):
    """Category, difficulty and tags as filled in."""
    data = form.cleaned_data
    count = banks.classify_questions(
        ticked.prefetch_related("tags"),
        request.user,
        category=data["category"],
        difficulty=data["difficulty"],
        tags=form.tag_names,
    )
    said = ngettext("%(count)s question has been sorted.", "%(count)s questions have been sorted.", count)
    messages.success(request, said % {"count": count})


def submit(request, ticked, form):
    """Send each for approval that is ready for it; say of the others why not."""
    one_by_one(
        request,
        ticked,
        lambda question: approval.submit_question(question, request.user),
        lambda count: ngettext(
            "%(count)s question has been sent for approval.",
            "%(count)s questions have been sent for approval.",
            count,
        ),
    )


def approve(request, ticked, form):
    """Approve each that waits; say of the others why not."""

    def approve_one(question):
        review = question.reviews.filter(decided_at=None).first()
        if review is None:
            raise approval.ApprovalRefused(
                _("“%(question)s” is not waiting for an answer any more.") % {"question": question.name}
            )
        approval.approve_question(review, request.user)

    one_by_one(
        request,
        ticked,
        approve_one,
        lambda count: ngettext(
            "%(count)s question has been approved.", "%(count)s questions have been approved.", count
        ),
    )


def one_by_one(request, ticked, do, said):
    """Do it to each; what was refused does not keep the others."""
    done, refusals = 0, []
    for question in ticked:
        try:
            do(question)
        except (approval.ApprovalRefused, drafts.DraftRefused) as refusal:
            refusals.append(str(refusal))
        else:
            done += 1
    if done:
        messages.success(request, said(done) % {"count": done})
    for refusal in refusals[:10]:
        messages.error(request, refusal)


BULK = {BulkForm.SORT: sort, BulkForm.SUBMIT: submit, BulkForm.APPROVE: approve}
