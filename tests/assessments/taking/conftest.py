"""An attempt at a quiz with rules, sections or kinds of its own."""

import pytest
from django.urls import reverse

from assessments.models import ItemKind, QuizItem
from assessments.publishing import freeze_quiz
from assessments.services import begin_quiz
from tests.factories.assessments import make_quiz
from tests.factories.enrolments import make_edition, make_enrolment


class Taking:
    """One learner at one quiz, signed in; `page` and `post` speak to its pages."""

    def __init__(self, client, quiz, enrolment):
        self.client, self.quiz, self.enrolment = client, quiz, enrolment
        client.force_login(enrolment.person)

    def url(self, name="attempt", *args):
        args = args or (self.attempt.pk,)
        return reverse(f"assessments:{name}", args=[self.enrolment.edition.code, *args])

    def begin(self):
        self.quiz_attempt = begin_quiz(self.enrolment, self.quiz, language="en")
        self.attempt = self.quiz_attempt.attempt
        return self

    @property
    def items(self):
        return list(self.quiz_attempt.items.select_related("question_version"))

    def page(self, number=None, name="attempt"):
        return self.client.get(self.url(name) + (f"?page={number}" if number else ""))

    def post(self, go, page=1, **fields):
        data = {"go": go, "page": page} | {name.replace("_", "-"): value for name, value in fields.items()}
        return self.client.post(self.url(), data, follow=True)

    def hand_in(self):
        return self.client.post(self.url("hand_in"), follow=True)


@pytest.fixture
def take(client, db):
    """Call it with fields of a quiz (`sections` for the titles of sections, each with one question)."""

    def taking(*, sections=(), begun=True, schedule=None, **fields):
        quiz = make_quiz(**{"questions": 4} | fields)
        for place, title in enumerate(sections):
            row = quiz.items.all()[2 * place]
            words = {"en": {"title": title, "instructions": f"About {title}."}, "ar": {"title": "قسم"}}
            section = QuizItem.objects.create(
                quiz=quiz, kind=ItemKind.SECTION, words=words, sort_order=row.sort_order
            )
            later = quiz.items.filter(sort_order__gte=row.sort_order).exclude(pk=section.pk)
            for item in later.order_by("-sort_order"):
                item.sort_order += 1
                item.save()
        if sections:
            freeze_quiz(quiz)
        enrolment = make_enrolment(make_edition(quiz.course))
        if schedule:
            enrolment.edition.schedules.create(activity=quiz, **schedule)
        found = Taking(client, quiz, enrolment)
        return found.begin() if begun else found

    return taking
