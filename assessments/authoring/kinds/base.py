"""What the form of every kind of question shares."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.authoring.desk import Desk, tree_choices
from assessments.authoring.fields import LineField, RichTextField
from assessments.drafts import Found, set_wording
from assessments.kinds import plain
from assessments.models import Difficulty, Question, QuestionText
from courses.models import LessonPage


class QuestionForm(forms.Form):
    """What every question has. A kind adds its rules; its parts are rows of their own."""

    stem = RichTextField(label=_("Question"), required=False)
    feedback = RichTextField(
        label=_("Explanation"),
        required=False,
        help_text=_(
            "Shown with the result once the question was answered rightly, or once right answers may be seen."
        ),
    )
    hint = RichTextField(
        label=_("Hint"), required=False, help_text=_("Learners open it themselves while they answer.")
    )
    points = forms.DecimalField(
        label=_("Points"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=1,
        help_text=_("What the question is worth beside the others."),
    )
    lesson = forms.ModelChoiceField(
        label=_("Lesson to read again"),
        queryset=LessonPage.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Learners who answer wrongly are sent there."),
    )
    name = forms.CharField(
        label=_("Name for staff"),
        max_length=150,
        required=False,
        help_text=_("Empty: the first words of the question."),
    )
    outcome = forms.CharField(
        label=_("Learning outcome"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "outcomes", "dir": "auto"}),
        help_text=_("What the answer shows that a learner can do. Those of the course page are suggested."),
    )
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not said")), *Difficulty.choices],
    )
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=None, required=False, empty_label=_("None")
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "tags"}),
        help_text=_(
            "Words it is found by, with commas between them. Random questions can be drawn by a tag."
        ),
    )

    # What the kind adds, in the order it is drawn.
    rules: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args, desk: Desk, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lesson"].queryset = desk.lessons
        self.fields["lesson"].label_from_instance = lambda lesson: lesson.draft_title
        self.fields["category"].queryset = desk.categories
        self.fields["category"].choices = tree_choices(desk.categories, _("None"))
        if not desk.with_points:
            del self.fields["points"]
        if desk.course is None:
            del self.fields["lesson"]

    @property
    def rule_fields(self):
        """The fields the kind adds."""
        return [self[name] for name in self.rules]

    @property
    def found(self) -> Found:
        """How the question is sorted and found."""
        data = self.cleaned_data
        tags = data["tags"].replace("،", ",").split(",")
        return Found(data["category"], data["difficulty"], data["outcome"], tags)


class RowForm(forms.Form):
    """One row: a part of a question under a stable key."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    # Drawn wide, one below the other; and small, beside the words.
    words: ClassVar[tuple[str, ...]] = ("text", "feedback")
    tools: ClassVar[tuple[str, ...]] = ()
    # A row in which none of these was filled is a spare one.
    says: ClassVar[tuple[str, ...]] = ("text", "feedback", "key")

    @property
    def word_fields(self):
        """The wide fields."""
        return [self[name] for name in self.words]

    @property
    def tool_fields(self):
        """The small fields."""
        return [self[name] for name in self.tools]


class Rows(forms.BaseFormSet):
    """Rows in the order the author gave them."""

    def rows(self) -> list[dict]:
        """The rows that say something, in order, each under its own key; a new one gets a key."""
        said = []
        for place, form in enumerate(self.forms):
            data = getattr(form, "cleaned_data", None) or {}
            if data.get("DELETE") or not any(data.get(name) not in (None, "") for name in form.says):
                continue
            said.append((data.get("ORDER") or place + 1, place, data))
        rows = [dict(data) for _order, _place, data in sorted(said, key=lambda row: row[:2])]
        known, used = {form.initial.get("key") for form in self.forms}, set()
        for row in rows:
            if row["key"] not in known or row["key"] in used or not row["key"]:
                row["key"] = str(uuid.uuid4())
            used.add(row["key"])
        return rows


@dataclass(frozen=True)
class Table:
    """Rows of one sort as a form offers them."""

    prefix: str
    form: type[RowForm]
    title: str
    add: str
    help: str = ""
    first: int = 4  # spare rows of a new question
    spare: int = 2  # of one that has rows; where scripts run they are left out
    most: int = 30

    def bound(self, data, rows: list[dict], prefix: str | None = None) -> "BoundTable":
        """The table with these rows."""
        formset = forms.formset_factory(
            self.form,
            formset=Rows,
            extra=self.spare if rows else self.first,
            max_num=self.most,
            can_order=True,
            can_delete=True,
        )
        return BoundTable(self, formset(data, prefix=prefix or self.prefix, initial=rows))


@dataclass(frozen=True)
class BoundTable:
    """A table with its rows."""

    table: Table
    formset: Rows

    def rows(self) -> list[dict]:
        """What was filled in."""
        return self.formset.rows()


class Editor:
    """How one kind of question is written: its form, its rows, the way from a question and back into one."""

    kind: ClassVar[str] = ""
    form_class: ClassVar[type[QuestionForm]] = QuestionForm
    tables: ClassVar[tuple[Table, ...]] = ()
    template: ClassVar[str] = "assessments/authoring/kinds/_rows.html"
    # Behaviour of its own in the browser, below static/assessments/.
    scripts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, question: Question, desk: Desk, data=None, *, points=None):
        self.question, self.desk = question, desk
        self.text = question.wording(desk.language) or QuestionText(language=desk.language)
        self.form = self.form_class(data, desk=desk, initial=self.initial() | {"points": points})
        self.bound = [table.bound(data, self.rows_of(table.prefix)) for table in self.tables]

    def initial(self) -> dict:
        """What the form shows at first."""
        question, text = self.question, self.text
        tags = [tag.name for tag in question.tags.all()] if question.pk else []
        return {
            "stem": text.stem,
            "feedback": text.feedback,
            "hint": text.hint,
            "lesson": question.lesson_id,
            "name": "" if question.name == plain(text.stem)[:150] else question.name,
            "outcome": question.outcome,
            "difficulty": question.difficulty,
            "category": question.category_id,
            "tags": ", ".join(tags),
        }

    def rows_of(self, prefix: str) -> list[dict]:
        """What the rows of a table show at first."""
        return []

    def words_of(self, key: str) -> dict:
        """What the question says under a key."""
        return self.text.options.get(key, {})

    def is_valid(self) -> bool:
        """Whether everything typed can be kept. What is missing is no error: it is a draft."""
        return all([self.form.is_valid(), *(table.formset.is_valid() for table in self.bound)])

    @property
    def media(self):
        """What the editors need."""
        media = self.form.media
        for table in self.bound:
            media += table.formset.empty_form.media
        return media

    def fill(self) -> None:
        """Write what was typed into the question, which is not saved."""
        data = self.form.cleaned_data
        text = QuestionText(language=self.desk.language, options={}, extra={})
        text.stem, text.feedback, text.hint = data["stem"], data["feedback"], data["hint"]
        self.question.lesson = data.get("lesson")
        self.question.name = data["name"] or plain(data["stem"])[:150]
        self.write(text, data)
        set_wording(self.question, text)

    def pin(self) -> None:
        """Pin what the question is to keep as it stands now. Before a save only: a preview writes nothing."""

    def write(self, text: QuestionText, data: dict) -> None:
        """Write what the kind adds: parts, rules, and their words into `text`."""


def said(row: dict) -> dict:
    """The words of a row."""
    return {"text": row.get("text", ""), "feedback": row.get("feedback", "")}


def feedback_field(label=None):
    """What is said to whoever gives this answer."""
    label = label or _("Feedback to those who choose it")
    return LineField(label=label, required=False, max_length=4000)
