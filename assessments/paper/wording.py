"""In which language a question is shown."""

from assessments import kinds
from assessments.kinds import word
from assessments.models import AttemptItem


def words_in(content: dict, language: str) -> tuple[dict, str]:
    """The words in a language if it has all of them, else in the language the question was written in; and which."""
    texts, source = content["texts"], content.get("source", "")
    for spoken in (language, source):
        if spoken in texts and is_whole(content, texts[spoken]):
            return texts[spoken], spoken
    spoken = source if source in texts else min(texts)
    return texts[spoken], spoken


def is_whole(content: dict, words: dict) -> bool:
    """Whether nothing is missing in the words of a language."""
    wanted = kinds.get(content["kind"]).words_wanted(content)
    return bool(words.get("stem")) and all(word(words, key) for key in wanted)


def graded_content(item: AttemptItem) -> dict:
    """A question as it was asked, with the key that grades it: after a regrade that of another version."""
    asked = item.question_version.content
    if item.graded_by is None:
        return asked
    key = item.graded_by.content
    return asked | {
        "options": key["options"],
        "settings": key.get("settings", {}),
        "texts": {
            language: words
            | {"options": key["texts"].get(language, {}).get("options", {}) | words["options"]}
            for language, words in asked["texts"].items()
        },
    }
