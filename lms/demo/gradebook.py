"""A gradebook with marks in the edition that the demo's tutor and coordinator run. Done through the services."""

import random
from decimal import Decimal

from accounts.models import User
from enrolments.models import Edition
from gradebook.models import EntryKind, GradeCategory, GradeItem, GradeScale, GradeScheme, MissingRule
from gradebook.services import add_manual_item, comment, create_scheme, enter
from gradebook.services.schemes import change_scheme
from gradebook.typed import Typed
from learning.models import Attempt

EDITION = "assets-running"
COMMENTS = [
    "Clear reasons, and the link between the account and the offence is proved step by step. Name the legal basis first.",
    "The facts are in order. The order should say for how long it holds and who may contest it.",
    "Convincing on necessity. Third parties who own a share of the house are missing.",
    "Short and exact: a judge could sign this.",
]


def make_gradebook(people: dict[str, User], editions: dict[str, Edition], say) -> None:
    """Weights, a piece of written work, marks, one excused, one changed with a reason. Skipped when it is there."""
    edition = Edition.objects.get(pk=editions[EDITION].pk)
    if GradeScheme.objects.filter(edition=edition).exists():
        return
    say(f"  gradebook: {EDITION}")
    coordinator, tutor = people["coordinator"], people["tutor"]
    scheme = create_scheme(edition, by=coordinator)
    change_scheme(scheme, lambda: _weigh(scheme), by=coordinator, reason="As agreed with the partner")
    written, oral = _items(scheme, coordinator)
    _mark(scheme, written, oral, people)
    _exceptions(scheme, people, tutor)


def _weigh(scheme):
    scheme.scale = GradeScale.objects.get(slug="distinction")
    scheme.missing = MissingRule.ZERO
    scheme.save()
    scheme.categories.update(weight=60 / max(scheme.categories.count(), 1))
    for order, (name, french, arabic, weight) in enumerate(
        [
            ("Written work", "Travaux écrits", "الأعمال الكتابية", 30),
            ("Oral hearing", "Audience simulée", "الجلسة الشفوية", 10),
        ],
        start=scheme.categories.count(),
    ):
        GradeCategory.objects.create(
            scheme=scheme, name=name, names={"fr": french, "ar": arabic}, weight=weight, sort_order=order
        )


def _items(scheme, coordinator):
    written, oral = (
        add_manual_item(
            GradeItem(
                scheme=scheme,
                category=scheme.categories.get(name=category),
                name=name,
                names=names,
                points=points,
            ),
            by=coordinator,
            shown=shown,
        )
        for category, name, names, points, shown in [
            (
                "Written work",
                "Draft of a freezing order",
                {"fr": "Projet d’ordonnance de gel", "ar": "مشروع أمر تجميد"},
                20,
                True,
            ),
            (
                "Oral hearing",
                "Hearing on confiscation",
                {"fr": "Audience sur la confiscation", "ar": "جلسة بشأن المصادرة"},
                10,
                False,
            ),
        ]
    )
    return written, oral


def _mark(scheme, written, oral, people):
    """Most of the written work is marked and commented; the hearing is marked for a few, and still hidden."""
    tutor, chance = people["tutor"], random.Random(EDITION)
    learners = scheme.edition.enrolments.active().select_related("person").order_by("pk")
    for number, enrolment in enumerate(learners):
        if number % 5 == 4 and enrolment.person != people["judge"]:
            continue
        points = chance.randint(9, 20)
        enter(written, enrolment, Typed(EntryKind.SCORE, Decimal(points) / 20), by=tutor)
        comment(written, enrolment, COMMENTS[number % len(COMMENTS)], by=tutor)
        if number % 3 == 0:
            enter(oral, enrolment, Typed(EntryKind.SCORE, Decimal(chance.randint(5, 10)) / 10), by=tutor)


def _exceptions(scheme, people, tutor):
    """Somebody is excused, and one result of a quiz was changed after a look at the answers."""
    quizzes = scheme.items.exclude(activity=None).order_by("sort_order")
    learners = list(scheme.edition.enrolments.active().exclude(person=people["judge"]).order_by("pk"))
    if not quizzes or not learners:
        return
    enter(
        quizzes[0],
        learners[0],
        Typed(EntryKind.EXCUSED),
        by=tutor,
        reason="In hospital that week; agreed with the coordinator",
    )
    taken = Attempt.objects.finished().filter(
        activity__in=quizzes.values("activity"), enrolment__in=learners[1:]
    )
    attempt = taken.filter(score__lt=1).order_by("pk").first()
    if attempt:
        enter(
            quizzes.get(activity=attempt.activity_id),
            attempt.enrolment,
            Typed(EntryKind.SCORE, min(attempt.score + Decimal("0.1"), Decimal(1))),
            by=tutor,
            reason="Question 3 can be read in two ways; the answer given is right in the learner's jurisdiction",
        )
