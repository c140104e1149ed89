"""What the demo's people did, done again through the services at the times they did it."""

import random
import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from accounts.services import confirm_name
from assessments.models import Quiz
from assessments.services import attempt_refusal, begin_quiz, hand_in, save_answer
from certificates.models import Award
from certificates.storing import store
from courses.models import CompletionRule, LessonPage
from enrolments.models import Edition, Enrolment
from enrolments.services import enrol_by_staff, withdraw
from foundation.outbox.models import Message
from learning.progress import progress
from learning.services import complete_activity
from learning.tutoring import add_message, ask_tutor
from lms.demo.clock import at


class Learner:
    """Somebody at work in one edition, with a talent (0 to 1) for quizzes and a fraction of the course they do."""

    def __init__(
        self, person: User, edition: Edition, *, begins: datetime, does: float, talent: float, by: User
    ):
        self.person, self.edition, self.begins, self.does, self.talent, self.by = (
            person,
            edition,
            begins,
            does,
            talent,
            by,
        )
        self.chance = random.Random(f"{person.email}/{edition.code}")
        self.now = begins

    def study(self) -> Enrolment:
        """Enrol and work through the course in order, a few activities a week; never later than now."""
        with at(self.begins):
            enrolment = enrol_by_staff(
                self.person, self.edition, by=self.by, reason="Nominated by the partner"
            )
        steps = [state.activity for lesson in progress(enrolment).lessons for state in lesson.required]
        end = datetime.now(tz=ZoneInfo("UTC"))
        for activity in steps[: round(len(steps) * self.does)]:
            self.now = min(self.now + timedelta(hours=self.chance.randint(6, 60)), end)
            with at(self.now):
                self._do(enrolment, activity)
        return enrolment

    def _do(self, enrolment, activity):
        if activity.completion_rule == CompletionRule.MARKED:
            complete_activity(enrolment, activity)
            return
        for attempt in range(3):
            if self._take(enrolment, activity, self.talent + 0.2 * attempt):
                return

    def _take(self, enrolment, quiz: Quiz, talent) -> bool:
        """One attempt; whether it ended the matter."""
        if attempt_refusal(enrolment, quiz):
            return True
        quiz_attempt = begin_quiz(enrolment, quiz, language=enrolment.language)
        for item in quiz_attempt.items.select_related("question_version"):
            options = item.question_version.content["options"]
            right = [option["key"] for option in options if option["correct"]]
            wrong = [option["key"] for option in options if not option["correct"]]
            knows = self.chance.random() < talent or not wrong
            save_answer(
                quiz_attempt.attempt,
                item,
                right if knows else [self.chance.choice(wrong)],
                language=enrolment.language,
            )
        return hand_in(quiz_attempt.attempt).passed


def _morning(day, zone="Europe/Rome"):
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo(zone))


def make_history(people: dict[str, User], learners: list[User], editions: dict[str, Edition], say) -> None:
    """Fifty learners and the personas at work. Skipped when they have begun already."""
    if Enrolment.objects.exists():
        return
    coordinator = people["coordinator"]
    groups = [
        ("trafficking-nairobi", learners[:20], (0.6, 1.0), 0.85),
        ("evidence-spring", learners[18:38], (0.5, 1.0), 0.8),
        ("assets-running", learners[30:50], (0.0, 0.6), 0.75),
        (
            "trafficking-francophone",
            [person for person in learners if person.language == "fr"],
            (0.0, 0.5),
            0.8,
        ),
    ]
    for code, group, does, talent in groups:
        say(f"  edition: {code}, {len(group)} learners")
        _study_together(editions[code], group, does, talent, coordinator)
    say("  self-study")
    for number, person in enumerate(learners[5:50:3]):
        course = list(editions)[number % 5]
        begins = timezone.now() - timedelta(days=300 - 15 * number)
        Learner(person, editions[course], begins=begins, does=1.0, talent=0.9, by=coordinator).study()
    _personas_at_work(people, editions)
    _tutor_questions(people, editions)
    _somebody_withdraws(editions["assets-running"], coordinator)
    say("  certificates")
    for award in Award.objects.filter(stored_at=None):
        store(award)
    # Nobody reads what is written to people who cannot sign in; the mailbox shows the personas' messages.
    Message.objects.unsent().filter(email__startswith="learner").update(withheld=Message.Withheld.CLOSED)


def _study_together(edition, group, does, talent, coordinator):
    chance = random.Random(edition.code)
    first = _morning(edition.starts_on)
    for person in group:
        share = 1.0 if chance.random() < 0.55 and does[1] == 1.0 else chance.uniform(*does)
        learner = Learner(person, edition, begins=first, does=share, talent=talent, by=coordinator)
        learner.study()


def _personas_at_work(people, editions):
    coordinator = people["coordinator"]
    now = timezone.now()
    plan = [
        ("judge", "assets-running", 18, 0.4),
        ("judge", "prisons-next", 2, 0.0),
        ("judge", "environmental-crime", 90, 1.0),
        ("juge", "trafficking-francophone", 11, 0.3),
        ("qadi", "trafficking-in-persons", 120, 1.0),
    ]
    confirm_name(people["judge"], people["judge"].full_name)
    confirm_name(people["qadi"], people["qadi"].full_name)
    for name, code, days_ago, does in plan:
        begins = now - timedelta(days=days_ago)
        Learner(people[name], editions[code], begins=begins, does=does, talent=1.0, by=coordinator).study()


def _tutor_questions(people, editions):
    enrolment = Enrolment.objects.get(edition=editions["assets-running"], person=people["judge"])
    lessons = [lesson.pk for lesson in progress(enrolment).lessons]
    first, second = LessonPage.objects.filter(pk__in=lessons[:2]).order_by("path")
    now = timezone.now()
    with at(now - timedelta(days=6)):
        thread = ask_tutor(
            enrolment,
            first,
            text="In my jurisdiction a freezing order needs a named suspect. Can it be asked for before there is one?",
            form_key=uuid.uuid4(),
        )
    with at(now - timedelta(days=5)):
        add_message(
            thread,
            author=people["tutor"],
            text="Often yes: many laws allow a short administrative freeze first. Look for the power of your financial "
            "intelligence unit to postpone a transaction, and read unit 2 with that question in mind.",
            form_key=uuid.uuid4(),
        )
    with at(now - timedelta(days=1)):
        ask_tutor(
            enrolment,
            second,
            text="Which of the documents in the case study would you ask for first, and from whom?",
            form_key=uuid.uuid4(),
        )


def _somebody_withdraws(edition, coordinator):
    enrolment = edition.enrolments.active().filter(person__email__startswith="learner").order_by("pk").last()
    withdraw(enrolment, by=coordinator, reason="Transferred to another post")
