"""Between a question and the form it is written in."""

import uuid

from assessments.authoring.forms import QuestionForm, QuestionWordsForm, TrueFalseForm, option_formset
from assessments.drafts import set_wording
from assessments.models import Question, QuestionKind, QuestionText

TRUE_FALSE_WORDS = {
    "en": ("True", "False"),
    "fr": ("Vrai", "Faux"),
    "ar": ("صحيح", "خطأ"),
    "es": ("Verdadero", "Falso"),
    "ru": ("Верно", "Неверно"),
    "zh-hans": ("正确", "错误"),
}


def true_false_words(language: str) -> dict[str, str]:
    """What the two options of a true-or-false question are called in a language."""
    return dict(zip(("true", "false"), TRUE_FALSE_WORDS.get(language, TRUE_FALSE_WORDS["en"]), strict=True))


def forms_of(question: Question, course, language: str, points, data=None):
    """The form of a question and, unless it is true or false, the rows of its options."""
    text = question.wording(language) or QuestionText(language=language, options={})
    initial = {"stem": text.stem, "feedback": text.feedback, "points": points, "lesson": question.lesson_id}
    if question.kind == QuestionKind.TRUE_FALSE:
        right = next((option["key"] for option in question.options if option["correct"]), "")
        initial["answer"] = right
        for key in ("true", "false"):
            initial[f"feedback_{key}"] = text.options.get(key, {}).get("feedback", "")
        return TrueFalseForm(data, course=course, initial=initial), None
    initial["kind"] = question.kind
    rows = [
        {"key": option["key"], "correct": option["correct"], **text.options.get(option["key"], {})}
        for option in question.options
    ]
    formset = option_formset(extra=2 if rows else 4)(data, prefix="options", initial=rows)
    return QuestionForm(data, course=course, initial=initial), formset


def fill_question(question: Question, language: str, form, formset) -> None:
    """Write what the forms say into the question; options keep their keys, new ones get one."""
    data = form.cleaned_data
    if formset is None:
        words = true_false_words(language)
        options = [{"key": key, "correct": key == data["answer"]} for key in words]
        said = {key: {"text": word, "feedback": data[f"feedback_{key}"]} for key, word in words.items()}
    else:
        question.kind = data["kind"]
        known = {option["key"] for option in question.options}
        options, said = [], {}
        for row in formset.rows():
            key = row["key"] if row["key"] in known and row["key"] not in said else str(uuid.uuid4())
            options.append({"key": key, "correct": row["correct"]})
            said[key] = {"text": row["text"], "feedback": row["feedback"]}
    question.options, question.lesson = options, data["lesson"]
    stem, feedback = data["stem"], data["feedback"]
    set_wording(question, QuestionText(language=language, stem=stem, feedback=feedback, options=said))


def words_form(question: Question, language: str, data=None) -> QuestionWordsForm:
    """The form for the words of a question in another language."""
    text = question.wording(language)
    initial = {"stem": text.stem, "feedback": text.feedback} if text else {}
    ready = true_false_words(language) if question.kind == QuestionKind.TRUE_FALSE else {}
    for option in question.options:
        said = text.options.get(option["key"], {}) if text else {}
        initial[f"text-{option['key']}"] = said.get("text") or ready.get(option["key"], "")
        initial[f"feedback-{option['key']}"] = said.get("feedback", "")
    return QuestionWordsForm(data, options=question.options, initial=initial)


def fill_words(question: Question, language: str, form: QuestionWordsForm) -> None:
    """Write the words of a language into the question."""
    data = form.cleaned_data
    text = QuestionText(
        language=language, stem=data["stem"], feedback=data["feedback"], options=form.option_words()
    )
    set_wording(question, text)
