"""Finding questions in banks: how each stands, and what a list can be narrowed down by."""

import django_filters
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from assessments.authoring.desk import tree_choices
from assessments.authoring.forms.places import grouped
from assessments.models import (
    CasePart,
    Difficulty,
    Question,
    QuestionBank,
    QuestionCategory,
    QuestionKind,
    QuestionReview,
    QuestionText,
    Verdict,
)


class State(models.TextChoices):
    """How a question stands."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting for approval")
    RETURNED = "returned", _("Returned to the author")
    LIVE = "live", _("Approved")
    CHANGED = "changed", _("Approved, with changes not yet approved")


def with_state(questions):
    """Questions with what `state_of` looks at; no query grows with their number."""
    reviews = QuestionReview.objects.filter(question=OuterRef("pk"))
    returned = reviews.filter(verdict=Verdict.RETURNED, revision=OuterRef("latest_revision"))
    return questions.annotate(
        is_waiting=Exists(reviews.filter(decided_at=None)),
        is_returned=Exists(returned),
        is_part=Exists(CasePart.objects.filter(question=OuterRef("pk"))),
    )


def state_of(question) -> State:
    """The state of a question that `with_state` selected."""
    if question.is_waiting:
        return State.WAITING
    if question.is_returned:
        return State.RETURNED
    if not question.live:
        return State.DRAFT
    return State.CHANGED if question.has_unpublished_changes else State.LIVE


def with_states(questions) -> list[tuple[Question, str]]:
    """Each with its state in words."""
    return [(question, str(state_of(question).label)) for question in questions]


def in_state(questions, name, value):
    """Questions in one state."""
    if value == State.WAITING:
        return questions.filter(is_waiting=True)
    questions = questions.filter(is_waiting=False)
    if value == State.RETURNED:
        return questions.filter(is_returned=True)
    questions = questions.filter(is_returned=False)
    if value == State.DRAFT:
        return questions.filter(live=False)
    return questions.filter(live=True, has_unpublished_changes=value == State.CHANGED)


def in_category(questions, name, category):
    """A category holds what is in those inside it."""
    inside = Q(category=category)
    inside |= Q(category__parent=category) | Q(category__parent__parent=category)
    return questions.filter(inside)


def without_language(questions, name, language):
    """Questions that have no words in a language."""
    worded = QuestionText.objects.filter(question=OuterRef("pk"), language=language).exclude(stem="")
    return questions.filter(~Exists(worded))


def languages():
    """The languages of content."""
    return [(locale.language_code, locale.get_display_name()) for locale in Locale.objects.all()]


def matching(questions, text):
    """Those whose name or words hold every word typed.

    SQLite folds the case of Latin letters only: the usual spellings of each word are tried.
    """
    for word in text.split()[:6]:
        found = Q()
        for spelling in {word, word.lower(), word.upper(), word.capitalize()}:
            found |= Q(name__icontains=spelling) | Q(id_number__icontains=spelling)
            worded = QuestionText.objects.filter(question=OuterRef("pk"))
            worded = worded.filter(Q(stem__icontains=spelling) | Q(options__icontains=spelling))
            found |= Q(Exists(worded))
        questions = questions.filter(found)
    return questions


class QuestionFilterSet(WagtailFilterSet):
    """What a list of questions can be narrowed down by. `banks` are those it may show."""

    bank = django_filters.ModelChoiceFilter(label=_("Bank"), queryset=None)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=QuestionKind.choices)
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=QuestionCategory.objects.none(), method=in_category
    )
    tag = django_filters.ModelChoiceFilter(
        label=_("Tag"), queryset=Tag.objects.none(), field_name="tagged_questions__tag"
    )
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, method=in_state)
    missing = django_filters.ChoiceFilter(
        label=_("Not worded in"), choices=languages, method=without_language
    )
    used = django_filters.ChoiceFilter(
        label=_("Used"),
        choices=[("yes", _("In a quiz or a case")), ("no", _("Nowhere yet"))],
        method="by_use",
    )
    q = django_filters.CharFilter(
        label=_("Words"), method=lambda questions, name, value: matching(questions, value)
    )

    class Meta:
        model = Question
        fields = []

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None, banks=(), held=set):
        super().__init__(data, queryset, request=request, prefix=prefix)
        self.held = held
        self.filters["category"].queryset = QuestionCategory.objects.filter(bank__in=banks)
        self.filters["tag"].queryset = (
            Tag.objects.filter(question__bank__in=banks).distinct().order_by("name")
        )
        if "bank" in self.filters:
            self.filters["bank"].queryset = banks

    def by_use(self, questions, name, value):
        """Questions that a quiz or a case holds, live or in a draft; or the others."""
        held = Q(pk__in=self.held())
        return questions.filter(held if value == "yes" else ~held)


class BankFilterSet(QuestionFilterSet):
    """The same in one bank, where the list has a field for words of its own."""

    bank = None
    q = None

    class Meta:
        model = Question
        fields = []

    def __init__(self, *args, bank, **kwargs):
        super().__init__(*args, banks=QuestionBank.objects.filter(pk=bank.pk), **kwargs)
        self.form.fields["category"].widget.choices = tree_choices(bank.categories.all(), _("All"))


class ChoosingFilterSet(QuestionFilterSet):
    """The same across banks, for choosing from them."""

    used = None

    class Meta:
        model = Question
        fields = []

    def __init__(self, *args, banks, **kwargs):
        super().__init__(*args, banks=banks, **kwargs)
        self.form.fields["category"].widget.choices = grouped(banks)


def questions_to_choose(banks):
    """Questions a quiz can take: those of shared banks once approved; a case with its questions, never these alone."""
    free = Question.objects.filter(bank__in=banks).filter(Q(bank__course__isnull=False) | Q(live=True))
    free = with_state(free).filter(is_part=False)
    return (
        free.select_related("bank", "category").prefetch_related("tags").order_by("bank__name", "name", "pk")
    )
