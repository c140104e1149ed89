"""Where a question is written: in a quiz, in a bank, in a case. Each knows how to save and where to go on."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assessments import drafts
from assessments.authoring.desk import Desk
from assessments.authoring.kinds import Editor
from assessments.models import Question, QuestionBank, Quiz


def bank_to_write_in(quiz: Quiz) -> QuestionBank:
    """The bank of the quiz's course; not saved where there is none yet, since looking changes nothing."""
    return QuestionBank.objects.filter(course=quiz.course).order_by("pk").first() or QuestionBank(
        course=quiz.course
    )


@dataclass(frozen=True)
class QuizDesk(Desk):
    """A question of the course's own bank is written where it stands in a quiz."""

    quiz: Quiz | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, quiz: Quiz) -> "QuizDesk":
        """The desk of a quiz."""
        return cls(bank_to_write_in(quiz), with_points=True, quiz=quiz)

    def refusal(self, question: Question) -> str | None:
        """Why nothing can be written now."""
        return drafts.question_refusal(question) if question.pk else drafts.draft_refusal(self.quiz)

    def save(self, editor: Editor, user: User) -> None:
        """Keep the question and what it is worth in the quiz."""
        data, found = editor.form.cleaned_data, editor.form.found
        points = data.get("points", 0)
        if editor.question.pk is None:
            drafts.add_question(self.quiz, editor.question, points=points, user=user, found=found)
        else:
            drafts.save_question(editor.question, user=user, found=found)
            if "points" in data:
                drafts.set_points(self.quiz, editor.question, points, user=user)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The way back."""
        return [
            (_("Quizzes"), reverse("quizzes:index")),
            (self.quiz.title, reverse("quizzes:edit", args=[self.quiz.pk])),
        ]

    @property
    def preview_url(self) -> str:
        """What draws the question while it is typed."""
        return reverse("quizzes:preview_question", args=[self.quiz.pk])

    def edit_url(self, question: Question) -> str:
        """The form of a question here."""
        return reverse("quizzes:edit_question", args=[self.quiz.pk, question.pk])

    @property
    def add_url(self) -> str:
        """The form of a new one."""
        return reverse("quizzes:add_question", args=[self.quiz.pk])

    @property
    def back_url(self) -> str:
        """Where one came from."""
        return reverse("quizzes:edit", args=[self.quiz.pk])

    @property
    def saved_message(self) -> str:
        """What becomes of what was saved."""
        return _("Saved as a draft. Learners see it once the course is published.")


@dataclass(frozen=True)
class BankDesk(Desk):
    """A question is written in its bank."""

    def refusal(self, question: Question) -> str | None:
        """Why nothing can be written now."""
        return drafts.question_refusal(question) if question.pk else None

    def save(self, editor: Editor, user: User) -> None:
        """Keep the question."""
        drafts.save_question(editor.question, user=user, found=editor.form.found)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The way back."""
        return [
            (_("Question banks"), reverse("question_bank:index")),
            (self.bank.name, reverse("question_bank:bank", args=[self.bank.pk])),
        ]

    @property
    def preview_url(self) -> str:
        """What draws the question while it is typed."""
        return reverse("question_bank:preview", args=[self.bank.pk])

    def edit_url(self, question: Question) -> str:
        """The form of a question here."""
        return reverse("question_bank:edit", args=[question.pk])

    @property
    def add_url(self) -> str:
        """The form of a new one."""
        return reverse("question_bank:add", args=[self.bank.pk])

    @property
    def back_url(self) -> str:
        """Where one came from."""
        return reverse("question_bank:bank", args=[self.bank.pk])

    @property
    def saved_message(self) -> str:
        """What becomes of what was saved."""
        return _("Saved as a draft. Send it for approval when it is ready.")


@dataclass(frozen=True)
class CaseDesk(BankDesk):
    """A new question is written for a case."""

    case: Question | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, case: Question) -> "CaseDesk":
        """The desk of a case."""
        return cls(case.bank, with_points=True, case=case)

    def refusal(self, question: Question) -> str | None:
        """Why nothing can be written now."""
        return drafts.question_refusal(self.case)

    def save(self, editor: Editor, user: User) -> None:
        """Keep the question at the end of the case."""
        points = editor.form.cleaned_data["points"]
        drafts.add_part(self.case, editor.question, points=points, user=user, found=editor.form.found)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The way back."""
        return [*super().trail, (self.case.name, self.back_url)]

    @property
    def add_url(self) -> str:
        """The form of a new one."""
        return reverse("question_bank:add_part", args=[self.case.pk])

    @property
    def back_url(self) -> str:
        """Where one came from."""
        return reverse("question_bank:edit", args=[self.case.pk])

    @property
    def saved_message(self) -> str:
        """What becomes of what was saved."""
        return _("Saved as a draft of the case.")
