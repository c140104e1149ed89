"""Whom we reached in a period: enrolments and completions, counted by one thing at a time, never crossed."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Gender
from courses.models import CoursePage
from enrolments.models import Edition, Enrolment
from learning.models import CourseCompletion
from portfolio.models import Country, Donor, ExpectedResult, Priority, Profession, Project, SustainableGoal


class By(TextChoices):
    """What the figures are counted by."""

    COUNTRY = "country", gettext_lazy("Country or area")
    GENDER = "gender", gettext_lazy("Gender")
    PROFESSION = "profession", gettext_lazy("Professional group")
    COURSE = "course", gettext_lazy("Course")
    PRIORITY = "priority", gettext_lazy("Strategic priority")
    RESULT = "result", gettext_lazy("Expected result")
    GOAL = "goal", gettext_lazy("Sustainable Development Goal")
    PROJECT = "project", gettext_lazy("Project")
    DONOR = "donor", gettext_lazy("Donor")


# One course can serve several of these: a learner is counted under each, and rows add up to more than the total.
OVERLAPPING = {By.PRIORITY, By.RESULT, By.GOAL, By.DONOR}


@dataclass(frozen=True)
class Row:
    """One line: how many enrolled and how many completed, of how many."""

    label: str
    enrolled: int
    completed: int
    all_enrolled: int
    all_completed: int

    @property
    def share(self) -> int | None:
        """Per cent of all enrolments of the period, rounded down."""
        return 100 * self.enrolled // self.all_enrolled if self.all_enrolled else None

    @property
    def share_completed(self) -> int | None:
        """Per cent of all completions of the period, rounded down."""
        return 100 * self.completed // self.all_completed if self.all_completed else None


@dataclass(frozen=True)
class Reach:
    """The figures of one period."""

    by: By
    first: datetime.date
    last: datetime.date
    rows: tuple[Row, ...]
    enrolled: int
    people: int
    completed: int
    people_completed: int

    @property
    def overlaps(self) -> bool:
        """Whether rows add up to more than the total."""
        return self.by in OVERLAPPING


def reach(by: By, first: datetime.date, last: datetime.date) -> Reach:
    """Count who enrolled and who completed from the first day to the last, both included."""
    enrolments = Enrolment.objects.filter(enrolled_at__date__gte=first, enrolled_at__date__lte=last)
    completions = CourseCompletion.objects.filter(completed_at__date__gte=first, completed_at__date__lte=last)
    counts = enrolments.aggregate(all=Count("pk"), people=Count("person", distinct=True))
    done = completions.aggregate(all=Count("pk"), people=Count("enrolment__person", distinct=True))
    rows = tuple(
        Row(label, enrolled, completed, counts["all"], done["all"])
        for label, enrolled, completed in _counted(by, enrolments, completions)
    )
    return Reach(by, first, last, rows, counts["all"], counts["people"], done["all"], done["people"])


def _counted(by, enrolments, completions):
    """Label, enrolled and completed for each row that has any, then those without an answer."""
    if by in PERSONAL:
        fields, labels = PERSONAL[by]
        enrolled = _by_field(enrolments, *fields)
        completed = _by_field(completions, *(f"enrolment__{field}" for field in fields))
    else:
        labels, keys = TAUGHT[by]
        taught_as = keys(_editions(enrolments, completions))
        enrolled = _by_edition(enrolments, "edition", taught_as)
        completed = _by_edition(completions, "enrolment__edition", taught_as)
    for key, label in labels():
        if enrolled[key] or completed[key]:
            yield label, enrolled[key], completed[key]
    if enrolled[None] or completed[None]:
        yield _("Not known"), enrolled[None], completed[None]


def _by_field(rows, *fields):
    """Numbers by the first of the fields that is filled in."""
    counts = Counter()
    for *keys, number in rows.order_by().values_list(*fields).annotate(Count("pk")):
        counts[next(filter(None, keys), None)] += number
    return counts


def _by_edition(rows, field, taught_as):
    counts = Counter()
    for edition, number in rows.order_by().values_list(field).annotate(Count("pk")):
        for key in taught_as.get(edition) or {None}:
            counts[key] += number
    return counts


def _editions(enrolments, completions) -> list[Edition]:
    pks = {pk for (pk,) in enrolments.order_by().values_list("edition").distinct()}
    pks |= {pk for (pk,) in completions.order_by().values_list("enrolment__edition").distinct()}
    return list(Edition.objects.in_bulk(pks).values())


def _labels(queryset, label=str):
    return [(row.pk, label(row)) for row in queryset]


PERSONAL = {
    By.COUNTRY: (["country"], lambda: _labels(Country.objects.in_order())),
    By.GENDER: (["gender"], lambda: [(value, str(label)) for value, label in Gender.choices]),
    By.PROFESSION: (
        ["profession__parent", "profession"],
        lambda: _labels(Profession.objects.groups().in_order()),
    ),
}


def _pairs(model, field, pks):
    """From each page or edition to what it points at, as sets."""
    found = defaultdict(set)
    rows = model.objects.filter(pk__in=pks, **{f"{field}__isnull": False})
    for pk, key in rows.order_by().values_list("pk", field):
        found[pk].add(key)
    return found


def _by_course(editions, *fields):
    """From each edition to what its course points at by any of the fields."""
    courses = {edition.course_id for edition in editions}
    found = [_pairs(CoursePage, field, courses) for field in fields]
    return {e.pk: set().union(*(pairs[e.course_id] for pairs in found)) for e in editions}


def _by_own(editions, *fields):
    """From each edition to what it points at itself."""
    found = [_pairs(Edition, field, [edition.pk for edition in editions]) for field in fields]
    return {e.pk: set().union(*(pairs[e.pk] for pairs in found)) for e in editions}


def _own_else_course(own, of_course):
    """The edition keeps what it was held for; where it says nothing, its course does."""
    return {edition: own[edition] or keys for edition, keys in of_course.items()}


def _results(editions):
    return _own_else_course(_by_own(editions, "expected_results"), _by_course(editions, "expected_results"))


def _priorities(editions):
    own = _by_own(editions, "expected_results__priority")
    return _own_else_course(own, _by_course(editions, "expected_results__priority", "priorities"))


def _projects(editions):
    return _own_else_course(_by_own(editions, "project"), _by_course(editions, "project"))


def _donors(editions):
    own = _by_own(editions, "project__donors")
    of_course = _by_course(editions, "donors", "project__donors")
    return {edition: own[edition] | keys for edition, keys in of_course.items()}


def _priority_label(priority):
    return f"{priority.reference} {priority.label}"


TAUGHT = {
    By.COURSE: (
        lambda: CoursePage.objects.canonical().order_by("title").values_list("pk", "title"),
        lambda editions: {edition.pk: {edition.course_id} for edition in editions},
    ),
    By.PRIORITY: (
        lambda: _labels(Priority.objects.in_order().select_related("framework"), _priority_label),
        _priorities,
    ),
    By.RESULT: (
        lambda: _labels(
            ExpectedResult.objects.in_order().select_related("priority__framework"), _priority_label
        ),
        _results,
    ),
    By.GOAL: (
        lambda: _labels(SustainableGoal.objects.in_order(), lambda goal: goal.numbered_label),
        lambda editions: _by_course(editions, "sdgs"),
    ),
    By.PROJECT: (
        lambda: _labels(Project.objects.in_order(), lambda project: f"{project.code} {project.label}"),
        _projects,
    ),
    By.DONOR: (lambda: _labels(Donor.objects.in_order()), _donors),
}
